#include "value_text.h"

#include <string.h>

#include "ascii.h"
#include "fold.h"
#include "letter.h"
#include "memory.h"
#include "utf8.h"

/* Writes the folded form of one character of `size` bytes at `source`. */
static size_t fold_character(const uint8_t *source, size_t size, uint32_t code_point, uint8_t *ret)
{
    uint16_t entry = pii__fold(code_point);
    if (entry == PII__FOLD_DROP || entry == PII__FOLD_COMBINE)
        return 0;
    if (entry >= PII__FOLD_TEXT) {
        const uint8_t *text = &pii__fold_text[entry - PII__FOLD_TEXT];
        memcpy(ret, text + 1, text[0]);
        return text[0];
    }
    if (entry == PII__FOLD_KEEP)
        memcpy(ret, source, size);
    else
        ret[0] = (uint8_t)entry;
    return entry == PII__FOLD_KEEP ? size : 1;
}

bool pii__value_fold(const uint8_t *value, size_t size, pii__value_text *ret)
{
    ret->size = 0;
    if (size > PII__VALUE_SIZE_MAX)
        return false;
    for (size_t at = 0; at < size;) {
        if (value[at] >= ' ' && value[at] < 0x7F) {
            ret->bytes[ret->size++] = value[at++];
            continue;
        }
        pii__character character = pii__utf8_decode(value + at, size - at);
        if (character.size <= 0) {
            at++;
            continue;
        }
        size_t width = (size_t)character.size;
        ret->size += fold_character(value + at, width, character.code_point, ret->bytes + ret->size);
        at += width;
    }
    return true;
}

static size_t put_utf8(uint32_t code_point, uint8_t *ret)
{
    if (code_point < 0x80) {
        ret[0] = (uint8_t)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        ret[0] = (uint8_t)(0xC0 | code_point >> 6);
        ret[1] = (uint8_t)(0x80 | (code_point & 0x3F));
        return 2;
    }
    ret[0] = (uint8_t)(0xE0 | code_point >> 12);
    ret[1] = (uint8_t)(0x80 | (code_point >> 6 & 0x3F));
    ret[2] = (uint8_t)(0x80 | (code_point & 0x3F));
    return 3;
}

/* In place: no base is longer than its letter. */
void pii__value_lower(pii__value_text *text)
{
    size_t to = 0;
    for (size_t at = 0; at < text->size;) {
        if (text->bytes[at] < 0x80) {
            text->bytes[to++] = pii__lower(text->bytes[at++]);
            continue;
        }
        pii__character character = pii__utf8_decode(text->bytes + at, text->size - at);
        size_t width = character.size > 0 ? (size_t)character.size : 1;
        if (character.size > 0 && character.code_point < PII__LETTER_COUNT)
            to += put_utf8(pii__letter_base(character.code_point), text->bytes + to);
        else {
            memmove(text->bytes + to, text->bytes + at, width);
            to += width;
        }
        at += width;
    }
    text->size = to;
}

void pii__value_lower_ascii(pii__value_text *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        text->bytes[i] = pii__lower(text->bytes[i]);
}

void pii__value_compact(pii__value_text *text)
{
    size_t to = 0;
    for (size_t at = 0; at < text->size; at++)
        if (pii__is_alnum(text->bytes[at]))
            text->bytes[to++] = text->bytes[at];
    text->size = to;
}

void pii__value_words(pii__value_text *text)
{
    size_t to = 0;
    bool gap = false;
    for (size_t at = 0; at < text->size; at++) {
        uint8_t byte = text->bytes[at];
        if (pii__is_alnum(byte)) {
            if (gap && to)
                text->bytes[to++] = ' ';
            text->bytes[to++] = byte;
            gap = false;
        } else if (byte != '\'') {
            gap = true;
        }
    }
    text->size = to;
}

void pii__value_wipe(pii__value_text *text)
{
    pii__wipe(text, sizeof *text);
}
