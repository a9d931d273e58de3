"""See call.c. The lines: scrub of a str, scrub of bytes, process of a str."""
import sys
import time
from pathlib import Path

import piiglet

BATCHES = 10


def batch(function, data, form, calls):
    """Nanoseconds of one call."""
    begin = time.perf_counter_ns()
    for _ in range(calls):
        function(data, form)
    return (time.perf_counter_ns() - begin) / calls


def main():
    raw, form, calls = Path(sys.argv[1]).read_bytes(), sys.argv[2], int(sys.argv[3])
    text, scrubber = raw.decode(), piiglet.Scrubber()
    for name, function, data in (("scrub", scrubber.scrub, text), ("bytes", scrubber.scrub, raw),
                                 ("process", scrubber.process, text)):
        print(name, f"{min(batch(function, data, form, calls) for _ in range(BATCHES)):.1f}")


main()
