#!/usr/bin/env python3
"""Turns data tables into C: embed_tables.py OUTPUT TABLE.txt ...

A table has one entry a line, `#` comments at its head, and may carry a value
after a TAB. The entries are sorted by their lower-case bytes for binary search;
keys must be lower case, so that a caseless look-up folds only what it looks up.
All entries lie in one string with an offset table: nothing to relocate at load."""
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


def table(path):
    name = path.stem
    lines, offsets, offset = [], [], 0
    for key, value in read(path):
        lines.append('    "%s\\000%s\\000"' % (literal(key), literal(value)))
        offsets.append(offset)
        offset += len(key) + len(value) + 2
    numbers = ['    ' + ', '.join(map(str, offsets[i:i + 16])) + ',' for i in range(0, len(offsets), 16)]
    return '\n'.join(['static const char %s_text[] =' % name, *lines, '    ;',
                      'static const uint32_t %s_offsets[] = {' % name, *numbers, '};',
                      'const pii__table pii__table_%s = {%s_text, %s_offsets, %d};' % (name, name, name, len(offsets)),
                      ''])


def main():
    output, paths = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    parts = ['/* Made by embed_tables.py from rules/data. */', '#include "table.h"', ''] + [table(path) for path in paths]
    output.write_text('\n'.join(parts), encoding='ascii')


if __name__ == '__main__':
    main()
