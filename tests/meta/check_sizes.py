#!/usr/bin/env python3
"""Files and functions stay small enough to be read: 600 lines a file, 80 a function, 120 columns."""
import sys

from cases import Cases
from sources import ROOT, engine_files, relative

FILE_MAX, FUNCTION_MAX, WIDTH_MAX = 600, 80, 120


def long_functions(lines):
    """(first line, length) of functions beyond the limit; a function's braces stand in column 1."""
    begin = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            begin = number
        elif line.startswith("}") and begin is not None:
            if number - begin + 1 > FUNCTION_MAX:
                yield begin, number - begin + 1
            begin = None


def main():
    cases = Cases()
    others = [path for folder in ("bindings", "docs", "examples", "tests") for path in sorted((ROOT / folder).rglob("*.[ch]"))
              if "vendor" not in path.parts]
    for path in engine_files(".c", ".h", ".inc") + others:
        lines = path.read_text().splitlines()
        wide = [number for number, line in enumerate(lines, 1) if len(line) > WIDTH_MAX]
        long = list(long_functions(lines))
        cases.check(len(lines) <= FILE_MAX, f"{relative(path)}: {len(lines)} lines")
        cases.check(not wide, f"{relative(path)}: wider than {WIDTH_MAX} columns in line {wide[:5]}")
        cases.check(not long, f"{relative(path)}: (line, length) of long functions {long}")

    sample = ["void f(void)", "{", *["    x();"] * 90, "}"]
    cases.check(list(long_functions(sample)) == [(2, 92)], "sample of a long function")
    cases.check(not list(long_functions(["void f(void)", "{", "}"])), "sample of a short function")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
