#!/usr/bin/env python3
"""Makes one table of all words of addresses: embed_address_words.py OUTPUT TABLE.txt ...

What a word may be in an address, several tables say; this joins them, so that a word of a text is looked up
once. A slot of the hash table (address_words.h) holds the offset of the word and the flags of
address_tokens.h."""
import pathlib
import sys

import embed_tables

SIMPLE = {'unit_words': 'UNIT', 'us_states': 'STATE', 'address_stop_words': 'STOP', 'name_particles': 'PARTICLE'}
PHRASES = {'us_states': 'STATE_BEGINS', 'country_names': 'COUNTRY_BEGINS', 'address_cues': 'CUE_BEGINS'}


def first_words(table):
    return {key.split(b' ')[0] for key in table}


def suffix_kinds(tables, word):
    if word not in tables['street_suffixes'] and word not in tables['street_suffixes_more']:
        return set()
    everyday = tables['street_suffixes_everyday'].get(word)
    kinds = {'SUFFIX'} if everyday != b'never' else set()
    if everyday is not None:
        kinds |= {'EVERYDAY', 'USUAL'} if everyday == b'usual' else {'EVERYDAY'}
    return kinds


def lead_kinds(tables, word):
    lead = tables['street_leads'].get(word)
    if lead is None or lead == b'dot':
        return set()
    return {'PREFIX'} if lead else {'PREFIX', 'LEAD'}


def kinds_of(tables, word):
    kinds = suffix_kinds(tables, word) | lead_kinds(tables, word)
    kinds |= {kind for table, kind in SIMPLE.items() if word in tables[table]}
    kinds |= {kind for table, kind in PHRASES.items() if word in first_words(tables[table])}
    if tables['address_anti_words'].get(word) == b'after':
        kinds.add('COUNTED')
    return kinds | set(tables['address_kinds'].get(word, b'').decode().upper().split())


def main():
    output, paths = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    tables = {path.stem: dict(embed_tables.read(path)) for path in paths}
    words = sorted(set().union(*(first_words(table) for table in tables.values())))
    kinds = {word: kinds_of(tables, word) for word in words}
    words = [word for word in words if kinds[word]]
    mask = (1 << (2 * len(words)).bit_length()) - 1
    slots, offset = ['{0, 0}'] * (mask + 1), 0
    for word in words:
        slot = embed_tables.hash_of(word) & mask
        while slots[slot] != '{0, 0}':
            slot = (slot + 1) & mask
        slots[slot] = '{%d, %s}' % (offset + 1, ' | '.join('PII__TOKEN_' + kind for kind in sorted(kinds[word])))
        offset += len(word) + 1
    parts = ['/* Made by embed_address_words.py from rules/data. */', '#include "address_tokens.h"',
             '#include "address_words.h"', 'const char pii__address_words_text[] =',
             *('    "%s\\000"' % embed_tables.literal(word) for word in words), '    ;',
             'const uint32_t pii__address_words_mask = %d;' % mask,
             'const pii__address_word pii__address_words[] = {', *('    %s,' % slot for slot in slots), '};', '']
    output.write_text('\n'.join(parts), encoding='ascii')


if __name__ == '__main__':
    main()
