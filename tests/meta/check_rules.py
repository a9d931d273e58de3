#!/usr/bin/env python3
"""Each built-in rule has tests enough, a gate, and a word on its cost, as "rules lint" reports them.

Argument: the command."""
import pathlib
import re
import subprocess
import sys

import yaml

from cases import Cases

RULES = pathlib.Path(__file__).resolve().parents[2] / "rules"
LEAST = 10  # tests of each kind
NOTE = re.compile(r"^\S+: note: (\S+): (width|gate|cost|tests): (.*)$", re.M)


def notes(command):
    """{rule: {kind: text}} of the built-in rules."""
    done = subprocess.run([command, "rules", "lint"], capture_output=True, text=True, check=True,
                          stdin=subprocess.DEVNULL)
    found = {}
    for rule, kind, text in NOTE.findall(done.stdout):
        found.setdefault(rule, {})[kind] = text
    return found


def listed(command):
    """The ids of the built-in rules."""
    done = subprocess.run([command, "rules", "list"], capture_output=True, text=True, check=True,
                          stdin=subprocess.DEVNULL)
    return [line.split()[0] for line in done.stdout.splitlines()[1:]]


def check_lists(cases):
    """A list is named in patterns and contexts only: inside another list its name would be a word like any other."""
    for path in sorted(RULES.glob("*.yaml")):
        lists = yaml.safe_load(path.read_text(encoding="utf-8")).get("lists", {})
        for name, words in lists.items():
            cases.check(not any(str(word).startswith("@") for word in words), f"{path.name}: a list in list {name}")


def main():
    command = sys.argv[1]
    cases = Cases()
    check_lists(cases)
    found = notes(command)
    for rule in listed(command):
        remarks = found.get(rule, {})
        cases.check(sorted(remarks) == ["cost", "gate", "tests", "width"], f"{rule}: remarks on {sorted(remarks)}")
        cases.check(not remarks.get("gate", "none").startswith("none"), f"{rule} has no gate")
        counts = re.fullmatch(r"(\d+) match, (\d+) pass", remarks.get("tests", ""))
        cases.check(counts and min(map(int, counts.groups())) >= LEAST,
                    f"{rule}: {remarks.get('tests')}; at least {LEAST} of each are needed")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
