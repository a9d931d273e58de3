#!/usr/bin/env python3
"""Runs the command over conformance suites that lie outside of the project.

    conformance.py PIIGLET DIRECTORY

DIRECTORY/JSONTestSuite (github.com/nst/JSONTestSuite): every y_ file comes out byte for byte, every n_
file is refused with exit code 3 or 4 and the offset of a byte, and with --lenient it is scanned to its
end; an i_ file has either of these outcomes. Rules that find nothing are used, so that bytes are compared."""
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "meta"))
from cases import Cases  # noqa: E402

OFFSET = re.compile(rb"piiglet: .*: byte (\d+): ")


def run(piiglet, data, *options):
    done = subprocess.run([piiglet, "--only", "IBAN", "--format", "json", *options], input=data, capture_output=True,
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


def main():
    piiglet, directory = sys.argv[1], Path(sys.argv[2])
    cases = Cases()
    json_suite(cases, piiglet, directory / "JSONTestSuite")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
