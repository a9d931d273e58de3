#!/usr/bin/env python3
"""The manual pages tell of what there is, and of nothing else: options of the command, keys of the rule language, names
of the library.

Argument: the command."""
import re
import subprocess
import sys

from cases import Cases
from sources import ENGINE, ROOT

COMMANDS = ["scrub", "scan", "check", "report", "explain", "rules", "policies"]


def manual(name):
    return (ROOT / "docs" / name).read_text()


def options_of_help(command):
    texts = [subprocess.run([command, words, "--help"], check=True, capture_output=True, text=True).stdout
             for words in COMMANDS]
    return set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", "\n".join(texts), re.M))


def keys_of_rules():
    """First cells of the tables about the file, a rule and its context; tests are told of in words."""
    text = (ROOT / "docs" / "RULES.md").read_text()
    language = text[text.index("## The file"):text.index("### How confidence adds up")]
    return set(re.findall(r"^\| `([a-z]+)` \|", language, re.M)) | {"match", "pass"}


def main():
    cases = Cases()
    items = "\n".join(line for line in manual("piiglet.1").splitlines() if line.startswith(".It "))
    told = set(re.findall(r"\bFl -([a-z-]+)", items))
    there = options_of_help(sys.argv[1])
    cases.check(len(there) > 20 and there <= told | {"version"}, f"piiglet.1 says nothing of {there - told}")
    cases.check(told <= there | {"no-sandbox"}, f"piiglet.1 tells of {told - there}")

    keys = keys_of_rules()
    told = set(re.findall(r"^\.It Cm (\w+)$", manual("piiglet-rules.5"), re.M))
    cases.check(len(keys) > 15 and keys == told, f"piiglet-rules.5: {keys ^ told}")

    headers = "\n".join(path.read_text() for path in (ENGINE / "include").glob("*.h"))
    names = set(re.findall(r"\b(?:Fn|Vt|Dv) (pii_\w+|PII_\w+)", manual("libpiiglet.3")))
    cases.check(len(names) > 20, "libpiiglet.3 names too little")
    for name in sorted(names):
        cases.check(re.search(rf"\b{name}\b", headers), f"libpiiglet.3: {name} is not in the headers")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
