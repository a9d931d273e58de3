/* worst_inputs.h - texts made to be slow: one short unit, over and over. */
#ifndef WORST_INPUTS_H
#define WORST_INPUTS_H

#include <stddef.h>

typedef struct worst_input {
    const char *name;
    const char *unit;
    size_t size; /* bytes of the unit */
} worst_input;

#define WORST_UNIT(text) text, sizeof text - 1

static const worst_input worst_inputs[] = {
    {"digits and blanks", WORST_UNIT("1 ")},
    {"digits", WORST_UNIT("1")},
    {"digit triples", WORST_UNIT("123 ")},
    {"digit triples, hyphens", WORST_UNIT("555-")},
    {"nearly telephone numbers", WORST_UNIT("(415) 555-013 ")},
    {"nearly card numbers", WORST_UNIT("4111 1111 1111 ")},
    {"letters and at", WORST_UNIT("a@")},
    {"at signs", WORST_UNIT("@")},
    {"labels", WORST_UNIT("a.a.a.")},
    {"local parts", WORST_UNIT("a.b-c_d+e%f")},
    {"nearly addresses by mail", WORST_UNIT("aaaa@bbbb.c ")},
    {"opening parentheses", WORST_UNIT("(")},
    {"numbers and words", WORST_UNIT("12 a b c d ")},
    {"lists of numbers", WORST_UNIT("64, 65, ")},
    {"nearly street addresses", WORST_UNIT("742 Evergreen Long Winding Terr ")},
    {"streets without numbers", WORST_UNIT("Oak Street, Elm Avenue, ")},
    {"dots and digits", WORST_UNIT("1.2.3.")},
    {"colons and hexadecimal", WORST_UNIT("ab:")},
    {"nearly addresses of machines", WORST_UNIT("00:1b:44:11:3a:")},
    {"web schemes", WORST_UNIT("http://")},
    {"capitals and digits", WORST_UNIT("AB12 ")},
    {"dates", WORST_UNIT("1/1/19 ")},
    {"spelled addresses", WORST_UNIT("kid at mail dot ")},
    {"zero-width spaces", WORST_UNIT("1\xE2\x80\x8B")},
    {"combining marks", WORST_UNIT("a\xCC\x81\xCC\x81")},
    {"long folds (U+FDFA)", WORST_UNIT("\xEF\xB7\xBA")},
    {"full-width digits", WORST_UNIT("\xEF\xBC\x91\xEF\xBC\x92 ")},
    {"invalid bytes", WORST_UNIT("1\xFF")},
    {"NUL bytes", WORST_UNIT("5\0")},
};
#define WORST_INPUTS (sizeof worst_inputs / sizeof worst_inputs[0])

#endif
