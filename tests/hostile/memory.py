#!/usr/bin/env python3
"""Memory that runs out in the command, at any of its allocations: once, and ever after.

Arguments: the command, the library that is preloaded into it (no_memory.c), how many allocations of each way to call it
are tried (none: all). It answers rightly, having done without, or ends with an error and a message: never by a signal,
never with a word of the text that was to go, and files are old or new. Without the sandbox: it is entered before
anything is read, and libseccomp 2.5 itself crashes when memory runs out. The last line is "N passed, N failed"."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COMMAND, SHIM = (os.path.abspath(argument) for argument in sys.argv[1:3])
TRIED = int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize
CANARY = "canary.kid.7391@example.org"
PHONE = "415-555-0137"
TEXT = f"a line of text 12 and 3.5 then mail {CANARY} or call {PHONE}, level 2\nand nothing in this one\n" * 20
JSON = f'{{"say": "mail {CANARY}", "list": [1, "call {PHONE}", {{"id": "b7", "source": "var a = 1;"}}]}}\n'
RECORDS = f'{{"id": 7, "text": "mail {CANARY}"}}\n'
TABLE = f"name,mail,note\nAda,{CANARY},the wind\n7,,\"call {PHONE}\"\n"
KNOWN = "Ada Lovelace\nPERSON\tquavex zolwub\n"
RULES = """piiglet: 1
family: badge
description: numbers of badges
entities: [BADGE]
rules:
  - id: badge.number
    entity: BADGE
    description: four digits
    pattern: '(?<![a-z])badge [0-9]{4}(?![0-9])'
    confidence: 0.9
    tests:
      match: ['my {{badge 1234}}']
      pass: ['badge 12']
"""
POLICY = "piiglet: 1\npolicy: test\ndescription: a test\nentities:\n  EMAIL: pseudonym\n  PHONE: {action: mask, last: 2}\n"
ENDS = (4, 5)
SECONDS = 60

# Name, arguments, standard input; what has no input reads the files that `fill` makes.
WAYS = [
    ("scrub", [], TEXT),
    ("threads", ["--threads", "3"], TEXT * 40),
    ("lines", ["--lines"], TEXT),
    ("json", ["--format", "json", "--policy", "messages"], JSON),
    ("json in UTF-16", ["--format", "json"], JSON.encode("utf-16")),
    ("broken json", ["--format", "json", "--lenient"], JSON[:-4]),
    ("columns", ["--format", "csv", "--column", "name=PERSON"], TABLE),
    ("keys", ["--policy", "policy.yaml", "--key-file", "key"], TEXT),
    ("known values", ["--known", "known.txt"], TEXT),
    ("rules of one's own", ["--rules", "rules.yaml"], TEXT),
    ("an output", ["--output", "new.txt", "project.txt"], None),
    ("in place", ["--in-place", "--backup", ".old", "project.txt", "tree/a.json"], None),
    ("a tree", ["-r", "--in-place", "--threads", "1", "--exclude", "*.no", "--journal", "journal", "tree"], None),
    ("a copy of a tree", ["-r", "--threads", "1", "--output", "copy", "tree"], None),
    ("scan", ["scan"], TEXT),
    ("scan for programs", ["scan", "--json", "--format", "json"], JSON),
    ("summary", ["scan", "--summary", "-r", "--threads", "1", "tree"], None),
    ("records", ["scan", "--records"], RECORDS * 3),
    ("check", ["check"], TEXT),
    ("report", ["report"], TEXT),
    ("explain", ["explain"], TEXT[:200]),
    ("list of rules", ["rules", "list"], None),
    ("rules of a file", ["rules", "lint", "rules.yaml"], None),
    ("a policy", ["policies", "show", "save-under-13"], None),
]
FILES = {"project.txt": TEXT, "rules.yaml": RULES, "policy.yaml": POLICY, "known.txt": KNOWN, "key": "0f" * 32,
         "tree/a.json": JSON, "tree/b.txt": TEXT, "tree/deep/c.csv": TABLE, "tree/d.no": TEXT}

COUNTS = {"summary", "rules of a file", "report"}  # they tell how much of it went well, after an error, too

results = []


def check(name, good, detail):
    results.append(bool(good))
    if not good:
        print(f"failed: {name} {detail}", file=sys.stderr)


def fill(folder):
    """The files as they are before each run."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)


def left(folder):
    """What is there afterwards; names of files that are not finished begin with a dot."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "journal"}


def run(folder, arguments, text, failing):
    fill(folder)
    data = text.encode() if isinstance(text, str) else text or b""
    try:
        return subprocess.run([COMMAND, *arguments, "--no-sandbox"], input=data, capture_output=True, cwd=folder,
                              timeout=SECONDS, check=False,
                              env={**os.environ, "LD_PRELOAD": SHIM, "NO_MEMORY": failing})
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess([], -1, b"", b"it did not end")


def told(done):
    """What stands on standard error, without the line of the shim."""
    return re.sub(rb"allocations: \d+\n", b"", done.stderr)


def silent(done):
    return all(value.encode() not in stream for value in (CANARY, PHONE) for stream in (done.stdout, done.stderr))


class Way:
    """A way to call the command, and what it does with all the memory that it wants."""

    def __init__(self, folder, name, arguments, text):
        self.folder, self.name, self.arguments, self.text = folder, name, arguments, text
        self.right = run(folder, arguments, text, "0")
        self.new = left(folder)
        fill(folder)
        self.old = left(folder)
        self.allocations = int(re.search(rb"allocations: (\d+)\n", self.right.stderr)[1])
        check(name, self.right.returncode in (0, 1) and self.allocations > 5, told(self.right))

    def whole(self):
        """Each file is old or new; those that are there in addition are new, or not finished."""
        now = left(self.folder)
        return all(now.get(name) in (text, self.new.get(name)) for name, text in self.old.items()) and \
            all(name in self.old or text == self.new.get(name) or CANARY.encode() not in text
                for name, text in now.items())

    def judge(self, number, ever_after):
        done = run(self.folder, self.arguments, self.text, f"{number}{'+' if ever_after else ''}")
        same = done.returncode == self.right.returncode and done.stdout == self.right.stdout
        begun = self.name in COUNTS or self.right.stdout.startswith(done.stdout)
        ended = done.returncode in ENDS and told(done) and begun
        files = left(self.folder) == self.new if same else self.whole()
        check(f"{self.name}, allocation {number}{' and all after' if ever_after else ''}",
              (same or ended) and silent(done) and files,
              f"({done.returncode}, {len(done.stdout)} bytes, files {files}) {told(done)[:200]}")


def main():
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        for words in WAYS:
            way = Way(Path(name) / "work", *words)
            numbers = range(1, way.allocations + 1)
            for number in numbers if len(numbers) <= TRIED else sorted(chance.sample(numbers, TRIED)):
                way.judge(number, False)
                way.judge(number, True)
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
