#include "byte_share.h"

/* Our own rough counts; a wrong number costs time, never a finding. */
static const uint16_t printable[95] = {
    1500, 15, 60, 3, 3, 2, 3, 35, 25, 25, 5, 6, 90, 40, 100, 20,                /* blank ! " # ... / */
    20, 20, 16, 12, 12, 12, 10, 10, 10, 10, 35, 15, 15, 25, 15, 20,             /* 0 ... 9 : ; < = > ? */
    2, 30, 16, 22, 18, 18, 14, 13, 22, 45, 9, 8, 16, 24, 20, 18,                /* @ A ... O */
    20, 2, 18, 32, 36, 8, 6, 22, 2, 14, 2, 8, 3, 8, 1, 15,                      /* P ... Z [ \ ] ^ _ */
    2, 550, 100, 200, 250, 800, 130, 130, 330, 450, 15, 60, 280, 170, 460, 500, /* ` a ... o */
    150, 8, 400, 430, 600, 200, 70, 130, 20, 130, 8, 8, 2, 8, 1,                /* p ... z { | } ~ */
};

static uint32_t share(uint8_t byte)
{
    if (byte >= ' ' && byte <= '~')
        return printable[byte - ' '];
    if (byte == '\n')
        return 180;
    if (byte == '\t')
        return 20;
    return byte >= 0x80 ? 3 : 1;
}

uint32_t pii__byte_share(const pii__byte_set *set)
{
    uint32_t sum = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        if (pii__byte_set_has(set, (uint8_t)byte))
            sum += share((uint8_t)byte);
    return sum < PII__SHARE_ALL ? sum : PII__SHARE_ALL;
}
