#!/usr/bin/env python3
"""Turns the table of named character references into C: embed_entities.py OUTPUT TABLE.txt"""
import pathlib
import sys


def main():
    output, path = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    lines = [line for line in path.read_text(encoding='ascii').splitlines() if not line.startswith('#')]
    entries, text, at = [], [], 0
    for name, kind, points in sorted(line.split('\t') for line in lines):
        first, second = (points.split(' ') + ['0'])[:2]
        entries.append('    {%d, %d, 0x%s, 0x%s},' % (at, kind == 'bare', second, first))
        text.append('    "%s\\000"' % name)
        at += len(name) + 1
    parts = ['/* Made by embed_entities.py from rules/data. */', '#include "entity_names.h"', '',
             'const char pii__entity_name_text[] =', *text, '    ;', '',
             'const pii__entity_name pii__entity_names[PII__ENTITY_NAME_COUNT] = {', *entries, '};',
             '_Static_assert(PII__ENTITY_NAME_COUNT == %d, "entries of the table");' % len(entries), '']
    output.write_text('\n'.join(parts), encoding='ascii')


if __name__ == '__main__':
    main()
