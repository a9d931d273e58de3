#!/usr/bin/env python3
"""Turns rules/ into C: embed_rules.py RULES_DIR OUTPUT DEPFILE.

Embeds every rule file (RULES_DIR/*.yaml) and data table (RULES_DIR/data/*.txt)
and policy (RULES_DIR/policies/*.yaml) in order of name; tables that are larger than a pattern may be are for validators
only, and left out. The folders themselves are dependencies, too, so that a new
file is noticed."""
import pathlib
import sys

PATTERN_SIZE_MAX = 65536  # as in engine/base/limits.h


def literal(data):
    """A C string; octal escapes have three digits, so that what follows cannot join them."""
    return ''.join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else '\\%03o' % byte for byte in data)


def array(variable, files):
    lines = ['const pii__embedded_file %s[] = {' % variable]
    for name, data in files:
        lines.append('    {"%s",' % name)
        lines += ['     "%s"' % literal(line) for line in data.splitlines(keepends=True)] or ['     ""']
        lines.append('     , %d},' % len(data))
    return lines + ['    {NULL, NULL, 0},', '};', '']


def main():
    folder, output, depfile = (pathlib.Path(name) for name in sys.argv[1:4])
    rules = sorted(folder.glob('*.yaml'))
    tables = sorted(path for path in (folder / 'data').glob('*.txt') if path.stat().st_size <= PATTERN_SIZE_MAX)
    policies = sorted((folder / 'policies').glob('*.yaml'))
    parts = ['/* Made by embed_rules.py from rules/. */', '#include "embedded.h"', '']
    parts += array('pii__embedded_rules', [('rules/' + path.name, path.read_bytes()) for path in rules])
    parts += array('pii__embedded_tables', [(path.stem, path.read_bytes()) for path in tables])
    parts += array('pii__embedded_policies', [(path.stem, path.read_bytes()) for path in policies])
    output.write_text('\n'.join(parts), encoding='ascii')
    inputs = [folder, folder / 'data', folder / 'policies', *rules, *tables, *policies]
    depfile.write_text('%s: %s\n' % (output, ' '.join(str(path).replace(' ', '\\ ') for path in inputs)))


if __name__ == '__main__':
    main()
