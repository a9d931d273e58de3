#include "table.h"

static bool is_key(const char *key, const uint8_t *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!key[i] || (uint8_t)key[i] != pii__lower(text[i]))
            return false;
    return !key[size];
}

const char *pii__table_value(const pii__table *table, const uint8_t *text, size_t size)
{
    uint32_t hash = PII__TABLE_HASH_EMPTY;
    for (size_t i = 0; i < size; i++)
        hash = pii__table_hash_byte(hash, text[i]);
    for (uint32_t slot = hash & table->mask; table->slots[slot]; slot = (slot + 1) & table->mask) {
        const char *key = table->text + table->slots[slot] - 1;
        if (is_key(key, text, size))
            return key + size + 1;
    }
    return NULL;
}

bool pii__table_has(const pii__table *table, const uint8_t *text, size_t size)
{
    return pii__table_value(table, text, size) != NULL;
}
