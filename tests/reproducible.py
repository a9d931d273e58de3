#!/usr/bin/env python3
"""Two builds of the same sources give the same bytes, wherever and whenever they run: in directories of other names, in
another time zone and locale, with another umask and another number of jobs.

What is compared is what is installed, and the rules as the build compiles them. One file is one case; the last line is
"N passed, N failed"."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUTS = ("piiglet", "libpiiglet.so.*.*.*", "default_rules_data.c", "packaging/*")


def not_sources(folder, names):
    """What is not copied: build directories, and what is made by the way."""
    return [name for name in names if name in (".git", "__pycache__", "node_modules")
            or (Path(folder) / name / "meson-private").exists()]


def build(folder, jobs, umask, environment):
    """Copies the sources to `folder`, builds them there, and returns the build directory."""
    shutil.copytree(ROOT, folder, ignore=not_sources, symlinks=True)
    done = folder / "build"
    # What ccache remembers of one directory would be taken for the other.
    settings = {**os.environ, **environment, "CCACHE_DISABLE": "1"}
    for command in (["meson", "setup", str(done), "-Dtests=false"],
                    ["ninja", "-C", str(done), "-j", str(jobs), "product"]):
        subprocess.run(command, cwd=folder, env=settings, umask=umask, check=True, stdout=subprocess.DEVNULL,
                       stdin=subprocess.DEVNULL)
    return done


def outputs(folder):
    """Name and bytes of what was built."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for pattern in OUTPUTS for path in folder.glob(pattern) if path.is_file() and not path.is_symlink()}


def main():
    with tempfile.TemporaryDirectory() as name:
        first = outputs(build(Path(name) / "a", 1, 0o022, {"TZ": "UTC", "LC_ALL": "C"}))
        second = outputs(build(Path(name) / "another" / "place" / "for it", os.cpu_count() or 1, 0o077,
                               {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "HOME": name}))
    problems = [f"{path}: not in both" for path in first.keys() ^ second.keys()]
    problems += [f"{path}: differs" for path in first.keys() & second.keys() if first[path] != second[path]]
    if not any(path.startswith("libpiiglet") for path in first) or "piiglet" not in first:
        problems.append("nothing was built")
    for problem in problems:
        print(f"failed: {problem}", file=sys.stderr)
    print(f"{len(first.keys() | second.keys()) - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
