#!/usr/bin/env python3
"""What is built resists faults as the documents say: position-independent, read-only after relocation, bound at
start-up, no executable stack or writable code, stack protector, FORTIFY_SOURCE, and - on x86, in each object of ours;
Debian's start files lack the mark, so that the whole cannot have it - Intel CET.

Arguments: the command, libpiiglet.so, the archive of its objects, meson's level of optimization."""
import re
import subprocess
import sys

from cases import Cases


def readelf(*arguments):
    """What readelf says, on wide lines."""
    done = subprocess.run(["readelf", "-W", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def check_segments(cases, name, path):
    """Memory as the loader sets it up."""
    segments = re.findall(r"^  (\w+) +(?:0x\w+ +){5}([RWE ]{3}) ", readelf("-l", path), re.M)
    flags = dict(segments)
    cases.check("GNU_RELRO" in flags, f"{name}: no RELRO")
    cases.check("E" not in flags.get("GNU_STACK", "E"), f"{name}: the stack is executable")
    cases.check(segments and not any("W" in flag and "E" in flag for _, flag in segments),
                f"{name}: memory that is writable and executable")
    dynamic = readelf("-d", path)
    cases.check("BIND_NOW" in dynamic, f"{name}: not bound at start-up")
    cases.check("TEXTREL" not in dynamic, f"{name}: code is written to by relocation")
    cases.check("RPATH" not in dynamic and "RUNPATH" not in dynamic, f"{name}: libraries are looked for beside it")


def check_symbols(cases, name, path, optimized):
    """Functions that only protected code calls."""
    symbols = readelf("--dyn-syms", path)
    cases.check("__stack_chk_fail" in symbols, f"{name}: no stack protector")
    if optimized:
        cases.check(re.search(r"__\w+_chk\b", symbols.replace("__stack_chk_fail", "")), f"{name}: no FORTIFY_SOURCE")


def check_branches(cases, archive):
    """Indirect branches may only go where code expects them, returns only where calls came from."""
    objects = re.split(r"^File: ", readelf("-n", archive), flags=re.M)[1:]
    cases.check(objects, "no object in the archive")
    for part in objects:
        cases.check("IBT, SHSTK" in part, f"no CET: {part.splitlines()[0]}")


def main():
    command, library, archive, optimization = sys.argv[1:5]
    cases = Cases()
    for name, path in (("command", command), ("library", library)):
        check_segments(cases, name, path)
        check_symbols(cases, name, path, optimization not in ("0", "g"))
    cases.check("PIE" in readelf("-d", command), "the command is not position-independent")
    if "X86-64" in readelf("-h", command):
        check_branches(cases, archive)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
