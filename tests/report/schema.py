#!/usr/bin/env python3
"""What piiglet scan --json writes is what docs/schema/findings.schema.json says, in every form.

Argument: the command."""
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "meta"))
from cases import Cases  # noqa: E402

TEXT = "write to kid@example.org,\nor caf\u00e9 call 415-555-0134\n"
INPUTS = {
    "plain.txt": TEXT.encode(),
    "broken\udcff.txt": b"\xff kid@example.org \xfe\n",
    "hostile\"<b>.txt": TEXT.encode(),
    "data.json": json.dumps({"a/b~c": TEXT, "phone": 4155550134}).encode(),
    "table.csv": b"name,phone\nmira,415-555-0134\n",
    "board.json": json.dumps({"source": {"nodes": [{"id": "node-1", "data": {"label": TEXT}}]}}).encode(),
    "page.html": b"<p title='kid@example.org'>call 415-555-0134</p>",
}
FORMS = [[], ["--messages", "ar"], ["--show-values"], ["--messages", "zh", "--show-values"], ["--format", "auto"],
         ["--format", "auto", "--hashes"], ["--format", "auto", "--min-confidence", "0.1"]]


def lines(command, folder, options):
    """The findings of all inputs."""
    done = subprocess.run([command, "scan", "--json", *options, *INPUTS], cwd=folder, capture_output=True, check=False)
    return [json.loads(line) for line in done.stdout.decode().splitlines()] if done.returncode == 0 else []


def main():
    command = Path(sys.argv[1]).resolve()
    cases = Cases()
    schema = json.loads((ROOT / "docs" / "schema" / "findings.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    closed = {**copy.deepcopy(schema), "additionalProperties": False}  # nothing may be written that it does not name
    judge = jsonschema.Draft202012Validator(closed)
    seen = set()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in INPUTS.items():
            Path(folder, name).write_bytes(data)
        for options in FORMS:
            found = lines(command, folder, options)
            cases.check(len(found) >= len(INPUTS), f"{options}: {len(found)} findings")
            for finding in found:
                seen |= set(finding)
                faults = [error.message for error in judge.iter_errors(finding)]
                cases.check(not faults, f"{options}: {finding}: {faults}")
                cases.check(finding["begin"] < finding["end"], f"{options}: {finding}: empty")
    cases.check(seen == set(schema["properties"]), f"written {seen}, described {set(schema['properties'])}")
    sample = {"file": "-", "begin": 0, "end": 1, "line": 1, "column": 1, "entity": "EMAIL", "rule": "r",
              "confidence": 0.5, "reason": "email.address"}
    cases.check(judge.is_valid(sample), "a right sample")
    for member, wrong in {"line": 0, "entity": "email", "confidence": 2, "path": "a", "more": 1}.items():
        cases.check(not judge.is_valid({**sample, member: wrong}), f"a sample with {member} {wrong}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
