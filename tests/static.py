#!/usr/bin/env python3
"""Static analysis of engine/: gcc -fanalyzer, clang-tidy with clang's analyser, and cppcheck say nothing.

    static.py BUILD [--tool TOOL]... [FILE...]

BUILD is a configured build directory in which everything is built; FILE are sources, all of engine/ if none is
named. What a tool says without reason is listed in EXPLAINED, with the reason; an entry that no tool needs any more is
a failure, too. One file under one tool is one case; the last line is "N passed, N failed"."""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Checks of clang-tidy that look for mistakes rather than for style; clang-analyzer-* is the engine of scan-build.
TIDY_CHECKS = ["-*", "bugprone-*", "cert-*", "clang-analyzer-*", "concurrency-*", "performance-*", "portability-*",
               # It asks for Annex K of C11, which glibc does not have.
               "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling",
               # A begin and an end, or two sizes, stand beside each other everywhere.
               "-bugprone-easily-swappable-parameters",
               # Bytes with a size are no C strings.
               "-bugprone-not-null-terminated-result",
               # gcc's -Wconversion, which is on, tells what is not a choice between two characters,
               "-bugprone-narrowing-conversions",
               # and all products it means are of constants below 2^20.
               "-bugprone-implicit-widening-of-multiplication-result",
               # Conversions through uintptr_t take const away where C's own types ask for it.
               "-performance-no-int-to-ptr",
               # strerror of glibc is thread-safe; environment and options are read before there are threads; each
               # directory stream has one thread.
               "-concurrency-mt-unsafe",
               # Only of programs of the build, whose output is asked for errors as a whole in the end.
               "-cert-err33-c",
               # Style: "if (memcmp(...))", and macros whose arguments are initialisers.
               "-bugprone-suspicious-string-compare", "-bugprone-macro-parentheses"]

GCC = ["-fanalyzer", "-O1", "-U_FORTIFY_SOURCE", "-S", "-o", os.devnull]
CPPCHECK = ["cppcheck", "--enable=warning,performance,portability", "--std=c11", "--max-configs=1", "--quiet",
            "--template={file}:{line}:{column}: {severity}: {message} [{id}]",
            # System headers are not needed to understand ours; GNU builtins are not unknown macros.
            "--suppress=missingIncludeSystem", "--suppress=unknownMacro"]
TOOLS = ("gcc", "clang-tidy", "cppcheck")
REMARK = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):\d+: (?P<kind>warning|error|performance|portability): "
                    r"(?P<text>.*?)(?: \[CWE-\d+\])? \[(?P<check>[^]]+)\]$", re.M)

UNINITIALIZED = "-Wanalyzer-use-of-uninitialized-value"

# (tool, file, check): why there is nothing wrong.
EXPLAINED = {
    ("gcc", "engine/cli/tree_walk.c", "-Wanalyzer-malloc-leak"): "the path belongs to the level, which pop() frees",
    ("gcc", "engine/format/python.c", "-Wanalyzer-null-dereference"):
        "while strings > 0 there is a frame: where there was no memory for it, feed() has ended",
    ("gcc", "engine/match/kernel_fit.h", UNINITIALIZED): "a union: copy_row() writes what is read",
    ("gcc", "engine/match/kernel_run.h", "-Wanalyzer-shift-count-overflow"):
        "a vector of words of 64 bits, taken for one number of 3",
    ("gcc", "engine/match/plan.c", UNINITIALIZED): "operands and result are places of earlier operations",
    ("gcc", "engine/match/ruleset.c", "-Wanalyzer-null-argument"): "built-in entities have names",
    ("gcc", "engine/match/text_masker.c", UNINITIALIZED): "the kernel, behind a pointer, writes masks of all classes",
    ("gcc", "engine/redact/coordinates.c", UNINITIALIZED): "read_degrees() has filled two times `half` parts",
    ("gcc", "engine/redact/keyring.c", "-Wanalyzer-null-dereference"): "only pii__keyring_find() allows NULL",
    ("gcc", "engine/unicode/make_odd_sequences.c", UNINITIALIZED): "encode() has written as many as it says",
    ("gcc", "engine/validate/ascii.h", UNINITIALIZED): "all callers have looked at how many digits were copied",
    ("clang-tidy", "engine/cli/journal.c", "cert-err34-c"):
        "a line that is read has its checksum; the count of conversions is looked at",
    ("clang-tidy", "engine/compile/pattern_class.c", "bugprone-too-small-loop-variable"): "'z' fits a byte",
    ("clang-tidy", "engine/compile/policy_file.c", "clang-analyzer-core.NonNullParamChecker"):
        "where a remark could not be kept, the answer is PII_ERROR_MEMORY and nothing is told",
    ("clang-tidy", "engine/compile/shape_builder.c", "bugprone-suspicious-memory-comparison"):
        "new_op() clears what lies between the members; an operation that is there twice costs only time",
    ("clang-tidy", "engine/compile/word_list.c", "clang-analyzer-core.NullDereference"): "with PII_OK there is a list",
    ("clang-tidy", "engine/format/csv.c", "clang-analyzer-core.CallAndMessage"):
        "the first byte of a name is always held",
    ("clang-tidy", "engine/format/query.c", "clang-analyzer-core.UndefinedBinaryOperatorResult"):
        "`high` was a digit when it was taken",
    ("clang-tidy", "engine/known/known_variants.c", "clang-analyzer-core.CallAndMessage"): "names have a word at least",
    ("clang-tidy", "engine/match/ruleset.c", "bugprone-sizeof-expression"): "an array of pointers is meant",
    ("clang-tidy", "engine/match/word_map.c", "clang-analyzer-core.UndefinedBinaryOperatorResult"):
        "places[0] to places[count - 1] are written",
    ("clang-tidy", "engine/redact/generalise.c", "clang-analyzer-core.UndefinedBinaryOperatorResult"):
        "three digits at least were copied: the forms it asks for have them",
    ("cppcheck", "engine/cli/content.c", "memleak"): "the content owns it from the assignment on",
    ("cppcheck", "engine/cli/journal.c", "legacyUninitvar"): "it is read only where it was written: !plain",
    ("cppcheck", "engine/cli/tree_task.c", "uninitvar"): "the call fills it",
    ("cppcheck", "engine/known/known_variants.c", "ctuuninitvar"): "find_forms() fills the rest of it",
    ("cppcheck", "engine/match/plan.c", "uninitvar"): "a shape has an operation at least",
    ("cppcheck", "engine/validate/ascii.h", "uninitvar"): "only so many digits are read as there are",
    ("cppcheck", "engine/unicode/make_word_forms.c", "objectIndex"): "an array of pairs, read as one of numbers",
}


