"""Text and JSON Lines in file systems that are mounted on all machines: the tasks read and write the files themselves, so that
no record goes through the JVM; only counts do.

A task writes its part under a name of this attempt, and renames it when it is whole. When all parts are there, the driver
renames their folder: the output of a group is there as a whole or not at all. A task that finds no such folder, as it was given
up or is not mounted there, fails. What an attempt left behind is deleted with its folder."""
import os
import re
import shutil
import uuid
from collections import Counter
from functools import partial
from pathlib import Path

from pyspark import TaskContext

from .batches import Batch
from .splits import divide, runs

FORMATS = ("text", "jsonl")
COMPRESSED = (".bz2", ".deflate", ".gz", ".lz4", ".snappy", ".zst")  # what Hadoop decompresses by its name
LOCAL = re.compile(r"file:(?://[^/]*)?(/.*)", re.S)
COLUMN = "value"  # as Spark calls lines


def path_of(address):
    """The path of a file by its address in Hadoop; None where it has none."""
    found = LOCAL.fullmatch(address)
    return found and found.group(1)


def serves(form, addresses):
    """Whether the tasks can read and write files of this format, at these addresses, themselves."""
    return form in FORMATS and all(map(path_of, addresses)) and \
        not any(address.endswith(COMPRESSED) for address in addresses)


def _scrub_run(work, run):
    """Whole lines, scrubbed; a refused record costs one call for each record of its run."""
    work.counts["", "records", ""] += run.count(b"\n")
    output = work.lines(COLUMN, run) if work.form == "jsonl" else None
    if output is not None:
        return output
    outputs = (work.value(COLUMN, line)[0] for line in run[:-1].split(b"\n"))
    return b"".join(output + b"\n" for output in outputs if output is not None)


def _scrub_part(folder, settings, form, numbered):
    """A task: writes the part of some pieces, and returns what it counted."""
    number, pieces = numbered
    work, name = Batch(settings, form), f"part-{number:05}"
    attempt = folder / "attempts" / f"{name}-{TaskContext.get().taskAttemptId()}"
    with open(attempt, "wb") as part:
        for path, begin, end in pieces:
            with open(path, "rb") as file:
                for run in runs(file, begin, end):
                    part.write(_scrub_run(work, run))
        part.flush()
        os.fsync(part.fileno())
    os.replace(attempt, folder / "parts" / name)
    return work.counts


def _tasks(spark, files):
    """Pieces of the files for each task, as large as Spark would make them."""
    def size(name):
        return spark._jvm.org.apache.spark.network.util.JavaUtils.byteStringAsBytes(  # pylint: disable=protected-access
            spark.conf.get(f"spark.sql.files.{name}"))
    cost = size("openCostInBytes")
    each = -(-sum(length + cost for _, length in files) // spark.sparkContext.defaultParallelism)
    return divide([(path_of(address), length) for address, length in files],
                  min(size("maxPartitionBytes"), max(cost, each)), cost)


def scrub_group(spark, files, place, settings, form):
    """Scrubs files (address, bytes) into a folder of the job's, by its address. Returns what was counted."""
    place = Path(path_of(place))
    state = place.parent / "_piiglet"
    for given_up in state.glob("run-*"):
        shutil.rmtree(given_up)
    folder = state / f"run-{uuid.uuid4().hex}"
    for name in ("attempts", "parts"):
        (folder / name).mkdir(parents=True)
    try:
        numbered = list(enumerate(_tasks(spark, files)))
        counts = spark.sparkContext.parallelize(numbered, max(1, len(numbered))) \
            .map(partial(_scrub_part, folder, settings, form)).collect()
        (folder / "parts" / "_SUCCESS").touch()
        shutil.rmtree(place, ignore_errors=True)
        os.rename(folder / "parts", place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return sum(counts, Counter())
