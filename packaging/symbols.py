#!/usr/bin/env python3
"""The list of symbols that Debian's packages promise: debian/libpiiglet0.symbols.

Usage: symbols.py LIBRARY           tells whether the list is that of the library
       symbols.py LIBRARY --write   adds what is missing, as of the version that debian/changelog begins with

A function that has been in a release stays in the list: to take it away is to break programs."""
import re
import subprocess
import sys
from pathlib import Path

DEBIAN = Path(__file__).resolve().parent.parent / "debian"
LIST = DEBIAN / "libpiiglet0.symbols"
HEAD = "libpiiglet.so.0 libpiiglet0 #MINVER#\n"


def exported(library):
    said = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1] for line in said.splitlines()}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    known = dict(re.findall(r"^ (\w+)@Base (\S+)$", LIST.read_text(), re.M)) if LIST.exists() else {}
    names = exported(sys.argv[1])
    if sys.argv[2:] == ["--write"]:
        version = re.match(r"piiglet \(([^)]+)\)", (DEBIAN / "changelog").read_text()).group(1)
        known.update({name: version for name in names if name not in known})
        LIST.write_text(HEAD + "".join(f" {name}@Base {known[name]}\n" for name in sorted(known)))
        return 0
    for name in sorted(names ^ known.keys()):
        print(f"{name}: {'not in' if name in names else 'only in'} {LIST.name}")
    return int(names != known.keys())


if __name__ == "__main__":
    sys.exit(main())
