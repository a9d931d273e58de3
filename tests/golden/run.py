#!/usr/bin/env python3
"""Runs the command as people do: one folder per case, one small script in it.

    run.py --piiglet PATH [--examples DIR] [--update] [CASE...]

    cmd            script for sh; $PIIGLET is the command, $DEMO the options that select the rules
                   of common/demo.yaml alone, $EXAMPLES the folder of the built examples
    stdin          standard input (none: empty)
    stdout.exact   what must come out, byte for byte (none: nothing)
    stdout.glob    the same with * for any text in a line and a line "..." for any lines
    stderr.exact, stderr.glob
    exit           exit code (none: 0)

A case runs in a fresh folder with copies of its other files and of common/. --update writes what
came out into the files named .exact and exit; look at the difference before you commit it.
The last line is "N passed, N failed".
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPECIAL = {"cmd", "stdin", "exit", "stdout.exact", "stdout.glob", "stderr.exact", "stderr.glob"}
TIMEOUT = 120


def glob_pattern(glob):
    """A compiled pattern for the text of a .glob file."""
    pattern = ""
    for line in glob.splitlines():
        if line == "...":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.split("*")) + r"\n"
    return re.compile(pattern)


def as_text(data):
    return data.decode("utf-8", "backslashreplace")


def run_case(case, environment):
    """(exit code, stdout, stderr) of a case, run in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted((HERE / "common").iterdir()) + sorted(case.iterdir()):
            if source.name not in SPECIAL:
                shutil.copy(source, folder)
        stdin = case / "stdin"
        data = stdin.read_bytes() if stdin.exists() else b""
        done = subprocess.run(["sh", str(case / "cmd")], cwd=folder, env=environment, input=data,
                              capture_output=True, timeout=TIMEOUT, check=False)
    return done.returncode, done.stdout, done.stderr


def expected_exit(case):
    path = case / "exit"
    return int(path.read_text()) if path.exists() else 0


def compare(case, name, actual):
    """What is wrong with one output stream, as text; empty when it is as expected."""
    glob = case / f"{name}.glob"
    if glob.exists():
        if glob_pattern(glob.read_text()).fullmatch(as_text(actual)):
            return ""
        return f"{name} does not match {name}.glob:\n{as_text(actual)}"
    exact = case / f"{name}.exact"
    expected = exact.read_bytes() if exact.exists() else b""
    if actual == expected:
        return ""
    lines = difflib.unified_diff(as_text(expected).splitlines(), as_text(actual).splitlines(), f"{name} expected",
                                 f"{name} actual", lineterm="")
    return "\n".join(lines) or f"{name} differs in its last line end"


def update(case, name, actual):
    """Makes what came out the expectation, unless a .glob file holds it."""
    if (case / f"{name}.glob").exists():
        return
    exact = case / f"{name}.exact"
    if actual:
        exact.write_bytes(actual)
    else:
        exact.unlink(missing_ok=True)


def update_exit(case, code):
    if code:
        (case / "exit").write_text(f"{code}\n")
    else:
        (case / "exit").unlink(missing_ok=True)


def check(case, environment, updating):
    """What is wrong with a case; empty when it passes."""
    try:
        code, stdout, stderr = run_case(case, environment)
    except subprocess.TimeoutExpired:
        return f"still running after {TIMEOUT} s"
    if updating:
        update(case, "stdout", stdout)
        update(case, "stderr", stderr)
        update_exit(case, code)
    wrong = [compare(case, "stdout", stdout), compare(case, "stderr", stderr)]
    if code != expected_exit(case):
        wrong.append(f"exit code {code}, expected {expected_exit(case)}")
    return "\n".join(text for text in wrong if text)


def parse_arguments():
    parser = argparse.ArgumentParser(description="Runs the golden cases.")
    parser.add_argument("--piiglet", required=True, help="the command")
    parser.add_argument("--examples", default="", help="folder of the built examples")
    parser.add_argument("--update", action="store_true", help="write what came out as the expectation")
    parser.add_argument("cases", nargs="*", help="names of cases (default: all)")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PIIGLET": str(Path(arguments.piiglet).resolve()),
        "EXAMPLES": str(Path(arguments.examples).resolve()),
        "DEMO": "--rules demo.yaml --no-default-rules",
    }
    environment.pop("NO_COLOR", None)
    cases = sorted(path.parent for path in HERE.glob("*/cmd"))
    if arguments.cases:
        cases = [case for case in cases if case.name in arguments.cases]
    failed = 0
    for case in cases:
        wrong = check(case, environment, arguments.update)
        if wrong:
            failed += 1
            print(f"--- {case.name} ---\n{wrong}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
