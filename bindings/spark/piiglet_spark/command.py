"""piiglet-spark: Takes personal information out of files on whatever Spark reads and runs on."""
import argparse
import sys
from datetime import date
from pathlib import Path

import piiglet
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from py4j.protocol import Py4JJavaError

from .job import FORMATS, Job, Refused, run
from .settings import Settings, known, scrubber


def _arguments(words):
    parser = argparse.ArgumentParser(prog="piiglet-spark", description=__doc__.partition(": ")[2], epilog="""
        Master and resources are those of spark-submit, or of spark-defaults.conf. A job that was ended goes on where it was
        when the same command is given again. Exit code: 0 done, 2 wrong usage, 3 the job failed.""")
    parser.add_argument("action", choices=("scrub", "scan"), help="scrub: the same files without what was found; "
                        "scan: findings as JSON Lines, with places in bytes, without values")
    parser.add_argument("input", help="a file, folder or pattern")
    parser.add_argument("output", help="a folder, new or of the same job")
    parser.add_argument("--format", choices=tuple(FORMATS), default="jsonl",
                        help="text: each line for itself; jsonl: each line a record; csv, parquet: columns of strings")
    parser.add_argument("--columns", default="", help="of csv and parquet: NAME[,NAME...] (all strings)")
    parser.add_argument("--id", help="scan csv and parquet: a column that findings carry")
    parser.add_argument("--policy", help="name of a built-in policy, or a policy file")
    parser.add_argument("--rules", action="append", default=[], help="a rule file, added to the built-in rules")
    parser.add_argument("--known", metavar="FILE", help="values to look for, such as the names of a class: VALUE, or "
                        "ENTITY<TAB>VALUE, one a line")
    parser.add_argument("--key-file", action="append", default=[], metavar="[ID=]FILE", help="32 random bytes")
    parser.add_argument("--subject", help="whom the data is about, for shifted dates")
    parser.add_argument("--today", default=date.today().isoformat(), help="the day by which ages count")
    parser.add_argument("--limit", choices=("block", "redact"), help="what the engine cannot decide")
    parser.add_argument("--invalid", choices=("block", "text"), help="a record that is not well formed")
    parser.add_argument("--failed", choices=("fail", "drop"), default="fail",
                        help="a record that is refused ends the job, or is left out and counted")
    parser.add_argument("--group-size", type=float, default=64, metavar="GIB",
                        help="what is done at once and then done for good (64)")
    parser.add_argument("--master", help="as spark-submit has it")
    arguments = parser.parse_args(words)
    if arguments.format in ("text", "jsonl") and (arguments.columns or arguments.id):
        parser.error("--columns and --id are for csv and parquet")
    if arguments.group_size <= 0:
        parser.error("--group-size is more than 0")
    return arguments


def _key(entry):
    """(id, bytes) of [ID=]FILE."""
    name, equals, file = entry.partition("=")
    return (name, Path(file).read_bytes()) if equals else ("k1", Path(entry).read_bytes())


def _settings(arguments):
    file = arguments.policy is not None and Path(arguments.policy).is_file()
    return Settings(policy=None if file else arguments.policy,
                    policy_yaml=Path(arguments.policy).read_bytes() if file else None,
                    rules=tuple((rule, Path(rule).read_bytes()) for rule in arguments.rules),
                    known=Path(arguments.known).read_bytes() if arguments.known else None,
                    keys=tuple(map(_key, arguments.key_file)),
                    subject=arguments.subject.encode() if arguments.subject else None, today=arguments.today,
                    limit=arguments.limit, invalid=arguments.invalid, failed=arguments.failed)


def _say(text):
    print(f"piiglet-spark: {text}", file=sys.stderr, flush=True)


def main(words=None):
    """Returns the exit code."""
    arguments = _arguments(words)
    try:
        settings = _settings(arguments)
        scrubber(settings).scan("", "text", known(settings))  # what is wrong with rules, policy and the like is so here, too
    except (OSError, ValueError, piiglet.PiigletError) as problem:
        line = getattr(problem, "offset", None)  # of the list of known values
        _say(problem if line is None else f"line {line}: {problem}")
        return 2
    builder = SparkSession.builder.appName("piiglet-spark")
    spark = (builder.master(arguments.master) if arguments.master else builder).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    job = Job(arguments.action, arguments.input, arguments.output.rstrip("/"), arguments.format, settings,
              tuple(filter(None, arguments.columns.split(","))), arguments.id, int(arguments.group_size * (1 << 30)))
    try:
        report = run(spark, job, _say)
    except Refused as problem:
        _say(problem)
        return 2
    except (Py4JJavaError, PySparkException):
        # What Spark says of a failed task can quote records.
        _say("a Spark job failed, and its group of files with it; Spark's own pages and logs tell why")
        return 3
    finally:
        spark.stop()
    found = {}
    for row in report["findings"]:
        found[row["entity"]] = found.get(row["entity"], 0) + row["count"]
    _say(f"{report['records']} records, {report['dropped']} dropped, {report['blocked']} of them blocked; " +
         (", ".join(f"{entity} {count}" for entity, count in sorted(found.items())) or "nothing found"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
