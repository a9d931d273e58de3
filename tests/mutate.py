#!/usr/bin/env python3
"""Puts faults into gates, resolver, splicers and escapers, one at a time, and runs the short tests: who notices?

    mutate.py [--build DIR] [--count N] [--seed N] [--longest S] [SOURCE...]

The sources are copied into DIR and changed there only. A mutant is compiled, then the tests run, those first that
noticed others in the same file or folder, until one fails or takes far longer than it did. What does not compile, or
compiles to the same instructions, does not count; nor does a gate that all tests let pass and that only tries the
patterns of the shipped rules at more places; nor what tests/mutants_equivalent.txt lists, with the reason of each.
Fails if fewer of the others are noticed than WANTED."""
import argparse
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutants import mutants

ROOT = Path(__file__).resolve().parent.parent
WANTED = 0.95
# "valgrind": short forms of programs that take too long to be asked themselves.
SUITES = {"piiglet:unit", "piiglet:plain", "piiglet:golden", "piiglet:fuzz", "piiglet:valgrind"}
SOURCES = ["engine/match/plan.c", "engine/match/sieve.c", "engine/match/sift.c", "engine/match/outlines.c",
           "engine/match/rectangles.c", "engine/match/shape_bytes.c", "engine/match/start_windows.c",
           "engine/match/word_map.c", "engine/redact/resolve.c", "engine/pipeline/seam.c", "engine/pipeline/outlet.c",
           "engine/format/code_escape.c", "engine/format/reference.c", "engine/format/tape.c",
           "engine/format/tape_batch.c", "engine/format/tape_block.c", "engine/format/tape_map.c",
           "engine/format/tape_records.c", "engine/format/tape_source.c", "engine/format/tape_text.c"]
EQUIVALENT = "tests/mutants_equivalent.txt"
GATES = "engine/match/"
TEXTS = sorted((ROOT / "tests/cases").glob("*.txt")) + sorted((ROOT / "examples").glob("*.txt"))
BUILD_SECONDS = 300
ONE_BY_ONE = 6  # tests that are linked and asked one after the other; what they do not notice is linked with all others
MEMORY = 6 << 30  # bytes a test may have: a loop without end must not take the machine with it


def limit_resources(seconds):
    """For a test: of its processor's time, not of the clock's, as others work here, too. Soft limits only: some tests
    set others."""
    def limit():
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds)):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
    return limit


def processor_seconds():
    """Of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def call(command, seconds, **options):
    """True if it ends well and in time; then nothing of it is left running."""
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True, **options)
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


class Build:
    """A copy of the sources with a build directory."""

    def __init__(self, directory):
        self.source = directory / "source"
        self.build = directory / "build"
        self.copy_sources()
        if not (self.build / "build.ninja").exists():
            subprocess.run(["meson", "setup", self.build, self.source, "-Dunit_tests=enabled", "-Doptimization=1",
                            "-Ddebug=false"], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        subprocess.run(["ninja", "-C", self.build, "--quiet"], check=True, stdin=subprocess.DEVNULL)
        self.objects = {entry["file"]: self.build / entry["output"]
                        for entry in json.loads((self.build / "compile_commands.json").read_text())}
        self.names = {target["id"]: [os.path.relpath(name, self.build) for name in target["filename"]]
                      for target in self.introspect("--targets")}
        self.tests = [test for test in self.introspect("--tests") if SUITES & set(test["suite"])]

    def copy_sources(self):
        """Only what has changed is written, so that little is built anew."""
        listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                check=True, capture_output=True, text=True).stdout
        for name in filter(None, listed.split("\0")):
            old, new = ROOT / name, self.source / name
            if old.is_file() and (not new.is_file() or new.read_bytes() != old.read_bytes()):
                new.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(old, new)

    def introspect(self, what):
        return json.loads(subprocess.run(["meson", "introspect", what, self.build], check=True, capture_output=True,
                                         stdin=subprocess.DEVNULL).stdout)

    def make(self, targets):
        return call(["ninja", "-C", self.build, *targets], BUILD_SECONDS)

    def make_for(self, tests):
        return self.make(sorted({name for test in tests for depends in test["depends"]
                                 for name in self.names[depends]}))

    def object_of(self, path):
        return next(self.objects[name] for name in self.objects if name.endswith("/source/" + path))

    def compile(self, path):
        """A sum of the object's bytes, or nothing if it does not compile."""
        target = self.object_of(path)
        if not self.make([target.relative_to(self.build)]):
            return None
        return hashlib.sha256(target.read_bytes()).hexdigest()

    def test(self, test, seconds):
        """True if the test passes in that time."""
        return call(test["cmd"], 10 * seconds + 60, cwd=self.build, env={**os.environ, **test["env"]},
                    preexec_fn=limit_resources(seconds))


