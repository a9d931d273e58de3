#!/usr/bin/env python3
"""What the library shows and what it leans on: exported names are pii_ and documented, it has no
writable data, and it takes nothing from libc that prints, ends the process, opens a file, or reads
the environment, the clock or the locale.

Arguments: libpiiglet.so, the archive of its objects."""
import re
import subprocess
import sys

from cases import Cases
from sources import ENGINE

ALLOWED = re.compile(r"""
    mem(cpy|move|set|cmp|chr|rchr|mem) | bcmp | explicit_bzero
  | str(len|nlen|cmp|ncmp|chr|rchr|str|spn|cspn|pbrk)
  | malloc | calloc | realloc | free | qsort | bsearch | vsnprintf | snprintf
  | pcre2_\w+_8 | yaml_\w+ | u8_\w+ | uc_\w+ | uninorm_\w+ | crypto_\w+
  | __stack_chk_fail | __(memcpy|memmove|memset|snprintf|vsnprintf|explicit_bzero)_chk
  | __cpu_(model|indicator_init) | __cxa_finalize | __gmon_start__ | _ITM_\w+
""", re.X)
IN_HEADER = re.compile(r"\b(pii_[a-z0-9_]+)\s*\(")


def names(*arguments):
    """The last column of nm, versions cut off."""
    done = subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True)
    return sorted({line.split()[-1].split("@")[0] for line in done.stdout.splitlines() if line.strip()})


def writable_data(archive):
    """Objects in sections that a process can write to once it is loaded."""
    done = subprocess.run(["nm", "-f", "sysv", archive], check=True, capture_output=True, text=True)
    found = []
    for line in done.stdout.splitlines():
        columns = [column.strip() for column in line.split("|")]
        if len(columns) == 7 and columns[3] in ("OBJECT", "TLS") and re.match(r"\.(data(?!\.rel\.ro)|t?bss)", columns[6]):
            found.append(columns[0])
    return found


def main():
    library, archive = sys.argv[1:3]
    cases = Cases()
    declared = set()
    for header in (ENGINE / "include").glob("*.h"):
        declared |= set(IN_HEADER.findall(header.read_text()))

    exported = names("-D", "--defined-only", library)
    for name in exported:
        cases.check(name.startswith("pii_") and not name.startswith("pii__"), f"exported: {name}")
        cases.check(name in declared, f"exported, but in no public header: {name}")
    for name in sorted(declared):
        cases.check(name in exported, f"declared, but not exported: {name}")

    needed = names("-D", "--undefined-only", library)
    for name in needed:
        cases.check(ALLOWED.fullmatch(name), f"the library must not use {name}")
    for name in ("fopen", "getenv", "printf", "abort", "time", "setlocale", "strtod", "__ctype_b_loc"):
        cases.check(not ALLOWED.fullmatch(name), f"sample: {name} would be allowed")

    found = writable_data(archive)
    cases.check(not found, f"writable data: {' '.join(found)}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
