/* make_letter_table.c - writes letter_table.c, the data behind letter.h.
 *
 *   make_letter_table > letter_table.c
 *
 * Source: the Unicode Character Database as libunistring carries it (see
 * make_fold_table.c): canonical decomposition, then lower case. Runs at build
 * time. */
#include <stdio.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "letter.h"

/* Letters whose stroke is a mark to those who leave it out, but not to Unicode;
 * the choice is ours. Small letters. */
static const struct {
    uint32_t code_point;
    char base;
} stroked[] = {
    {0x00F0, 'd'}, {0x00F8, 'o'}, {0x0111, 'd'}, {0x0127, 'h'}, {0x0131, 'i'}, {0x0142, 'l'}, {0x0167, 't'},
};

static int utf8_size(uint32_t code_point)
{
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : 3;
}

static uint32_t base_of(uint32_t code_point)
{
    uint32_t form[32];
    size_t length = sizeof form / sizeof form[0];
    if (!u32_normalize(UNINORM_NFD, &code_point, 1, form, &length))
        return code_point;
    uint32_t base = uc_tolower(form[0]);
    for (size_t i = 0; i < sizeof stroked / sizeof stroked[0]; i++)
        if (stroked[i].code_point == base)
            base = (unsigned char)stroked[i].base;
    return base <= 0xFFFF && utf8_size(base) <= utf8_size(code_point) ? base : code_point;
}

int main(void)
{
    printf("/* Made by make_letter_table. */\n#include \"letter.h\"\n\n"
           "const uint16_t pii__letter_table[PII__LETTER_COUNT] = {");
    for (uint32_t c = 0; c < PII__LETTER_COUNT; c++)
        printf("%s%u,", c % 16 ? " " : "\n    ", base_of(c));
    printf("\n};\n");
    return fflush(stdout) || ferror(stdout);
}
