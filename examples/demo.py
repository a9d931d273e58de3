#!/usr/bin/env python3
"""Shows a text before and after piiglet, and what was found in it.

Arguments: the piiglet command, a text file."""
import json
import subprocess
import sys
import time
from collections import Counter


def piiglet(command, *arguments):
    """What the command prints; ends the demo when it fails."""
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr or f"{command} ended with {done.returncode}")
    return done.stdout


def main():
    command, path = sys.argv[1:3]
    with open(path, encoding="utf-8") as file:
        before = file.read()
    start = time.perf_counter()
    after = piiglet(command, "scrub", path)
    milliseconds = (time.perf_counter() - start) * 1000
    findings = [json.loads(line) for line in piiglet(command, "scan", "--json", path).splitlines()]

    print(f"---- before: {path}\n\n{before}")
    print(f"---- after: {command} {path}\n\n{after}")
    counts = ", ".join(f"{entity} {count}" for entity, count in sorted(Counter(f["entity"] for f in findings).items()))
    print(f"{len(findings)} findings in {len(before.encode())} bytes ({counts}); {milliseconds:.0f} ms with start-up")


if __name__ == "__main__":
    main()