@dataclass(frozen=True)
class Source:
    """A file of engine/ and how the build reads it."""
    path: Path
    directory: str
    flags: tuple


def sources(build):
    """Each source below engine/ once, as it is built."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if ROOT / "engine" in path.parents and path.suffix == ".c":
            flags = [word for word in shlex.split(entry["command"])
                     if re.match(r"-(I|D|U|std=|m(avx|sse|ssse|bmi|pclmul|popcnt|lzcnt))", word)]
            found.setdefault(path, Source(path, entry["directory"], tuple(flags)))
    return sorted(found.values(), key=lambda source: source.path)


def command_of(tool, source):
    """The command line of one tool for one file."""
    path, flags = str(source.path), source.flags
    if tool == "gcc":
        return ["gcc", *flags, *GCC, path]
    if tool == "clang-tidy":
        return ["clang-tidy-14", "--quiet", "--checks=" + ",".join(TIDY_CHECKS), path, "--", *flags]
    return [*CPPCHECK, *(flag for flag in flags if flag[:2] in ("-I", "-D")), path]


def judge(job):
    """(what is not explained, the entries of EXPLAINED that were met) of one tool and file."""
    tool, source = job
    done = subprocess.run(command_of(tool, source), cwd=source.directory, capture_output=True, text=True,
                          check=False, stdin=subprocess.DEVNULL)
    said = done.stdout + done.stderr
    problems, met = [], set()
    for remark in REMARK.finditer(said):
        path = (Path(source.directory) / remark["file"]).resolve()
        name = str(path.relative_to(ROOT)) if ROOT in path.parents else str(path)
        for check in remark["check"].split(","):
            if (tool, name, check) in EXPLAINED:
                met.add((tool, name, check))
                break
        else:
            problems.append(f"{name}:{remark['line']}: {remark['text']} [{remark['check']}]")
    if done.returncode != 0 and not problems and not met:
        problems.append(f"exit code {done.returncode}: {said[-500:]}")
    return problems, met


def main():
    parser = argparse.ArgumentParser(description="static analysis of engine/")
    parser.add_argument("build", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--tool", action="append", choices=TOOLS)
    arguments = parser.parse_intermixed_args()
    only = {path.resolve() for path in arguments.files}
    jobs = [(tool, source) for tool in arguments.tool or TOOLS for source in sources(arguments.build.resolve())
            if not only or source.path in only]
    failed, needed = 0, set()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (tool, source), (problems, met) in zip(jobs, pool.map(judge, jobs)):
            needed |= met
            failed += bool(problems)
            if problems:
                print(f"failed: {tool}: {source.path.relative_to(ROOT)}", *dict.fromkeys(problems), sep="\n  ",
                      file=sys.stderr)
    stale = [] if only or arguments.tool else sorted(set(EXPLAINED) - needed)
    for entry in stale:
        print("failed: no longer needed:", *entry, file=sys.stderr)
    print(f"{len(jobs) - failed} passed, {failed + len(stale)} failed")
    return 1 if failed or stale or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
