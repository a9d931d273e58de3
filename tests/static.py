#!/usr/bin/env python3
"""Static analysis of engine/: gcc -fanalyzer, clang's analyser, clang-tidy and cppcheck say nothing.

    static.py BUILD [TOOL...]

BUILD is a configured build directory, all of it built. What a tool says without reason is silenced where it stands,
with a comment, or by the lists below, each entry with its reason. One file under one tool is one case; the last
line is "N passed, N failed"."""
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Checks of clang-tidy that look for mistakes rather than for style; less those that do not fit C or this project.
TIDY = ["-*", "bugprone-*", "cert-*", "clang-analyzer-*", "concurrency-*", "performance-*", "portability-*",
        # C11's Annex K, which glibc does not have.
        "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling",
        # Two sizes, or a begin and an end, beside each other are everywhere in an engine of texts.
        "-bugprone-easily-swappable-parameters",
        # Names of ours begin with pii__; that C++ reserves them is no matter here.
        "-bugprone-reserved-identifier", "-cert-dcl37-c", "-cert-dcl51-cpp",
        # Recursion of the pattern parser is bounded by PII__PATTERN_DEPTH_MAX; the compiler holds that itself.
        "-misc-no-recursion",
        # Results that say nothing more: fputs to a stream whose error flag is asked in the end.
        "-cert-err33-c",
        # Braces around macro arguments that are types or initialisers are not possible.
        "-bugprone-macro-parentheses",
        # A byte is compared as a byte.
        "-bugprone-signed-char-misuse", "-cert-str34-c",
        # Widths are checked where they are added (PII__RULE_WIDTH_MAX); positions are size_t.
        "-bugprone-implicit-widening-of-multiplication-result", "-bugprone-narrowing-conversions",
        # if-chains that answer the same for different reasons read better apart.
        "-bugprone-branch-clone"]

GCC = ["-fanalyzer", "-fsyntax-only" if False else "-S", "-o", os.devnull, "-O1", "-U_FORTIFY_SOURCE",
       # It loses track of who owns what is behind a union or a callback, and says so of every allocator.
       "-Wno-analyzer-malloc-leak"]

CPPCHECK = ["cppcheck", "--enable=warning,performance,portability", "--inline-suppr", "--quiet", "--error-exitcode=1",
            "--std=c11", "--suppress=missingIncludeSystem", "--suppress=unknownMacro", "--max-configs=1"]


def sources(build):
    """(file, arguments of the compiler) of each source below engine/, as it is built."""
    seen = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if ROOT / "engine" in path.parents and path.suffix == ".c" and path not in seen:
            words = shlex.split(entry["command"])
            words = words[words.index("-c") + 1:] if words[-2:-1] == ["-c"] and False else words
            seen[path] = (entry["directory"], words)
    return seen


def flags(words):
    """What of a command line is about reading the source."""
    return [word for word in words if re.match(r"-(I|D|U|std=|m(avx|sse|ssse|bmi|pclmul|popcnt|lzcnt))", word)]


def command_of(tool, path, words, build):
    """The command line of one tool for one file."""
    if tool == "gcc":
        return ["gcc", *flags(words), *GCC, str(path)]
    if tool == "clang":
        return ["clang-14", *flags(words), "--analyze", "--analyzer-output", "text", "-o", os.devnull, str(path)]
    if tool == "clang-tidy":
        return ["clang-tidy-14", "--quiet", "--warnings-as-errors=*", "--checks=" + ",".join(TIDY), str(path), "--",
                *flags(words)]
    defines = [word for word in flags(words) if word[:2] in ("-I", "-D")]
    return [*CPPCHECK, *defines, str(path)]


def judge(job):
    """(file, tool, what the tool said) of one case; nothing said is good."""
    path, tool, directory, words, build = job
    done = subprocess.run(command_of(tool, path, words, build), cwd=directory, capture_output=True, text=True,
                          check=False, stdin=subprocess.DEVNULL)
    said = "" if tool == "clang-tidy" and done.returncode == 0 else done.stdout + done.stderr
    return path, tool, said or ("" if done.returncode == 0 else f"exit code {done.returncode}")


def main():
    build = Path(sys.argv[1]).resolve()
    tools = sys.argv[2:] or ["gcc", "clang", "clang-tidy", "cppcheck"]
    jobs = [(path, tool, directory, words, build) for tool in tools
            for path, (directory, words) in sorted(sources(build).items())]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, tool, said in pool.map(judge, jobs):
            if said:
                failed += 1
                print(f"failed: {tool}: {path.relative_to(ROOT)}\n{said}", file=sys.stderr)
    print(f"{len(jobs) - failed} passed, {failed} failed")
    return 1 if failed or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
