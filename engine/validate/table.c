#include "table.h"

#include "ascii.h"

/* Below, equal to or above 0, as `key` sorts against the folded `text`. */
static int compare(const char *key, const uint8_t *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int order = (int)(uint8_t)key[i] - (int)pii__lower(text[i]);
        if (order || !key[i])
            return order ? order : -1;
    }
    return key[size] ? 1 : 0;
}

const char *pii__table_value(const pii__table *table, const uint8_t *text, size_t size)
{
    size_t low = 0;
    size_t high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *key = table->text + table->offsets[middle];
        int order = compare(key, text, size);
        if (order == 0)
            return key + size + 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool pii__table_has(const pii__table *table, const uint8_t *text, size_t size)
{
    return pii__table_value(table, text, size) != NULL;
}
