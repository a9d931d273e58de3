#!/usr/bin/env python3
"""With --lines each line comes out before the next one goes in, whatever it ends in, and is what it is as a text of its own.

Arguments: the piiglet command."""
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SECONDS_MAX = 20  # for a line to come out; a line that is held back never does
LINES = [b"mail kid.one@example.org now", b"", b"call (415)", b"555-0134 later", b"at 12 Oak Street", b"nothing here",
         b"ends in a return\r", b"broken \xff \xc3", b"kid.one@exam\xc2\xadple.org", b"x" * 300_000,
         b"y" * 70_000 + b" kid.two@example.org"]


def piiglet(command, text, *options):
    """What the command makes of a whole input."""
    return subprocess.run([command, *options], input=text, capture_output=True, check=True).stdout


def answer(command, line, text, *options):
    """Feeds a line to a command that waits for more and returns what has come by then."""
    with subprocess.Popen([command, "--lines", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        watchdog = threading.Timer(SECONDS_MAX, process.kill)
        watchdog.start()
        process.stdin.write(line)
        process.stdin.flush()
        got = b""
        while got.count(b"\n") < line.count(b"\n") and (piece := process.stdout.read1()):
            got += piece
        first = got
        rest = process.communicate(text)[0]
        watchdog.cancel()
        return first, rest, process.returncode


def check_at_once(command):
    """Lines of every kind, one after the other and several together."""
    alone = {line: piiglet(command, line) for line in LINES}
    for seed, line in enumerate(LINES):
        others = random.Random(seed).choices(LINES, k=9)
        text = b"\n".join(others)
        first, rest, code = answer(command, line + b"\n", text)
        expected = alone[line] + b"\n", b"\n".join(alone[other] for other in others), 0
        if (first, rest, code) != expected:
            yield f"line {seed}: {len(first)} and {len(rest)} bytes, exit code {code}"


def check_documents(command):
    """Each line a document; one that is broken ends it, and nothing of it is there."""
    good = b'{"m": "kid.one@example.org"}\n'
    first, rest, code = answer(command, good, good + b'{"m": \n' + good, "--format", "json")
    if first != b'{"m": "[EMAIL]"}\n' or rest != first or code != 3:
        yield f"documents: {first!r} {rest!r} {code}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.write_bytes(b"\n".join(LINES))
        done = subprocess.run([command, "--lines", "--in-place", path], check=False)
        if done.returncode or path.read_bytes() != b"\n".join(piiglet(command, line) for line in LINES):
            yield f"in place: exit code {done.returncode}"


def main():
    command = Path(sys.argv[1]).resolve()
    failures = [*check_at_once(command), *check_documents(command)]
    for failure in failures:
        print(failure, file=sys.stderr)
    count = len(LINES) + 2
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
