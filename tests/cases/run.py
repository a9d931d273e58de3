#!/usr/bin/env python3
"""Texts as children write them, with exactly what must be found in each.

    run.py --piiglet PATH [FILE...]

In a .txt file a line that begins with "> " begins a case, and one that begins with "| " goes on with it, after a
line end; all other lines are for people. {{ENTITY:text}} marks a finding, \\u{...} is the character of that number.
Of each case exactly the marked bytes must be found, under those names, and nothing else.

known_missed.txt holds cases in the same form that are right and fail today; one that begins to pass is a failure
there: it belongs into another file then. The last line is "N passed, N failed"."""
import argparse
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
KNOWN_MISSED = "known_missed.txt"
MARK = re.compile(r"\{\{([A-Z_]+):(.*?)\}\}(?!\})", re.S)
CHARACTER = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}")


@dataclass
class Case:
    """A text and its findings (entity, begin, end), offsets in bytes."""
    place: str
    missed: bool
    text: str
    findings: list


def parse(place, missed, marked):
    """The case that a marked text stands for."""
    marked = CHARACTER.sub(lambda escape: chr(int(escape.group(1), 16)), marked)
    text, findings, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done:mark.start()]
        begin = len(text.encode())
        text += mark.group(2)
        findings.append((mark.group(1), begin, len(text.encode())))
        done = mark.end()
    return Case(place, missed, text + marked[done:], findings)


def read(path):
    """The cases of a file, in order."""
    begun = None
    for number, line in enumerate([*path.read_text().split("\n"), ""], 1):
        if begun and not line.startswith("| "):
            yield parse(f"{path.name}:{begun[0]}", path.name == KNOWN_MISSED, begun[1])
            begun = None
        if line.startswith("> "):
            begun = (number, line[2:])
        elif line.startswith("| "):
            if not begun:
                sys.exit(f"{path.name}:{number}: there is no case to go on with")
            begun = (begun[0], f"{begun[1]}\n{line[2:]}")


def scan(piiglet, cases):
    """What the command finds in each case."""
    records = "".join(json.dumps({"id": at, "text": case.text}) + "\n" for at, case in enumerate(cases))
    done = subprocess.run([piiglet, "scan", "--records"], input=records, capture_output=True, text=True, check=True)
    found = [[] for _ in cases]
    for line in done.stdout.splitlines():
        record = json.loads(line)
        found[record["id"]] = [(span["type"], span["start"], span["end"]) for span in record["spans"]]
    return found


def marked_up(case, findings):
    """The text with findings marked, on one line."""
    data, done, shown = case.text.encode(), 0, ""
    for entity, begin, end in findings:
        shown += f"{data[done:begin].decode('utf-8', 'replace')}{{{{{entity}:"
        shown += f"{data[begin:end].decode('utf-8', 'replace')}}}}}"
        done = end
    return (shown + data[done:].decode("utf-8", "replace")).replace("\n", "\n    | ")


def main():
    parser = argparse.ArgumentParser(description="cases with exact expectations")
    parser.add_argument("--piiglet", required=True)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(HERE.glob("*.txt")))
    arguments = parser.parse_args()
    cases = [case for path in arguments.files for case in read(path)]
    failed = 0
    for case, found in zip(cases, scan(arguments.piiglet, cases)):
        passes = found == case.findings
        if passes == case.missed:
            failed += 1
            print(f"{case.place}: " + ("passes now: move it to another file" if passes else "is wrong"))
            print(f"  expected\n    > {marked_up(case, case.findings)}\n  found\n    > {marked_up(case, found)}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