class Work:
    """How many places of some texts the patterns of the shipped rules are tried at."""

    def __init__(self, build):
        self.build = build
        self.shim = build.build / "pattern_work.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.shim, ROOT / "tests/pattern_work.c"], check=True)
        self.usual = self.measure()

    def measure(self):
        """Zero if it cannot be told."""
        total = 0
        self.build.make(["piiglet"])
        for text in TEXTS:
            done = subprocess.run([self.build.build / "piiglet", "check", "--no-sandbox", text],
                                  env={**os.environ, "LD_PRELOAD": str(self.shim)}, stdin=subprocess.DEVNULL,
                                  capture_output=True, check=False)
            told = re.search(rb"places tried: (\d+)\n$", done.stderr)
            if not told:
                return 0
            total += int(told.group(1))
        return total


def listed_equivalents():
    """{(path, before, after)}: a block of the list is path, - line, + line, reason."""
    blocks = (ROOT / EQUIVALENT).read_text().split("\n\n")
    found = set()
    for block in blocks:
        lines = block.strip("\n").split("\n")
        if lines[0].startswith("#"):
            continue
        path, before, after, *reason = lines
        if not (before.startswith("- ") and after.startswith("+ ") and reason):
            raise ValueError(f"{EQUIVALENT}: {lines[0]}: not path, -, + and reason")
        found.add((path, before[2:], after[2:]))
    return found


class Judge:
    """Says of each mutant what became of it."""

    def __init__(self, build, longest):
        self.build = build
        self.work = Work(build)
        self.equivalents = listed_equivalents()
        self.noticed = Counter()  # (source or its folder, name of a test): mutants that it noticed there
        self.seconds = {}
        for test in build.tests:
            start = processor_seconds()
            good = build.test(test, longest + 1)
            seconds = processor_seconds() - start
            if good and seconds <= longest:
                self.seconds[test["name"]] = seconds
            elif seconds > longest:
                print(f"{test['name']} is not asked: it takes more than {longest} s")
            else:
                raise SystemExit(f"{test['name']} fails without any fault")
        self.tests = [test for test in build.tests if test["name"] in self.seconds]
        print(f"{len(self.tests)} tests, {sum(self.seconds.values()):.0f} s", flush=True)

    def order(self, path):
        def rank(test):
            name = test["name"]
            return -self.noticed[path, name], -self.noticed[os.path.dirname(path), name], self.seconds[name]
        return sorted(self.tests, key=rank)

    def look(self, mutant, plain):
        """One of "no program", "same program", "killed by TEST", "looser gate", "equivalent", "survived"."""
        code = self.build.compile(mutant.path)
        if code is None or code == plain:
            return "no program" if code is None else "same program"
        if (mutant.path, mutant.before.strip(), mutant.after.strip()) in self.equivalents:
            return "equivalent"
        order = self.order(mutant.path)
        for index, test in enumerate(order):
            good = index > ONE_BY_ONE or self.build.make_for([test] if index < ONE_BY_ONE else order)
            if not good or not self.build.test(test, int(3 * self.seconds[test["name"]]) + 3):
                for place in (mutant.path, os.path.dirname(mutant.path)):
                    self.noticed[place, test["name"]] += 1
                return f"killed by {test['name']}"
        if mutant.path.startswith(GATES) and self.work.measure() > self.work.usual:
            return "looser gate"
        return "survived"

    def judge(self, mutant):
        """Puts the fault in, looks, and takes it out again."""
        source = self.build.source / mutant.path
        text = source.read_text()
        plain = self.build.compile(mutant.path)
        source.write_text(mutant.apply(text))
        try:
            return self.look(mutant, plain)
        finally:
            source.write_text(text)


def sample(sources, count, seed):
    """So many mutants of all of them, and how many there are. A run that is stopped has judged a sample, too."""
    made = [mutant for path in sources for mutant in mutants(path, (ROOT / path).read_text())]
    return random.Random(seed).sample(made, min(count, len(made))), len(made)


def main():
    parser = argparse.ArgumentParser(description="faults in gates, resolver and escapers that no short test notices")
    parser.add_argument("--build", type=Path, default=ROOT / "build-mutate", help="directory for copy and build")
    parser.add_argument("--count", type=int, default=200, help="mutants, chosen at random (200)")
    parser.add_argument("--seed", type=int, default=1, help="another number: other mutants (1)")
    parser.add_argument("--longest", type=int, default=20, help="seconds of one core a test may take to be asked (20)")
    parser.add_argument("sources", nargs="*", default=SOURCES, help="files of engine/ (those that must not err)")
    arguments = parser.parse_args()

    chosen, there = sample(arguments.sources, arguments.count, arguments.seed)
    judge = Judge(Build(arguments.build.resolve()), arguments.longest)
    results = Counter()
    for mutant in chosen:
        result = judge.judge(mutant)
        results[result.split(" by ")[0]] += 1
        print(f"{mutant.path}:{mutant.line}: {mutant.kind}: {result}", flush=True)
        if not result.startswith("killed"):
            print(f"- {mutant.before.strip()}\n+ {mutant.after.strip()}", flush=True)
    print(f"{len(chosen)} of {there} mutants: " + ", ".join(f"{count} {name}" for name, count in results.most_common()))
    share = results["killed"] / max(results["killed"] + results["survived"], 1)
    print(f"{100 * share:.1f} % of those that count are killed")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
