#include "rectangles.h"

static uint16_t row(const pii__byte_set *set, unsigned high)
{
    return (uint16_t)(set->bits[high / 4] >> (high % 4 * 16));
}

size_t pii__rectangles(const pii__byte_set *set, pii__rectangle ret[16])
{
    size_t count = 0;
    for (unsigned high = 0; high < 16; high++) {
        uint16_t low = row(set, high);
        size_t i = 0;
        while (i < count && ret[i].low != low)
            i++;
        if (low && i == count)
            ret[count++] = (pii__rectangle){0, low};
        if (low)
            ret[i].high |= (uint16_t)(1u << high);
    }
    return count;
}

pii__rectangle pii__rectangle_hull(pii__rectangle a, pii__rectangle b)
{
    return (pii__rectangle){a.high | b.high, a.low | b.low};
}

pii__byte_set pii__rectangle_set(pii__rectangle rectangle)
{
    pii__byte_set set = {{0}};
    for (unsigned high = 0; high < 16; high++)
        if (rectangle.high >> high & 1)
            set.bits[high / 4] |= (uint64_t)rectangle.low << (high % 4 * 16);
    return set;
}

void pii__rectangle_enter(pii__rectangle rectangle, uint8_t bit, uint8_t low[16], uint8_t high[16])
{
    for (unsigned i = 0; i < 16; i++) {
        if (rectangle.low >> i & 1)
            low[i] |= bit;
        if (rectangle.high >> i & 1)
            high[i] |= bit;
    }
}
