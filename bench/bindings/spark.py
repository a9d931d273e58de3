#!/usr/bin/env python3
"""What the Spark job makes of a core, beside the command on one thread. JSON Lines.

Usage: spark.py PIIGLET [FILE]     FILE: JSON Lines (made ones); PIIGLET: the command. Needs pyspark, piiglet and
bindings/spark, and bindings/spark/tests, on PYTHONPATH.

One executor with one core, and the command on one thread, in turn; both write to a file. Time is CPU time, of the executor with
its Python processes and of the command, so that other work on the machine and the overlap of JVM and Python do not count;
medians, without the first turn, in which the JVM compiles itself. The goal: 70 %."""
import json
import resource
import shutil
import statistics
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

SIZE, TURNS, GOAL = 256 << 20, 9, 0.7


def made(file):
    """Records of app data, one in a hundred with a finding."""
    source = Random(1)
    lines = tree.dialogue(source, 6 << 20).splitlines()
    with open(file, "w", encoding="utf-8") as written:
        number = 0
        while written.tell() < SIZE:
            text = " ".join(source.choice(lines) for _ in range(3)) if number % 100 else tree.FINDING
            written.write(json.dumps({"id": number, "x": source.random() * 800, "score": source.randrange(10000),
                                      "visible": number % 3 == 0, "text": text}) + "\n")
            number += 1


def command_seconds(program, file, output):
    """CPU time of the command on one thread."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(output, "wb") as written:
        subprocess.run([program, "--format", "jsonl", "--threads", "1", file], check=True, stdout=written)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory(prefix="piiglet-spark-") as name:
        folder = Path(name)
        file = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else folder / "made.jsonl"
        if len(sys.argv) < 3:
            made(file)
        bare, spark_seconds, elapsed = [], [], []
        spark = session(folder, 1)
        for turn in range(TURNS + 1):
            bare.append(command_seconds(sys.argv[1], file, folder / "command"))
            began, before = time.perf_counter(), executor_seconds()
            job.run(spark, job.Job("scrub", str(file), str(folder / "out"), "jsonl", Settings()))
            spark_seconds.append(executor_seconds() - before)
            elapsed.append(time.perf_counter() - began)
            shutil.rmtree(folder / "out")
            print(f"turn {turn}: command {bare[-1]:.2f} s, Spark {spark_seconds[-1]:.2f} s of CPU time", file=sys.stderr)
        spark.stop()
        size = file.stat().st_size / 1e6
        usual = statistics.median(bare[1:]), statistics.median(spark_seconds[1:])
        print(f"{size:.0f} MB of JSON Lines; MB/s per core: command {size / usual[0]:.1f}, Spark {size / usual[1]:.1f}, "
              f"{usual[0] / usual[1]:.0%}; Spark by the clock {size / statistics.median(elapsed[1:]):.1f}")
    return 0 if usual[0] >= GOAL * usual[1] else 1


if __name__ == "__main__":
    sys.exit(main())
