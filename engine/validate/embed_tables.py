#!/usr/bin/env python3
"""Turns data tables into C: embed_tables.py OUTPUT TABLE.txt ...

A table has one entry a line, `#` comments at its head, and may carry a value
after a TAB. Keys must be lower case, so that a caseless look-up folds only what
it looks up. All entries lie in one string, found through a hash table of offsets
(table.h): nothing to relocate at load."""
import pathlib
import sys


def read(path):
    entries = {}
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if not line or line.startswith('#'):
            continue
        key, _, value = line.partition('\t')
        if key in entries or key != key.lower():
            sys.exit('%s:%d: entry is there already, or not in lower case' % (path.name, number))
        entries[key] = value
    return sorted((key.encode(), value.encode()) for key, value in entries.items())


def literal(data):
    """A C string of ASCII; octal escapes have three digits, so that what follows cannot join them."""
    return ''.join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else '\\%03o' % byte for byte in data)


def hash_of(key):
    """FNV-1a, as in table.c."""
    value = 0x811C9DC5
    for byte in key:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def table(path):
    name, entries = path.stem, read(path)
    mask = (1 << (2 * len(entries)).bit_length()) - 1
    lines, slots, offset = [], [0] * (mask + 1), 0
    for key, value in entries:
        lines.append('    "%s\\000%s\\000"' % (literal(key), literal(value)))
        slot = hash_of(key) & mask
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = offset + 1
        offset += len(key) + len(value) + 2
    numbers = ['    ' + ', '.join(map(str, slots[i:i + 16])) + ',' for i in range(0, len(slots), 16)]
    return '\n'.join(['static const char %s_text[] =' % name, *lines, '    ;',
                      'static const uint32_t %s_slots[] = {' % name, *numbers, '};',
                      'const pii__table pii__table_%s = {%s_text, %s_slots, %d};' % (name, name, name, mask), ''])


def main():
    output, paths = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    parts = ['/* Made by embed_tables.py from rules/data. */', '#include "table.h"', ''] + [table(path) for path in paths]
    output.write_text('\n'.join(parts), encoding='ascii')


if __name__ == '__main__':
    main()
