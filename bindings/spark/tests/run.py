#!/usr/bin/env python3
"""Tests the job on a cluster of two workers, with an executor that is killed in the middle of it.

Usage: run.py PIIGLET VECTORS [TEST...]      PIIGLET is the command; the last line is "N passed, N failed" """
import base64
import csv
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path

import piiglet
from cluster import executors, session
from piiglet_spark import Settings, job, mounted, splits
from piiglet_spark.command import main as command
from piiglet_spark.settings import known, scrubber
from pyspark.sql import Row

POLICIES = Path(__file__).resolve().parents[3] / "rules" / "policies"
STATUS = {6: "Invalid", 7: "LimitExceeded", 8: "Blocked", 9: "EngineFailed"}
FILES, RECORDS = 64, 1500
WORDS = "the dragon opens a door below the library and finds {} robots, level {}, score {}".split(" ")


def records(file):
    """JSON Lines of one file, one in nine of them with findings; none like another."""
    for number in range(RECORDS):
        line = {"id": file * RECORDS + number, "text": " ".join(WORDS).format(number, file, number * 7)}
        if number % 9 == 0:
            line["text"] += f"; write to kid.{file}.{number}@example.org, or call 415-555-01{number % 100:02}"
        yield json.dumps(line)


def parts(folder):
    """Lines of all files that a job wrote."""
    return [line for file in sorted(Path(folder).glob("group-*/part-*"))
            for line in file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")[:-1]]


class Tests:
    """Each method that begins with test is a case or more; they share one session, and the input."""

    def __init__(self, spark, program, vectors, folder):
        self.spark, self.program, self.vectors, self.folder = spark, program, vectors, folder
        self.input = folder / "input"
        self.input.mkdir()
        for file in range(FILES):
            (self.input / f"{file:03}.jsonl").write_text("".join(line + "\n" for line in records(file)))
        said = subprocess.run([program, "--format", "jsonl", *sorted(self.input.iterdir())], check=True,
                              capture_output=True, text=True).stdout
        self.scrubbed = said.splitlines()
        self.found = Counter(finding.entity for line in self.lines() for finding in piiglet.scan(line, "json"))

    def lines(self):
        """All records of the input."""
        return [line for file in sorted(self.input.iterdir()) for line in file.read_text().splitlines()]

    def job(self, name, action="scrub", source=None, form="jsonl", **others):
        settings = others.pop("settings", Settings())
        return job.Job(action, str(source or self.input), str(self.folder / name), form, settings, **others)

    def entities(self, report):
        """Sums of a report by entity."""
        counts = Counter()
        for row in report["findings"]:
            counts[row["entity"]] += row["count"]
        return counts

    def test_vectors(self):
        """The same answers as the library, in the executors."""
        rows, expected = [], {}
        for vector in self.vectors:
            options = dict(vector["options"])
            data = base64.b64decode(vector["base64"]) if "base64" in vector else vector["text"].encode()
            if {"only", "on", "off", "minimum_confidence"} & set(options):
                options["yaml"] = policy_yaml(options)
            expected[vector["name"]] = answer_of(vector["expect"])
            rows.append(Row(name=vector["name"], format=vector["format"], options=json.dumps(options),
                            data=bytearray(data)))
        answers = self.spark.createDataFrame(rows).repartition(2).rdd.map(ask).collect()
        wrong = [name for name, answer in answers if json.loads(answer) != expected[name]]
        assert len(answers) == len(expected) and not wrong, wrong
        return len(answers)

    def test_executor_killed(self):
        """An executor is killed in the middle: the same output, nothing lost, nothing twice."""
        for attempt in range(3):
            killed = []
            watcher = threading.Thread(target=self.kill_one, args=(killed,))
            watcher.start()
            report = job.run(self.spark, self.job(f"killed-{attempt}"))
            watcher.join()
            self.whole(self.folder / f"killed-{attempt}")
            assert sorted(parts(self.folder / f"killed-{attempt}")) == sorted(self.scrubbed)
            assert report["records"] == FILES * RECORDS and report["dropped"] == 0, report
            assert self.entities(report) == self.found, (report, self.found)
            print(f"spark: attempt {attempt}: executors {killed} killed")
            if killed:
                return 1
        raise AssertionError("no executor could be killed while there was work left")

    def whole(self, target):
        """Nothing is there but parts and what the job says of them."""
        names = {re.sub(r"\d{5}", "N", str(file.relative_to(target))) for file in target.rglob("*")
                 if not file.name.endswith(".crc")}
        assert names == {"group-N", "group-N/_SUCCESS", "group-N/part-N", "_piiglet", "_piiglet/plan.json",
                         "_piiglet/group-N.json", "_piiglet/report.json"}, names

    def kill_one(self, killed):
        """Kills an executor when some tasks are done and most are not."""
        tracker = self.spark.sparkContext.statusTracker()
        until = time.monotonic() + 120
        while time.monotonic() < until:
            for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
                if stage and stage.numTasks >= FILES // 2 and stage.numCompletedTasks >= 2:
                    if stage.numCompletedTasks < stage.numTasks - 4:
                        victim = executors()[0]
                        os.kill(victim, signal.SIGKILL)
                        killed.append(victim)
                    return
            time.sleep(0.005)

    def test_gone_on(self):
        """A job that ended in the middle goes on where it was; with other settings it is refused."""
        task, said = self.job("gone-on", group_bytes=sum(file.stat().st_size for file in self.input.iterdir()) // 3), []

        def stop(text):
            said.append(text)
            raise KeyboardInterrupt
        try:
            job.run(self.spark, task, stop)
        except KeyboardInterrupt:
            pass
        first = {file: file.stat().st_mtime_ns for file in (self.folder / "gone-on").glob("group-00000/part-*")}
        assert first and not (self.folder / "gone-on" / "_piiglet" / "report.json").exists()
        given_up = self.folder / "gone-on" / "_piiglet" / "run-0" / "parts"
        given_up.mkdir(parents=True)
        (given_up / "part-00000").write_text("of a driver that died")
        report = job.run(self.spark, task, said.append)
        self.whole(self.folder / "gone-on")
        assert "done before" in said[1] and not any("before" in text for text in said[2:]) and len(said) > 3, said
        assert first == {file: file.stat().st_mtime_ns for file in first}
        assert sorted(parts(self.folder / "gone-on")) == sorted(self.scrubbed)
        assert self.entities(report) == self.found and report["records"] == FILES * RECORDS
        for other in (self.job("gone-on", settings=Settings(policy="audit")), self.job("input")):
            try:
                job.run(self.spark, other)
            except job.Refused:
                continue
            raise AssertionError("it went on with other settings, or wrote among other files")
        return 2

    def test_refused_records(self):
        """A broken record ends the job without output, or is left out, and no record with it."""
        lines = self.lines()[:2000]
        lines[700:700] = ['{"a": "kid.one@example.org"', "{"]
        source = self.folder / "broken.jsonl"
        source.write_text("\n".join(lines) + "\n")
        try:
            job.run(self.spark, self.job("failed", source=source))
        except Exception as problem:  # pylint: disable=broad-except
            assert "kid.one" not in str(problem)
        else:
            raise AssertionError("a broken record was accepted")
        assert not parts(self.folder / "failed")
        report = job.run(self.spark, self.job("dropped", source=source, settings=Settings(failed="drop")))
        assert report["dropped"] == 2, report
        assert parts(self.folder / "dropped") == self.scrubbed[:2000]
        policy = b"piiglet: 1\npolicy: strict\ndescription: no mail\nentities: {EMAIL: block}\n"
        source.write_text("".join(line + "\n" for line in self.lines()[:90]))
        strict = Settings(policy_yaml=policy, failed="drop")
        report = job.run(self.spark, self.job("blocked", source=source, settings=strict))
        assert (report["dropped"], report["blocked"]) == (10, 10), report
        assert parts(self.folder / "blocked") == [line for line in self.scrubbed[:90] if "[EMAIL]" not in line]
        return 3

    def test_known(self):
        """Values known beforehand, in lines that tasks read and in those that Spark does."""
        source, known = self.folder / "known.jsonl", b"Ada Lovelace\nSOCIAL_HANDLE\tskater_kid\n"
        source.write_text('{"by": "A. Lovelace"}\n{"by": "skater-kid"}\n')
        for form, action in (("jsonl", "scrub"), ("text", "scrub"), ("jsonl", "scan")):
            name = f"known-{form}-{action}"
            report = job.run(self.spark, self.job(name, action, source, form, settings=Settings(known=known)))
            assert self.entities(report) == {"PERSON": 1, "SOCIAL_HANDLE": 1}, report
        assert parts(self.folder / "known-jsonl-scrub") == ['{"by": "[PERSON]"}', '{"by": "[SOCIAL_HANDLE]"}']
        assert Settings(known=known).digest() != Settings().digest()
        return 1

    def test_columns(self):
        """CSV and Parquet: strings of the columns that are named, and nothing else; findings with their row."""
        table = [("id", "body", "n"), ("1", 'say "kid.one@example.org"\nnow', "415"), ("2", "", "7"), ("3", "é 😀", "8")]
        source = self.folder / "table.csv"
        with open(source, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table)
        expect = [tuple(cell.replace("kid.one@example.org", "[EMAIL]") for cell in row) for row in table]
        job.run(self.spark, self.job("csv", form="csv", source=source, columns=("body",)))
        written, = (self.folder / "csv").glob("group-*/part-*")
        with open(written, newline="", encoding="utf-8") as file:
            assert list(map(tuple, csv.reader(file))) == expect
        frame = self.spark.createDataFrame(
            [(1, "call 415-555-0134", [1]), (2, None, [2]), (3, "\x7f plain", None)], "id long, body string, n array<int>")
        frame.coalesce(1).write.parquet(str(self.folder / "table.parquet"))
        source = self.folder / "table.parquet"
        job.run(self.spark, self.job("parquet", form="parquet", source=source))
        rows = self.spark.read.parquet(str(self.folder / "parquet" / "group-00000")).orderBy("id").collect()
        assert [tuple(row) for row in rows] == [(1, "call [PHONE]", [1]), (2, None, [2]), (3, "\x7f plain", None)], rows
        job.run(self.spark, self.job("scan", "scan", form="parquet", source=source, identity="id"))
        row, = map(json.loads, parts(self.folder / "scan"))
        assert row["file"].endswith(".parquet") and (row["id"], row["column"]) == ("1", "body")
        assert (row["entity"], row["begin"], row["end"]) == ("PHONE", 5, 17), row
        return 3

    def test_text(self):
        """Lines of text, also what is not UTF-8; each for itself."""
        source = self.folder / "lines.txt"
        source.write_bytes(b"caf\xe9 kid.one@example.org\r\n\n415-555-0134\n")
        report = job.run(self.spark, self.job("text", form="text", source=source))
        written, = (self.folder / "text").glob("group-*/part-*")
        assert written.read_bytes() == b"caf\xe9 [EMAIL]\r\n\n[PHONE]\n"
        assert report["records"] == 3
        return 1

    def test_lines(self):
        """However files are divided, each line is there once, and in order."""
        texts = (b"", b"\n", b"one", b"\n\nthree\n", b"\xef\xbb\xbffirst\r\nsecond\n" + b"long" * 9 + b"\n\nlast")
        files = [self.folder / f"lines-{number}" for number in range(len(texts))]
        for file, text in zip(files, texts):
            file.write_bytes(text)
        expect = [line for text in texts for line in text.removeprefix(splits.MARK).removesuffix(b"\n").split(b"\n") if text]
        cases = [(size, cost, read) for size in range(1, 60) for cost in (0, 9) for read in (1, 2, 7, 99)]
        for size, cost, read in cases:
            tasks = splits.divide([(str(file), len(text)) for file, text in zip(files, texts)], size, cost)
            found = []
            for path, begin, end in (piece for task in tasks for piece in task):
                with open(path, "rb") as file:
                    for run in splits.runs(file, begin, end, read):
                        found += run.removesuffix(b"\n").split(b"\n")
            assert found == expect, (size, cost, read, found)
        return 1

    def test_compressed(self):
        """What Spark has to decompress goes through Spark, to the same records and counts."""
        folder = self.folder / "compressed"
        folder.mkdir()
        for name in ("000", "001"):
            (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress((self.input / f"{name}.jsonl").read_bytes()))
        report = job.run(self.spark, self.job("from-gzip", source=folder))
        assert report == job.run(self.spark, self.job("from-plain", source=self.input / "00[01].jsonl"))
        assert sorted(parts(self.folder / "from-gzip")) == sorted(parts(self.folder / "from-plain")) != []
        assert (self.folder / "from-plain" / "group-00000" / "part-00000").exists()
        assert not (self.folder / "from-gzip" / "group-00000" / "part-00000").exists()
        return 1

    def test_not_mounted(self):
        """A task that does not find the folder of its job writes nothing, anywhere."""
        where, piece = self.folder / "nowhere", (str(self.input / "000.jsonl"), 0, 99)
        task = partial(mounted._scrub_part, where, Settings(), "jsonl")  # pylint: disable=protected-access
        try:
            self.spark.sparkContext.parallelize([(0, [piece])], 1).map(task).collect()
        except Exception as problem:  # pylint: disable=broad-except
            assert "FileNotFoundError" in str(problem) and not where.exists(), problem
            return 1
        raise AssertionError("a part was written without its folder")

    def test_pipe(self):
        """The command behind rdd.pipe, as docs/SPARK.md has it."""
        lines = self.spark.sparkContext.textFile(str(self.input / "000.jsonl"), 2)
        answers = list(map(json.loads, lines.pipe(f"{self.program} scan --records").collect()))
        assert len(answers) == -(-RECORDS // 9)
        direct = subprocess.run([self.program, "scan", "--records"], input=(self.input / "000.jsonl").read_text(),
                                capture_output=True, text=True, check=True).stdout.splitlines()
        assert answers == list(map(json.loads, direct))
        return 1

    def test_readme(self):
        """The README's example for a DataFrame, and where a Tally stands after it."""
        text = (POLICIES.parents[1] / "bindings" / "spark" / "README.md").read_text(encoding="utf-8")
        names = {"spark": self.spark, "frame": self.spark.createDataFrame([("call 415-555-0134",)], "body string")}
        exec(re.search(r"^```python\n(.*?)^```", text, re.S | re.M).group(1), names)  # pylint: disable=exec-used
        assert [row.body for row in names["clean"].collect()] == ["call [PHONE]"]
        assert names["tally"].value["body", "PHONE", "phone.nanp"] == 1, names["tally"].value
        return 1

    def test_command(self):
        """The command itself; it ends the session."""
        assert command(["scrub", str(self.input), str(self.folder / "out"), "--policy", "no-such"]) == 2
        names = self.folder / "names.txt"
        names.write_text("NO_SUCH\tAda Lovelace\n")
        assert command(["scrub", str(self.input), str(self.folder / "out"), "--known", str(names)]) == 2
        names.write_text("Ada Lovelace\nPERSON\tRosa Parks\tnever\n")
        with redirect_stderr(StringIO()) as told:
            assert command(["scrub", str(self.input), str(self.folder / "out"), "--known", str(names)]) == 2
        assert "line 2: " in told.getvalue() and "Rosa" not in told.getvalue(), told.getvalue()
        names.write_text("dragon opens\n")
        rules = self.folder / "rules.yaml"
        rules.write_text("piiglet: 1\nfamily: own\ndescription: own rules\nentities: [ROBOT]\nrules:\n  - id: own.robots\n"
                         "    entity: ROBOT\n    description: robots\n    pattern: '[0-9]{1,4} robots'\n"
                         "    confidence: 0.9\n    tests: {match: ['find {{17 robots}}'], pass: ['a robot']}\n")
        code = command(["scrub", str(self.input / "00[01].jsonl"), str(self.folder / "out"), "--rules", str(rules),
                        "--known", str(names)])
        written = parts(self.folder / "out")
        assert code == 0 and len(written) == 2 * RECORDS and all("[ROBOT]" in line and "[PERSON]" in line for line in written)
        return 2


def policy_yaml(options):
    """What a policy file would say: a built-in one with entities that are off, or one of these options alone."""
    if "name" in options:
        yaml = (POLICIES / f"{options['name']}.yaml").read_text(encoding="utf-8")
        for entity in options["off"]:
            yaml = re.sub(rf"^  {entity}:.*\n", "", yaml, flags=re.M)
            yaml = yaml.replace("\nentities:\n", f"\nentities:\n  {entity}: off\n", 1)
        return yaml
    words = {**dict.fromkeys([*options.get("only", ()), *options.get("on", ())], "replace"),
             **dict.fromkeys(options.get("off", ()), "off")}
    return "".join([
        "piiglet: 1\npolicy: vector\ndescription: of a vector\n", "base: none\n" if "only" in options else "",
        f"min_confidence: {options['minimum_confidence']}\n" if "minimum_confidence" in options else "",
        "entities: {", ", ".join(f"{entity}: {word}" for entity, word in words.items()), "}\n"])


def ask(row):
    """(name, answer) of a vector, in an executor."""
    options = json.loads(row.options)
    settings = Settings(policy=None if "yaml" in options else options.get("name"),
                        policy_yaml=options["yaml"].encode() if "yaml" in options else None,
                        keys=tuple((key, secret.encode()) for key, secret in options.get("keys", {}).items()),
                        subject=options["subject"].encode() if "subject" in options else None,
                        known="".join("\t".join(pair) + "\n" for pair in options.get("known", ())).encode(),
                        today=options.get("today"), limit=options.get("limit"), invalid=options.get("invalid"))
    try:
        result = scrubber(settings).process(bytes(row.data), row.format, known(settings))
    except piiglet.PiigletError as error:
        return row.name, json.dumps([type(error).__name__, error.offset])
    return row.name, json.dumps([
        base64.b64encode(result.output).decode(), result.fault,
        [[f.entity, f.rule, f.byte_begin, f.byte_end, f.confidence, f.replacement_size, f.action, f.path, f.block]
         for f in result.findings]])


def answer_of(expect):
    """The same of the library."""
    if expect["status"]:
        return [STATUS[expect["status"]], expect["offset"]]
    return [expect["output"], expect["fault"], expect["findings"]]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    passed = failed = 0
    vectors = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))["vectors"]
    with tempfile.TemporaryDirectory(prefix="piiglet-spark-") as folder:
        spark = session(Path(folder), spark_sql_files_maxPartitionBytes="256k", spark_sql_files_openCostInBytes="128k")
        spark.sparkContext.addPyFile(__file__)
        tests = Tests(spark, str(Path(sys.argv[1]).resolve()), vectors, Path(folder))
        for name in [name for name in vars(Tests) if name.startswith("test_") and name in (sys.argv[3:] or [name])]:
            try:
                passed += getattr(tests, name)()
            except Exception as problem:  # pylint: disable=broad-except
                failed += 1
                print(f"{name}: {type(problem).__name__}: {str(problem)[:2000]}")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
