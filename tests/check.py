#!/usr/bin/env python3
"""Builds piiglet in every way that counts, runs the tests, and sums up the cases.

The last line is "N passed, N failed". A case is one test of a Criterion program, one
golden case, one rule vector and so on, as each program of the plain build reports it. In the
builds that repeat those programs (sanitizers, valgrind) a whole program counts as one case.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN_COUNT = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)
TAP_LINE = re.compile(r"^(not )?ok\b(?!.*# *SKIP)", re.M | re.I)


@dataclass
class Variant:
    """One build directory and one run of tests in it."""
    name: str
    directory: Path
    options: list
    test_arguments: list
    count_cases: bool = False
    environment: dict = field(default_factory=dict)


def variants(build, long):
    """What `make check` runs; `long` adds to it."""
    def beside(suffix):
        return build.with_name(build.name + suffix)

    unit = ["-Dunit_tests=enabled"]
    strict = unit + ["-Dwerror=true"]
    short = ["--no-suite", "valgrind", "--no-suite", "long"]
    # An abort instead of an exit code: Criterion would turn a leak into a pass.
    sanitizer = {"ASAN_OPTIONS": "abort_on_error=1:detect_leaks=1:allocator_may_return_null=1",
                 "UBSAN_OPTIONS": "abort_on_error=1:print_stacktrace=1"}
    yield Variant("plain", build, unit, short[:2] if long else short, count_cases=True)
    yield Variant("address, undefined", beside("-sanitize"), strict + ["-Db_sanitize=address,undefined"],
                  ["--no-suite", "meta"] + short, environment=sanitizer)
    yield Variant("thread", beside("-thread"), strict + ["-Db_sanitize=thread"], ["--suite", "thread"],
                  environment={"TSAN_OPTIONS": "halt_on_error=1"})
    light = ["--suite", "plain", "--no-suite", "heavy"] if long else []
    yield Variant("valgrind", build, unit, ["--setup", "valgrind", "--suite", "valgrind", *light])
    if long:
        yield Variant("clang", beside("-clang"), strict, short, environment={"CC": "clang-14"})


def configure(variant, environment):
    """Makes the build directory, or brings its options up to date."""
    command = ["meson", "setup", str(variant.directory), *variant.options]
    if (variant.directory / "build.ninja").exists():
        listed = subprocess.run(["meson", "introspect", "--buildoptions", str(variant.directory)], check=True,
                                capture_output=True, text=True, stdin=subprocess.DEVNULL)
        now = {option["name"]: str(option["value"]).lower() for option in json.loads(listed.stdout)}
        wanted = (option[2:].split("=", 1) for option in variant.options)
        if all(now.get(name) == value for name, value in wanted):
            return
        command.insert(2, "--reconfigure")
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
                   stdin=subprocess.DEVNULL)


def cases(output):
    """(passed, failed) as a test program reported it, or None."""
    plain = PLAIN_COUNT.findall(output)
    if plain:
        return int(plain[-1][0]), int(plain[-1][1])
    tap = TAP_LINE.findall(output)
    if tap:
        failed = sum(1 for negation in tap if negation)
        return len(tap) - failed, failed
    return None


def judge(entry, count_cases):
    """(passed, failed, problem) of one test of meson's log."""
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    if entry["result"] == "SKIP":
        return 0, 0, "skipped"
    if not count_cases:
        return int(good), int(not good), None if good else entry["result"]
    counted = cases(entry.get("stdout") or "")
    if counted is None:
        return 0, 1, "no count of cases in its output" if good else entry["result"]
    passed, failed = counted
    if good and passed + failed == 0:
        return 0, 1, "no case ran"
    if good != (failed == 0):
        return passed, max(failed, 1), entry["result"]
    return passed, failed, None if good else entry["result"]


def run(variant):
    """Runs one variant; returns (passed, failed)."""
    environment = {**os.environ, **variant.environment}
    start = time.monotonic()
    print(f"== {variant.name} ==", flush=True)
    configure(variant, environment)
    subprocess.run(["ninja", "-C", str(variant.directory), "--quiet"], env=environment, check=True,
                   stdin=subprocess.DEVNULL)
    log = variant.directory / "meson-logs" / ("testlog-valgrind.json" if variant.name == "valgrind" else "testlog.json")
    log.unlink(missing_ok=True)
    done = subprocess.run(["meson", "test", "-C", str(variant.directory), "--quiet", "--no-rebuild", "--print-errorlogs",
                           *variant.test_arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    if not log.exists():
        print("the tests did not run", flush=True)
        return 0, 1
    total_passed = total_failed = 0
    for line in log.read_text(errors="replace").splitlines():
        entry = json.loads(line)
        passed, failed, problem = judge(entry, variant.count_cases)
        total_passed += passed
        total_failed += failed
        note = f"   {problem}" if problem else ""
        name = entry["name"].rsplit("/", 1)[-1].strip()
        print(f"{name:36} {passed:6} passed {failed:4} failed {entry['duration']:8.1f} s{note}")
    if done.returncode != 0 and total_failed == 0:
        print("meson test failed without naming a test")
        total_failed = 1
    print(f"{variant.name}: {time.monotonic() - start:.0f} s", flush=True)
    return total_passed, total_failed


def main():
    parser = argparse.ArgumentParser(description="build and run every test of piiglet")
    parser.add_argument("--build", default="build", help="build directory; others are named after it")
    parser.add_argument("--long", action="store_true", help="longer runs, all under valgrind, clang")
    arguments = parser.parse_args()

    passed = failed = 0
    for variant in variants((ROOT / arguments.build).resolve(), arguments.long):
        try:
            more_passed, more_failed = run(variant)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"{variant.name}: {error}")
            more_passed, more_failed = 0, 1
        passed += more_passed
        failed += more_failed
    if passed == 0:
        failed = max(failed, 1)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
