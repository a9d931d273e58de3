#!/usr/bin/env python3
"""Runs every fuzz target for some time, one after the other; what was found lies in the build directory.

Arguments: build directory (-Dfuzz=true), seconds in all, names of targets (none: all)."""
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "format" / "samples"
SIZE_MAX = 2000


def seed(name, corpus):
    """The samples of a format serve as seeds, too."""
    corpus.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES.glob(f"*.{name}"):
        (corpus / sample.name).write_bytes(sample.read_bytes())


def run(program, seconds, work):
    """Fuzzes one target; returns (line that sums it up, whether all held)."""
    name = program.name.removeprefix("fuzz_")
    corpus = work / name
    seed(name, corpus)
    done = subprocess.run([program, f"-max_total_time={seconds}", f"-max_len={SIZE_MAX}", "-timeout=60",
                           "-rss_limit_mb=4096", f"-artifact_prefix={work}/{name}-", "-print_final_stats=1",
                           corpus, HERE / "corpus" / name],
                          capture_output=True, text=True, errors="replace", check=False, stdin=subprocess.DEVNULL,
                          preexec_fn=lambda: os.nice(19))
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    coverage = re.findall(r"\bcov: (\d+) ft: (\d+)", done.stderr) or [("0", "0")]
    line = f"{name:12} {executed[1] if executed else '?':>9} inputs {coverage[-1][0]:>6} branches"
    if done.returncode != 0:
        print(done.stderr[-6000:], file=sys.stderr)
        return f"{line}   FAILED, input in {work}", False
    return line, True


def main():
    build, seconds, *names = sys.argv[1:]
    programs = sorted(path for path in (Path(build) / "tests" / "fuzz").glob("fuzz_*")
                      if path.is_file() and (not names or path.name.removeprefix("fuzz_") in names))
    work = Path(build).resolve() / "fuzz"
    work.mkdir(exist_ok=True)
    failed = 0
    for program in programs:
        line, good = run(program, max(1, int(seconds) // len(programs)), work)
        print(line, flush=True)
        failed += not good
    print(f"{len(programs) - failed} passed, {failed} failed")
    return 1 if failed or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
