#!/usr/bin/env python3
"""docs/GUARANTEES.md names each guarantee and each way to fail, and for each of them tests that are run.

What the page says of the number of a guarantee, and the README too, has to be there; wrong samples at the end prove
that the check can fail."""
import re
import sys

from cases import Cases
from sources import ROOT

PAGE = ROOT / "docs" / "GUARANTEES.md"
ROW = re.compile(r"^\| (\d+) \| (.*) \|$", re.M)
TEST = re.compile(r"`(tests/[\w./-]+)`")
TABLES = [("## Guarantees", 15), ("## Ways to fail", 54)]
# Read by a program of the same folder, or of another one.
READ_BY = {"cases/": "cases/run.py", "closure/README.md": "closure/closure.c"}


def is_run(path):
    """Whether a test of meson is made of this file, or runs it."""
    inner = path.removeprefix("tests/")
    for begin, program in READ_BY.items():
        if inner.startswith(begin) and inner != program:
            return (ROOT / path).exists() and is_run("tests/" + program)
    if inner.startswith("golden/"):
        return (ROOT / path / "cmd").exists()
    build = ROOT / "tests" / inner.split("/")[0] / "meson.build"
    if not (ROOT / path).is_file() or not build.exists():
        return False
    name = inner.split("/")[1]
    if inner.startswith("unit/"):
        name = re.sub(r"^test_(.*)\.c$", r"'\1'", name)
    elif inner.startswith("meta/"):
        name = re.sub(r"^check_(.*)\.py$", r"'\1'", name)
    text = build.read_text()
    return name in text and "test(" in text


def rows(text, heading):
    """(number, cells) of the table below a heading."""
    part = text.split(heading + "\n", 1)[-1].split("\n## ", 1)[0]
    return [(int(number), rest.split(" | ")) for number, rest in ROW.findall(part)]


def lacks_test(cells):
    """What is wrong with the tests of a row, or nothing."""
    tests = TEST.findall(cells[-1])
    if not tests:
        return "" if any(cell.startswith("does not apply: ") for cell in cells) else "no test"
    return " ".join(f"{test} is not run" for test in tests if not is_run(test))


def main():
    cases = Cases()
    text = PAGE.read_text()
    for heading, count in TABLES:
        found = rows(text, heading)
        cases.check([number for number, _ in found] == list(range(1, count + 1)), f"{heading}: not 1 to {count}")
        for number, cells in found:
            wrong = lacks_test(cells)
            cases.check(not wrong, f"{heading}, {number}: {wrong}")
    for cells in (["a", "`tests/unit/test_none.c`"], ["a", "b"], ["a", "`tests/golden/none`"],
                  ["a", "`tests/support/random.c`"], ["a", "`tests/meta/sources.py`"]):
        cases.check(lacks_test(cells), f"sample {cells}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
