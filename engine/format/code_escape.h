/* code_escape.h - escapes in string literals, told apart by dialect.
 *
 * The bytes of an escape are gathered until it is complete; then it stands for a
 * character, for nothing, or for itself. Nothing that was gathered is lost: what
 * turns out to be no escape is text as it stands. */
#ifndef PII__CODE_ESCAPE_H
#define PII__CODE_ESCAPE_H

#include "code_text.h"

enum {
    PII__ESCAPE_BRACES = 1 << 0,  /* \u{1F600} */
    PII__ESCAPE_UNICODE = 1 << 1, /* \u0041 */
    PII__ESCAPE_LONG = 1 << 2,    /* \U00000041 and \N{LATIN SMALL LETTER A} */
    PII__ESCAPE_OCTAL = 1 << 3,   /* \101 */
    PII__ESCAPE_PAIRS = 1 << 4,   /* surrogates */
    PII__ESCAPE_KEEP = 1 << 5,    /* a backslash may be text, and is before a brace */
    PII__ESCAPE_NONE = 1 << 6     /* a backslash only keeps the next byte from ending the string */
};

typedef struct pii__escape_dialect {
    unsigned flags;
    const char *letters;    /* that stand for control characters */
    const char *characters; /* these */
    const char *kept;       /* letters before which the backslash, too, is text */
} pii__escape_dialect;

enum { PII__ESCAPE_SIZE_MAX = 96 };

typedef struct pii__escape {
    uint64_t at; /* source offset of the backslash */
    uint64_t high_at;
    uint16_t high; /* half of a pair that waits for its other half, or 0 */
    uint8_t size;
    uint8_t bytes[PII__ESCAPE_SIZE_MAX]; /* with the backslash */
} pii__escape;

/* The byte at hand is a backslash, and is taken. */
void pii__escape_begin(pii__escape *escape, pii__code_input *in);

/* Takes the next bytes of the escape. True: it is complete, and on the tape; the
 * byte at hand, if there is one, is not of it. */
bool pii__escape_take(pii__escape *escape, const pii__escape_dialect *dialect, pii__code_input *in);

/* Half a pair that found no other half. To be called before any other text. */
static inline void pii__escape_flush(pii__escape *escape, pii__tape *tape)
{
    if (escape->high)
        pii__tape_code_point(tape, escape->high, escape->high_at, 6);
    escape->high = 0;
}

/* The document ends within the escape. */
void pii__escape_cut_off(pii__escape *escape, const pii__escape_dialect *dialect, pii__tape *tape);

#endif
