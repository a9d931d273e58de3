#!/usr/bin/env python3
"""Each language has a message for each entity that there are rules for, short, whole and its own, and the
command shows them.

Argument: the command."""
import pathlib
import re
import subprocess
import sys
import unicodedata

import yaml

from cases import Cases

MESSAGES = pathlib.Path(__file__).resolve().parents[2] / "rules" / "messages"
LENGTH_MAX = 90  # code points
LANGUAGES = {"ar", "de", "en", "es", "fr", "hi", "pt", "zh"}
SCRIPTS = {"ar": "ARABIC", "hi": "DEVANAGARI", "zh": "CJK UNIFIED"}
UNFINISHED = re.compile(r"todo|fixme|xxx|lorem|\?\?|[{}<>%\[\]_]", re.I)
ENDS = tuple("!.！。।")


def entities(command):
    """Those of the built-in rules."""
    done = subprocess.run([command, "rules", "list"], capture_output=True, text=True, check=True,
                          stdin=subprocess.DEVNULL)
    return {line.split()[1] for line in done.stdout.splitlines()[1:]}


def script_of(text):
    """The letters of a text, most of which are in one script."""
    names = [unicodedata.name(letter, "").split(" LETTER")[0] for letter in text if letter.isalpha()]
    return max(set(name if not name.startswith("CJK UNIFIED") else "CJK UNIFIED" for name in names),
               key=lambda name: sum(other.startswith(name) for other in names))


def faults(language, text):
    """What is wrong with one message."""
    if not 0 < len(text) <= LENGTH_MAX:
        yield f"{len(text)} code points"
    if unicodedata.normalize("NFC", text) != text:
        yield "not NFC"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn") for letter in text):
        yield "control characters"
    if UNFINISHED.search(text) or text != text.strip():
        yield "a placeholder, or blanks at an end"
    if not text.endswith(ENDS):
        yield "no end of a sentence"
    if not script_of(text).startswith(SCRIPTS.get(language, "LATIN")):
        yield "another script"


def main():
    command = sys.argv[1]
    cases = Cases()
    reasons = yaml.safe_load((MESSAGES / "reasons.yaml").read_text(encoding="utf-8"))["reasons"]
    found = entities(command)
    cases.check(found <= set(reasons), f"entities without a reason code: {found - set(reasons)}")
    cases.check(len(set(reasons.values())) == len(reasons), "a reason code is there twice")
    for entity, code in reasons.items():
        cases.check(re.fullmatch(r"[a-z_]+\.[a-z]+", code) and code.split(".")[0] == entity.lower(), f"code {code}")

    trees = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
             for path in sorted(MESSAGES.glob("*.yaml")) if path.stem != "reasons"}
    cases.check(set(trees) == LANGUAGES, f"languages: {set(trees)}")
    for language, tree in trees.items():
        messages = tree["messages"]
        cases.check(list(messages) == list(reasons), f"{language}: the entities in their order")
        cases.check(len(set(messages.values())) == len(messages), f"{language}: a message is there twice")
        for entity, text in messages.items():
            cases.check(not list(faults(language, text)), f"{language} {entity}: {', '.join(faults(language, text))}")
        done = subprocess.run([command, "scan", "--messages", language], input="call 415-555-2671\n",
                              capture_output=True, text=True, check=False)
        cases.check(messages["PHONE"] in done.stdout, f"scan --messages {language}")

    wrong = {"en": "Call {name}!", "fr": "x" * 91 + "!", "de": "Beha\u0308lt!", "ar": "This is English!", "es": "No"}
    for language, text in wrong.items():
        cases.check(list(faults(language, text)), f"sample {text}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
