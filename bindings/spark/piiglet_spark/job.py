"""The job: its input in groups of files, one Spark job for each, and what is done is not done again.

OUTPUT gets a folder for each group, which Spark's committer or the driver (mounted.py) marks with _SUCCESS, and

    _piiglet/plan.json        files, groups and settings of the job: what goes on must be the same
    _piiglet/group-00000.json counts of a group, written when it is done: only then does it count as done
    _piiglet/report.json      their sums, when all are done
"""
from collections import Counter
from dataclasses import dataclass

from pyspark.sql.functions import input_file_name

from . import mounted
from .batches import Tally, scan_columns, scrub_columns
from .storage import Storage

# What a record of these formats is, as piiglet reads it.
FORMATS = {"text": "text", "jsonl": "jsonl", "csv": "text", "parquet": "text"}
FILE = "_piiglet_file"


class Refused(Exception):
    """A job that cannot be begun, or gone on with; says why."""


@dataclass(frozen=True)
class Job:
    """What is to be done; addresses are those of any file system that Spark reads."""

    action: str
    source: str
    target: str
    form: str
    settings: object
    columns: tuple[str, ...] = ()
    identity: str | None = None
    group_bytes: int = 64 << 30


def _groups(files, size_max):
    """Files in order, as groups of about so many bytes; a larger file is a group of its own."""
    groups, size = [], size_max
    for name, length, _ in files:
        if size + length > size_max or not groups:
            groups.append([])
            size = 0
        groups[-1].append(name)
        size += length
    return groups


def _plan(job, storage):
    """The plan that is there, if it is that of this job, or a new one."""
    files = storage.files(job.source)
    if not files:
        raise Refused(f"{job.source}: no files")
    plan = {"action": job.action, "format": job.form, "columns": list(job.columns), "id": job.identity,
            "settings": job.settings.digest(), "files": [list(file) for file in files],
            "groups": _groups(files, job.group_bytes)}
    place = f"{job.target}/_piiglet/plan.json"
    if storage.exists(place):
        found = storage.read_json(place)
        differ = [key for key in plan if key != "groups" and found.get(key) != plan[key]]
        if differ:
            raise Refused(f"{job.target} was begun with other {', '.join(differ)}; take another folder")
        return found
    if storage.exists(job.target) and storage.files(job.target):
        raise Refused(f"{job.target} holds files that are not of this job")
    storage.write_json(place, plan)
    return plan


def _read(spark, job, files):
    """A DataFrame of the files' records."""
    if job.form in ("text", "jsonl"):
        return spark.read.option("lineSep", "\n").text(files)
    if job.form == "csv":
        return spark.read.csv(files, header=True, inferSchema=False, multiLine=True, escape='"', mode="FAILFAST",
                              enforceSchema=False)
    return spark.read.parquet(*files)


def _write(frame, form, place):
    """Writes what was read, in its form."""
    writer = frame.write.mode("overwrite")
    if form in ("text", "jsonl"):
        writer.option("lineSep", "\n").text(place)
    elif form == "csv":
        writer.csv(place, header=True, escape='"', emptyValue="")
    else:
        writer.parquet(place)


def _columns(job, frame):
    """The columns of strings that are asked for, or all there are."""
    strings = [name for name, kind in frame.dtypes if kind == "string"]
    wrong = [name for name in job.columns if name not in strings]
    if wrong or not strings:
        raise Refused(f"no columns of strings: {', '.join(wrong) or 'none at all'}")
    return list(job.columns) or strings


def _run_group(spark, job, files, place):
    """One Spark job; returns what it counted. files: addresses and sizes."""
    addresses = [address for address, _ in files]
    if job.action == "scrub" and mounted.serves(job.form, (place, *addresses)):
        return mounted.scrub_group(spark, files, place, job.settings, job.form)
    tally = Tally(spark.sparkContext)
    frame = _read(spark, job, addresses)
    names = _columns(job, frame)
    if job.action == "scrub":
        _write(scrub_columns(frame, names, job.settings, FORMATS[job.form], tally), job.form, place)
    else:
        scan_columns(frame.withColumn(FILE, input_file_name()), names, job.settings, FORMATS[job.form], tally, FILE,
                     job.identity).write.mode("overwrite").json(place)
    return tally.value


def _rows(counts):
    """Counts as a table that JSON can hold."""
    return [{"column": column, "entity": entity, "rule": rule, "count": count}
            for (column, entity, rule), count in sorted(counts.items())]


def run(spark, job, tell=lambda text: None):
    """Does what is left to do; returns the report. Raises Refused, and what Spark raises."""
    storage = Storage(spark)
    plan = _plan(job, storage)
    sizes = {address: size for address, size, _ in plan["files"]}
    total = Counter()
    for number, addresses in enumerate(plan["groups"]):
        name = f"group-{number:05}"
        done = f"{job.target}/_piiglet/{name}.json"
        if storage.exists(done):
            rows = storage.read_json(done)
            tell(f"{name} of {len(plan['groups'])} was done before")
        else:
            files = [(address, sizes[address]) for address in addresses]
            rows = _rows(_run_group(spark, job, files, storage.address(f"{job.target}/{name}")))
            storage.write_json(done, rows)
            tell(f"{name} of {len(plan['groups'])} is done")
        for row in rows:
            total[row["column"], row["entity"], row["rule"]] += row["count"]
    report = {"records": total.pop(("", "records", ""), 0), "dropped": total.pop(("", "dropped", ""), 0),
              "blocked": total.pop(("", "blocked", ""), 0),
              "findings": _rows(total)}
    storage.write_json(f"{job.target}/_piiglet/report.json", report)
    return report
