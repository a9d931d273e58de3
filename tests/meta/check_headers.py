#!/usr/bin/env python3
"""Each header under engine/ compiles alone: the public ones as C11 and C++11 without extensions, the
others as the project is built.

Arguments: C compiler, C++ compiler, build directory (for generated headers)."""
import subprocess
import sys
from pathlib import Path

from cases import Cases
from sources import ENGINE, engine_files, relative


def compiles(command, header):
    """Whether a file with nothing but that header compiles; and what the compiler said."""
    done = subprocess.run([*command, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-"],
                          text=True, input=f'#include "{header}"\n', capture_output=True, check=False)
    return done.returncode == 0, done.stderr


def main():
    c_compiler, cxx_compiler, build = sys.argv[1:4]
    folders = sorted({path.parent for path in engine_files(".h")})
    generated = sorted({path.parent for path in (Path(build) / "engine").rglob("*.h")})
    paths = [f"-I{folder}" for folder in folders + generated]
    public = ["-pedantic", f"-I{ENGINE / 'include'}"]
    languages = {"C11": [c_compiler, "-std=c11", "-x", "c", *public],
                 "C++11": [cxx_compiler, "-std=c++11", "-x", "c++", *public]}
    inside = {"C": [c_compiler, "-std=gnu11", "-D_GNU_SOURCE", "-x", "c", *paths]}

    cases = Cases()
    for path in engine_files(".h"):
        for language, command in (languages if path.parent.name == "include" else inside).items():
            good, said = compiles(command, path.name)
            cases.check(good, f"{relative(path)} alone as {language}:\n{said}")
    cases.check(not compiles(inside["C"], "there_is_no_such_header.h")[0], "a missing header passes")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
