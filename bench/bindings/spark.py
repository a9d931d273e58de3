#!/usr/bin/env python3
"""What the Spark job makes of a core, beside the command on one thread. JSON Lines.

Usage: spark.py PIIGLET [FILE]     FILE: JSON Lines (made ones); PIIGLET: the command. Needs pyspark, piiglet and
bindings/spark, and bindings/spark/tests, on PYTHONPATH.

Time is CPU time, of the executors with their Python processes and of the command, so that other work on the machine and the
overlap of JVM and Python do not count; the first run, in which everything is compiled, is left out. The goal: 70 %."""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import tree  # noqa: E402
from cluster import executor_seconds, session  # noqa: E402
from piiglet_spark import Settings, job  # noqa: E402

SIZE, TURNS, GOAL = 48 << 20, 8, 0.7


def made(file):
    """Records of app data, one in a hundred with a finding."""
    source = Random(1)
    lines = tree.dialogue(source, SIZE // 8).splitlines()
    with open(file, "w", encoding="utf-8") as written:
        number = 0
        while written.tell() < SIZE:
            text = " ".join(source.choice(lines) for _ in range(3)) if number % 100 else tree.FINDING
            written.write(json.dumps({"id": number, "x": source.random() * 800, "score": source.randrange(10000),
                                      "visible": number % 3 == 0, "text": text}) + "\n")
            number += 1


def command_seconds(program, file):
    """CPU time of the command on one thread."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "--format", "jsonl", "--threads", "1", file], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory(prefix="piiglet-spark-") as name:
        folder = Path(name)
        file = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else folder / "made.jsonl"
        if len(sys.argv) < 3:
            made(file)
        bare, spark_seconds, elapsed = [], [], []
        spark = session(folder)
        for turn in range(TURNS + 1):
            bare.append(command_seconds(sys.argv[1], file))
            began, before = time.perf_counter(), executor_seconds()
            job.run(spark, job.Job("scrub", str(file), str(folder / f"out-{turn}"), "jsonl", Settings()))
            spark_seconds.append(executor_seconds() - before)
            elapsed.append(time.perf_counter() - began)
            print(f"turn {turn}: command {bare[-1]:.2f} s, Spark {spark_seconds[-1]:.2f} s of CPU time", file=sys.stderr)
        spark.stop()
        size = file.stat().st_size / 1e6
        least = min(bare), min(spark_seconds[1:])
        print(f"{size:.0f} MB of JSON Lines; MB/s per core: command {size / least[0]:.1f}, Spark {size / least[1]:.1f}, "
              f"{least[0] / least[1]:.0%}; Spark by the clock on {os.cpu_count()} cores {size / min(elapsed[1:]):.1f}")
    return 0 if least[0] >= GOAL * least[1] else 1


if __name__ == "__main__":
    sys.exit(main())
