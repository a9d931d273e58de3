#!/usr/bin/env python3
"""Runs the command over conformance suites that lie outside of the project.

    conformance.py PIIGLET DIRECTORY

DIRECTORY/JSONTestSuite (github.com/nst/JSONTestSuite): every y_ file comes out byte for byte, every n_
file is refused with exit code 3 or 4 and the offset of a byte, and with --lenient it is scanned to its
end; an i_ file has either of these outcomes.

DIRECTORY/csv-spectrum (github.com/max-mapper/csv-spectrum): every file comes out byte for byte, and with each
cell declared a finding another reader finds as many cells, in as many rows, as the suite says, all replaced.

DIRECTORY/utf8tests.txt (github.com/flenniken/utf8tests): in JSON what is UTF-8 is accepted as it is, all else is
refused at an offset; as text and as comma-separated values all of it comes out byte for byte.

DIRECTORY/blns.json (github.com/minimaxir/big-list-of-naughty-strings): every string, in JSON with and without
escapes, as a cell and as text, comes out byte for byte.

Rules that find nothing are used, so that bytes are compared. A suite that is not there is left out, but one has to be;
docs/CONFORMANCE.md has the outcomes."""
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "meta"))
from cases import Cases  # noqa: E402

OFFSET = re.compile(rb"piiglet: .*: byte (\d+): ")


def run(piiglet, data, *options, form="json"):
    done = subprocess.run([piiglet, "--only", "IBAN", "--format", form, *options], input=data, capture_output=True,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def accepted(answer, data):
    return answer == (0, data, b"")


def refused(answer, data):
    code, out, said = answer
    offset = OFFSET.match(said)
    return code in (3, 4) and bool(offset) and int(offset[1]) <= len(data) and data.startswith(out)


def json_suite(cases, piiglet, directory):
    for path in sorted((directory / "test_parsing").glob("*.json")):
        data = path.read_bytes()
        answer = run(piiglet, data)
        kind = path.name[0]
        if kind == "y":
            cases.check(accepted(answer, data), f"{path.name}: not accepted as it is: {answer[0]} {answer[2]}")
        elif kind == "n":
            cases.check(refused(answer, data), f"{path.name}: not refused: {answer[0]} {answer[2]}")
        else:
            cases.check(accepted(answer, data) or refused(answer, data), f"{path.name}: {answer[0]} {answer[2]}")
            if os.environ.get("CONFORMANCE_SHOW"):
                print(path.name, "accepted" if answer[0] == 0 else answer[2].decode())
        code, out, _ = run(piiglet, data, "--lenient")
        cases.check((code, out) == (0, data) or code == 4, f"{path.name} --lenient: {code}")
    for path in sorted((directory / "test_transform").glob("*.json")):
        data = path.read_bytes()
        answer = run(piiglet, data)
        cases.check(accepted(answer, data) or refused(answer, data), f"{path.name}: {answer[0]} {answer[2]}")


def csv_suite(cases, piiglet, directory):
    for path in sorted((directory / "csvs").glob("*.csv")):
        data = path.read_bytes()
        cases.check(accepted(run(piiglet, data, form="csv"), data), f"{path.name}: not as it is")
        code, out, said = run(piiglet, data, "--column", "/**=AGE", form="csv")
        rows = list(csv.reader(io.StringIO(out.decode(), newline="")))
        told = json.loads((directory / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        told = [told] if isinstance(told, dict) else told
        expected = [["[AGE]" for _ in told[0]]] + [["[AGE]" if cell else "" for cell in row.values()] for row in told]
        cases.check(code == 0 and rows == expected, f"{path.name}: other cells: {code} {rows} {said}")


def utf8_suite(cases, piiglet, path):
    for line in path.read_text(encoding="utf-8").splitlines():
        case = re.fullmatch(r"(\S+?):(valid|invalid)( hex)?:([^:]*).*", line)
        if not case or line.startswith("#"):
            continue
        text = bytes.fromhex(case[4]) if case[3] else case[4].encode()
        data = b'["' + text + b'"]'
        answer = run(piiglet, data)
        valid = case[2] == "valid" and min(text) >= 0x20  # control characters are no JSON
        good = accepted(answer, data) if valid else refused(answer, data)
        cases.check(good, f"{path.name} {case[1]}: {answer[0]} {answer[2]}")
        for form in ("text", "csv"):
            data = b"a," + text + b"\n"
            cases.check(accepted(run(piiglet, data, form=form), data), f"{path.name} {case[1]}: not as it is, {form}")


def string_suite(cases, piiglet, path):
    strings = json.loads(path.read_text(encoding="utf-8"))
    for number, string in enumerate(strings):
        table = io.StringIO(newline="")
        csv.writer(table).writerow(["0", string])
        for form, data in (("json", json.dumps({string: string})), ("json", json.dumps([string], ensure_ascii=False)),
                           ("csv", table.getvalue()), ("text", string)):
            data = data.encode("utf-8", "surrogatepass")
            answer = run(piiglet, data, form=form)
            cases.check(accepted(answer, data), f"{path.name} {number}, {form}: {answer[0]} {answer[2]}")


def main():
    piiglet, directory = sys.argv[1], Path(sys.argv[2])
    cases = Cases()
    suites = {"JSONTestSuite": json_suite, "csv-spectrum": csv_suite, "utf8tests.txt": utf8_suite,
              "blns.json": string_suite}
    for name, suite in suites.items():
        if (directory / name).exists():
            before = cases.passed + cases.failed
            suite(cases, piiglet, directory / name)
            print(f"{name}: {cases.passed + cases.failed - before} cases")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
