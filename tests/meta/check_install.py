#!/usr/bin/env python3
"""An installed piiglet works from where it lies: headers, pkg-config file, library and command are
there, and examples/save_path.c compiles against them, runs, and lets no address through.

Arguments: build directory, C compiler."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import Cases
from sources import ROOT

EXPECTED = ["include/piiglet.h", "include/piiglet_types.h", "include/piiglet_compile.h", "include/piiglet_scan.h",
            "include/piiglet_message.h", "bin/piiglet"]


def run(*command, **options):
    """subprocess.run with text, its output, and no input unless given."""
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def pkg_config(folder, destination, prefix, *question):
    """What pkg-config says of the installed piiglet, as a list of arguments."""
    environment = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
    done = run("pkg-config", f"--define-variable=prefix={destination}{prefix}", *question, "piiglet", env=environment)
    return done.stdout.split() if done.returncode == 0 else None


def main():
    build, compiler = sys.argv[1:3]
    cases = Cases()
    prefix = "/usr/local"
    with tempfile.TemporaryDirectory() as destination:
        done = run("meson", "install", "-C", build, "--no-rebuild", "--destdir", destination)
        cases.check(done.returncode == 0, f"meson install: {done.stdout}{done.stderr}")
        found = list(Path(destination).rglob("piiglet.pc"))
        if not cases.check(len(found) == 1, "one piiglet.pc is installed"):
            return cases.end()
        root = found[0].parents[2]
        prefix = str(root)[len(destination):]
        for name in EXPECTED:
            cases.check((root / name).is_file(), f"{name} is not installed")
        library = list(root.rglob("libpiiglet.so"))
        cases.check(len(library) == 1 and library[0].with_name("libpiiglet.so.0").exists(), "libpiiglet.so and its soname")

        flags = pkg_config(found[0].parent, destination, prefix, "--cflags", "--libs")
        cases.check(flags, "pkg-config --cflags --libs piiglet")
        program = Path(destination) / "save_path"
        done = run(compiler, "-std=gnu11", str(ROOT / "examples" / "save_path.c"), "-o", str(program), *(flags or []))
        if cases.check(done.returncode == 0, f"save_path.c against the installed library: {done.stderr}"):
            environment = {**os.environ, "LD_LIBRARY_PATH": str(library[0].parent)}
            done = run(str(program), env=environment, input="write to kid.one@example.org\n")
            cases.check(done.returncode == 0 and "@example.org" not in done.stdout, "save_path runs")
            cases.check("[EMAIL]" in done.stdout, "save_path scrubs")
        done = run(str(root / "bin" / "piiglet"), input="write to kid.one@example.org\n")
        cases.check(done.returncode == 0 and done.stdout == "write to [EMAIL]\n", "the installed command scrubs")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
