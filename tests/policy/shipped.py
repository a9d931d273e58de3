#!/usr/bin/env python3
"""What the table of docs/POLICIES.md says of the built-in policies is what comes out.

Arguments: the command. Of every_entity.txt, which has each entity once, in braces, each policy makes what stands in its
column, line by line; an entity that blocks does so in a document of its own. The last rows are held to the files."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "meta"))
from cases import Cases  # noqa: E402

TODAY = "2026-11-23"
BLOCKED = 6
SEVERAL = {"SSN, cards, IBAN, passports ...": ["SSN", "CREDIT_CARD", "IBAN", "PASSPORT", "NATIONAL_ID",
                                               "DRIVER_LICENSE"],
           "others": ["MAC", "SOCIAL_HANDLE", "CRYPTO", "GUID"]}
DEVICES = ["MAC", "GUID"]
INVENTED = {"PERSON": r"[A-Z]\w+ [A-Z]\w+", "EMAIL": r"[\w.]+@example\.(com|org|net)", "PHONE": r"\d{3}-555-01\d\d",
            "ADDRESS": r"\d+ [A-Z]\w+ [A-Z]\w+.*", "URL": r"https://\S*example\.(com|org|net)\S*",
            "IP": r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"}


def coarse(value):
    """What the words of the table mean by something coarser."""
    return {"3 digits": value[:3] + "xx", "one decimal": "41.4, 2.2", "subnet": value.rsplit(".", 1)[0] + ".0/24",
            "last two digits": "***-***-**" + value[-2:], "age": "15", "year": "2011", "year, 90+": "2011",
            "90+": re.sub(r"\d+", "90+", value), "initial": value[0] + "."}


def wanted(cell, entity, value):
    """A pattern for what becomes of a value; None: the document is blocked."""
    if cell == "block":
        return None
    if cell in ("keep", "off"):
        return re.escape(value)
    if cell == "replace":
        return re.escape(f"[{entity}]")
    if cell == "number":
        return re.escape(f"[{entity}_1]")
    if cell == "token":
        return rf"\[{entity}:k1:[a-z0-9]{{20}}\]"
    if cell == "invented":
        return rf"(?!{re.escape(value)}$){INVENTED[entity]}"
    if cell.startswith('"'):
        return re.escape(cell.strip('"'))
    return re.escape(coarse(value)[cell])


def cell_of(row, entity, cell):
    """The cell of a row of several entities may name some of them: "replace, ids of devices and handles: token"."""
    if row in SEVERAL and (named := re.fullmatch(r"(.+?), (.+): (\w+)", cell)):
        usual, which, other = named.groups()
        meant = entity in DEVICES if "ids of devices" in which else entity == "GUID" and "GUID" in which
        return other if meant or (entity == "SOCIAL_HANDLE" and "handles" in which) else usual
    return cell


def table():
    """{policy: {row: cell}}; "the same" is the cell to the left of it."""
    lines = (ROOT / "docs" / "POLICIES.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    rows = rows[next(i for i, row in enumerate(rows) if "`save-under-13`" in row):]
    names = [name.strip("`") for name in rows[0][1:]]
    ret = {name: {} for name in names}
    for row in rows[1:]:
        for at, name in enumerate(names, 1):
            while row[at] == "the same":
                row[at] = next(cell for cell in reversed(row[:at]) if cell.startswith('"'))
            ret[name][row[0]] = row[at]
        if row[0] == "needs a key":
            return ret
    raise SystemExit("docs/POLICIES.md: no end of the table")


def read_sample():
    """{entity: (before, value, after)}"""
    text = (HERE / "every_entity.txt").read_text(encoding="utf-8")
    return {line.split(":")[0]: re.fullmatch(r"([^{]*)\{(.*)\}([^}]*)", line).groups() for line in text.splitlines()}


def scrub(command, policy, lines, key):
    keys = ["--key-file", key] if key else []
    text = "".join("".join(parts) + "\n" for parts in lines)
    return subprocess.run([command, "--policy", policy, *keys, "--today", TODAY], input=text, text=True,
                          capture_output=True, check=False)


def check_entities(cases, command, name, said, sample, key):
    row_of = {entity: row for row, entities in SEVERAL.items() for entity in entities}
    rest = {}
    for entity, parts in sample.items():
        row = row_of.get(entity, entity)
        cell = cell_of(row, entity, said[row])
        if entity == "GUID" and cell in ("replace", "number"):
            cell = "off"  # where nothing is said of it; research-export and audit look for all
        pattern = wanted(cell, entity, parts[1])
        if pattern is None:
            cases.check(scrub(command, name, [parts], key).returncode == BLOCKED, f"{name}: {entity} blocks")
        else:
            rest[entity] = pattern
    done = scrub(command, name, [sample[entity] for entity in rest], key)
    cases.check(done.returncode == 0, f"{name}: {done.stderr}")
    output = done.stdout.splitlines()
    cases.check(len(output) == len(rest), f"{name}: {len(output)} lines")
    for (entity, pattern), line in zip(rest.items(), output):
        before, _, after = sample[entity]
        cases.check(re.fullmatch(re.escape(before) + pattern + re.escape(after), line),
                    f"{name}: {entity} becomes {line[len(before):]}, not {pattern}")


def check_settings(cases, command, name, said, sample, key):
    policy = yaml.safe_load((ROOT / "rules" / "policies" / f"{name}.yaml").read_text(encoding="utf-8"))
    cases.check(policy.get("min_confidence", 0.5) == float(said["from confidence"]), f"{name}: confidence")
    cases.check(policy.get("limit", "block") == said["at a limit"], f"{name}: limits")
    cases.check(policy.get("invalid", "block") == said["broken document"].removeprefix("as "), f"{name}: broken")
    without = scrub(command, name, [sample["AGE"]], None).returncode
    cases.check(without == (2 if said["needs a key"] == "yes" else 0), f"{name}: a key is needed, or not")


def main():
    command = sys.argv[1]
    cases = Cases()
    sample, said = read_sample(), table()
    shipped = {path.stem for path in (ROOT / "rules" / "policies").glob("*.yaml")}
    cases.check(shipped == set(said), "each policy has its column")
    with tempfile.TemporaryDirectory() as directory:
        key = str(Path(directory) / "key")
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            file.write(bytes(range(32)).hex())
        for name, cells in said.items():
            check_entities(cases, command, name, cells, sample, key)
            check_settings(cases, command, name, cells, sample, key)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
