/* source_input.h - the bytes that a front-end has at hand, and how far it is with them. */
#ifndef PII__SOURCE_INPUT_H
#define PII__SOURCE_INPUT_H

#include "tape.h"

typedef struct pii__input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *at;
    const uint8_t *end;
} pii__input;

/* The source offset of the byte at hand. */
static inline uint64_t pii__input_offset(const pii__input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

#endif
