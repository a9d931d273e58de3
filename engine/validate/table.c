#include "table.h"

#include "ascii.h"

/* FNV-1a (Fowler, Noll, Vo) of the folded bytes, as embed_tables.py has it. */
uint32_t pii__table_hash(const uint8_t *text, size_t size)
{
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ pii__lower(text[i])) * 0x01000193u;
    return hash;
}

static bool is_key(const char *key, const uint8_t *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!key[i] || (uint8_t)key[i] != pii__lower(text[i]))
            return false;
    return !key[size];
}

const char *pii__table_hashed(const pii__table *table, uint32_t hash, const uint8_t *text, size_t size)
{
    for (uint32_t slot = hash & table->mask; table->slots[slot]; slot = (slot + 1) & table->mask) {
        const char *key = table->text + table->slots[slot] - 1;
        if (is_key(key, text, size))
            return key + size + 1;
    }
    return NULL;
}

const char *pii__table_value(const pii__table *table, const uint8_t *text, size_t size)
{
    return pii__table_hashed(table, pii__table_hash(text, size), text, size);
}

bool pii__table_has(const pii__table *table, const uint8_t *text, size_t size)
{
    return pii__table_value(table, text, size) != NULL;
}
