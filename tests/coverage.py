#!/usr/bin/env python3
"""Which branches of engine/ the short tests take: built with clang's counters, run, and shown a file a line.

    coverage.py --build DIR [--gaps PATTERN]

A branch is one outcome of a condition as it stands in the source: `a && b` has four. Counters are mapped into the
profile, so that a process which has given up the right to open files, or is killed, counts like any other. Not
counted: programs that run in the build only (make_*.c), and the kernels of other kinds of CPU, which no test here
can run. --gaps lists, for files whose name has PATTERN in it, each condition that was never true or never false.
Fails below the share that docs/GUARANTEES.md promises."""
import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = 0.90
SUITES = ["unit", "plain", "golden", "fuzz"]
OTHER_CPUS = {"kernel_neon.c"}


def call(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, **options)


def build(directory):
    """The same sources in a build of their own, which counts."""
    profile = directory / "profile" / "%m%c.profraw"  # one file a program, mapped by all its processes
    if not (directory / "build.ninja").exists():
        call("meson", "setup", directory, "-Dunit_tests=enabled", "-Doptimization=1", "-Ddebug=false",
             f"-Dc_args=-fprofile-instr-generate={profile} -fcoverage-mapping -mllvm -runtime-counter-relocation",
             "-Dc_link_args=-fprofile-instr-generate", cwd=ROOT, env={**os.environ, "CC": "clang-14"},
             stdout=subprocess.DEVNULL)
    call("ninja", "-C", directory, "--quiet")


def run_tests(directory):
    """True if all pass. What the programs of the build have counted is forgotten first."""
    for old in (directory / "profile").glob("*.profraw"):
        old.unlink()
    suites = [word for suite in SUITES for word in ("--suite", suite)]
    return subprocess.run(["meson", "test", "-C", directory, "--no-rebuild", "--quiet", *suites],
                          stdin=subprocess.DEVNULL, check=False).returncode == 0


def programs(directory):
    """All that was linked of the engine's objects and is run by a test."""
    for path in sorted(directory.rglob("*")):
        if path.is_symlink() or not path.is_file() or not os.access(path, os.X_OK) or path.name.startswith("make_"):
            continue
        with path.open("rb") as file:
            if file.read(4) == b"\x7fELF":
                yield path


def outcomes(directory):
    """For each source of engine/: {place of a condition: [times true, times false]}."""
    merged = directory / "merged.profdata"
    call("llvm-profdata-14", "merge", "-sparse", "-o", merged, *(directory / "profile").glob("*.profraw"))
    objects = [word for path in programs(directory) for word in ("-object", path)][1:]
    listed = json.loads(call("llvm-cov-14", "export", "-instr-profile", merged, *objects, capture_output=True).stdout)
    files = {}
    for entry in listed["data"][0]["files"]:
        path = Path(os.path.relpath(entry["filename"], ROOT))
        if path.parts[0] != "engine" or path.name in OTHER_CPUS or not entry["branches"]:
            continue
        taken = defaultdict(lambda: [0, 0])
        for begin, column, end, end_column, true, false, *_ in entry["branches"]:
            taken[begin, column, end, end_column][0] += true
            taken[begin, column, end, end_column][1] += false
        files[path] = taken
    return files


def show_gaps(files, pattern):
    for path, taken in sorted(files.items()):
        if pattern not in str(path):
            continue
        lines = (ROOT / path).read_text().splitlines()
        for (begin, column, end, end_column), counts in sorted(taken.items()):
            last = end_column if end == begin else len(lines[begin - 1]) + 1
            for outcome, count in zip(("true", "false"), counts):
                if count == 0:
                    print(f"{path}:{begin}: never {outcome}: {lines[begin - 1][column - 1:last - 1]}")


def share(taken, total):
    return f"{taken:6} of {total:6}  {100 * taken / max(total, 1):5.1f} %"


def show_table(files):
    """Prints a line a file, one a folder, and the sum; returns the share that was taken."""
    folders = defaultdict(lambda: [0, 0])
    for path, conditions in sorted(files.items()):
        taken = sum(count > 0 for counts in conditions.values() for count in counts)
        print(f"{str(path):44} {share(taken, 2 * len(conditions))}")
        for name in (str(path.parent), "engine"):
            folders[name][0] += taken
            folders[name][1] += 2 * len(conditions)
    print()
    for name in sorted(folders, reverse=True):
        print(f"{name:44} {share(*folders[name])}")
    return folders["engine"][0] / folders["engine"][1]


def main():
    parser = argparse.ArgumentParser(description="branches of engine/ that the short tests take")
    parser.add_argument("--build", type=Path, default=ROOT / "build-coverage", help="build directory")
    parser.add_argument("--gaps", metavar="PATTERN", help="list what was not taken in these files, of the last run")
    arguments = parser.parse_args()
    directory = arguments.build.resolve()

    if arguments.gaps is not None:
        show_gaps(outcomes(directory), arguments.gaps)
        return 0
    build(directory)
    good = run_tests(directory)
    if not good:
        print("a test failed")
    return 0 if show_table(outcomes(directory)) >= WANTED and good else 1


if __name__ == "__main__":
    sys.exit(main())
