#!/usr/bin/env python3
"""A stream without a newline passes through in little memory, whatever its length.

Arguments: the piiglet command, MiB of input. Half of the input is letters, half digits in groups;
now and then there is an address, and all of them must go."""
import resource
import subprocess
import sys
import threading

MEMORY_MAX_KIB = 64 * 1024
BLOCK = 1 << 20
FILLER = b"the quick brown fox 4150 points level 12 and x=3.25 over "
ADDRESS = b"mail kid.one@example.org now "


def block():
    """A MiB of text with one e-mail address and no line end."""
    body = (FILLER * (BLOCK // len(FILLER) + 1))[:BLOCK - len(ADDRESS)]
    return body + ADDRESS


def feed(pipe, count):
    """Writes the block `count` times; a command that ends early shows in its exit code."""
    data = block()
    try:
        for _ in range(count):
            pipe.write(data)
        pipe.close()
    except BrokenPipeError:
        pass


def main():
    command, count = sys.argv[1], int(sys.argv[2])
    process = subprocess.Popen([command, "scrub"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    writer = threading.Thread(target=feed, args=(process.stdin, count))
    writer.start()
    size, left, replaced, carry = 0, 0, 0, b""
    while chunk := process.stdout.read(BLOCK):
        size += len(chunk)
        seam = carry + chunk
        left += seam.count(b"@example.org") - carry.count(b"@example.org")
        replaced += seam.count(b"[EMAIL]") - carry.count(b"[EMAIL]")
        carry = chunk[-32:]
    writer.join()
    code = process.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    problems = []
    if code != 0:
        problems.append(f"exit code {code}")
    if size != count * (BLOCK - len(b"kid.one@example.org") + len(b"[EMAIL]")):
        problems.append(f"{size} bytes came out")
    if left or replaced != count:
        problems.append(f"{left} addresses left, {replaced} of {count} replaced")
    if used > MEMORY_MAX_KIB:
        problems.append(f"{used} KiB of memory")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{count} MiB in {used} KiB of memory")
    print(f"{int(not problems)} passed, {int(bool(problems))} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
