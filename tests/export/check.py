#!/usr/bin/env python3
"""A district's export, de-identified for research, column by column: docs/EXPORT.md says what must become of each.

Arguments: the command, rows. Both as CSV and as JSON Lines: what comes out is read again with Python's
readers, each column is held to its rule, and who had the original is set to find his students
again by what is left. The last line is "N passed, N failed"."""
import collections
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import district

COMMAND, ROWS = os.path.abspath(sys.argv[1]), int(sys.argv[2])
# What a column holds, where its name alone does not say it to everybody.
ENTITIES = {"student_id": "GUID", "full_name": "PERSON", "dob": "DATE_OF_BIRTH", "zip": "ZIP", "city": "ADDRESS",
            "address": "ADDRESS", "phone": "PHONE", "email": "EMAIL", "parent_email": "EMAIL",
            "enrolled": "DATE_OF_BIRTH", "last_login": "DATE_OF_BIRTH", "ip": "IP", "gps": "GPS",
            "gender": "never", "school": "never", "grade": "never", "score": "never"}
SPARSE = ("036", "059")  # ZIP areas of 20,000 people or fewer
TOKENS = {entity: re.compile(rf"\[{entity}:k1:[b-z]{{20}}\]") for entity in ("PERSON", "EMAIL", "GUID")}
# By which somebody could be found again: in another register, and by who knows the school.
QUASI = (("gender", "dob", "zip"), ("gender", "dob", "zip", "school"))
SMALL_GROUP = 5

results = collections.Counter()


def check(good, what, row=None):
    results[bool(good)] += 1
    if not good and results[False] <= 10:
        print(f"failed: {what}, row {row}", file=sys.stderr)


def fits(name, before, after):
    """Whether a cell has become what must come out of its column."""
    entity = ENTITIES.get(name)
    if entity in TOKENS:
        return TOKENS[entity].fullmatch(after)
    if entity == "DATE_OF_BIRTH":
        return after == before[:4]
    if entity == "ZIP":
        return after == ("000" if before[:3] in SPARSE else before[:3]) + "xx"
    if entity == "never":
        return after == before
    return after == f"[{entity}]" if entity else True


def options(form):
    columns = [f"--column={name}={what}" for name, what in ENTITIES.items()]
    return ["--policy", "research-export", "--format", form, *columns]


def scrub(key, form, source, target):
    """Seconds it takes, and how many of a processor."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(source, "rb") as text, open(target, "wb") as out:
        done = subprocess.run([COMMAND, *options(form), "--key-file", str(key)], stdin=text, stdout=out,
                              stderr=subprocess.PIPE, check=False)
    check(done.returncode == 0, f"{form}: exit code {done.returncode}, {done.stderr.decode(errors='replace')[:200]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def read(form, path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file) if form == "csv" else (json.loads(line) for line in file)


def compare(form, path, tokens):
    """Holds each row to the one it was made of; counts the groups of the quasi-identifiers. `tokens` maps what was
    replaced by a token to that token, in all forms."""
    groups, count = {names: collections.Counter() for names in QUASI}, 0
    for number, (before, after) in enumerate(zip(district.rows(ROWS), read(form, path))):
        count += 1
        check(list(after) == district.COLUMNS, f"{form}: columns", number)
        for name, value in before.items():
            got = str(after.get(name))
            check(fits(name, str(value), got), f"{form}: {name}: {got}", number)
            if ENTITIES.get(name) in TOKENS:
                check(tokens.setdefault((name, value), got) == got, f"{form}: {name} has two tokens", number)
        for name in ("full_name", "email", "phone", "address"):
            check(str(before[name]) not in after["comment"], f"{form}: {name} in a comment", number)
        for names, counter in groups.items():
            counter[tuple(after[name] for name in names)] += 1
    check(count == ROWS, f"{form}: {count} rows")
    return groups


def alone(groups):
    return sum(1 for size in groups.values() if size == 1)


def report(groups):
    """k-anonymity: the smallest group of rows that look alike, and how many rows are in small ones; beside it, how many
    were alone in the original, with whole dates and ZIP codes."""
    for names, counter in groups.items():
        sizes = sorted(counter.values())
        small = sum(size for size in sizes if size < SMALL_GROUP)
        before = collections.Counter(tuple(row[name] for name in names) for row in district.rows(ROWS))
        check(alone(counter) <= alone(before), f"more rows are alone by {names} than before")
        print(f"by {', '.join(names)}: {len(sizes)} groups, k = {sizes[0]}, {alone(counter)} of {ROWS} rows alone "
              f"(before: {alone(before)}), {small} in groups below {SMALL_GROUP}")


def main():
    tokens = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = folder / "key"
        key.write_bytes(bytes(range(32)))
        key.chmod(0o600)
        for form, line in (("csv", district.as_csv), ("jsonl", district.as_json)):
            source, target, again = folder / f"export.{form}", folder / f"out.{form}", folder / f"again.{form}"
            with open(source, "w", encoding="utf-8") as file:
                if form == "csv":
                    file.write(",".join(district.COLUMNS) + "\n")
                file.writelines(line(row) for row in district.rows(ROWS))
            seconds, processor = scrub(key, form, source, target)
            megabytes = source.stat().st_size / 1e6
            print(f"{form}: {ROWS} rows, {megabytes:.0f} MB in {seconds:.2f} s ({processor:.2f} s of a processor), "
                  f"{megabytes / processor:.0f} MB/s")
            groups = compare(form, target, tokens)
            scrub(key, form, target, again)
            check(target.read_bytes() == again.read_bytes(), f"{form}: a second pass changes something")
    report(groups)
    print(f"{results[True]} passed, {results[False]} failed")
    return 1 if results[False] else 0


if __name__ == "__main__":
    sys.exit(main())
