/* initial.c - PII_ACTION_INITIAL. */
#include "ascii.h"
#include "fold.h"
#include "transforms.h"
#include "utf8.h"

enum { marks_max = 4 /* that stay on the letter; more is no name */ };

/* Chinese, Japanese, Korean and Yi: a sign is a syllable or a word there, and the
 * first of a name most often the whole family name. */
static bool is_ideograph(uint32_t code_point)
{
    return (code_point >= 0x2E80 && code_point <= 0xA4CF) || (code_point >= 0xAC00 && code_point <= 0xD7FF) ||
           (code_point >= 0xF900 && code_point <= 0xFAFF) || (code_point >= 0x20000 && code_point <= 0x3FFFF);
}

/* Latin-1 signs, punctuation and symbols, pictures. */
static bool is_sign(uint32_t code_point)
{
    return code_point < 0xC0 || (code_point >= 0x2000 && code_point <= 0x2BFF) ||
           (code_point >= 0x1F000 && code_point <= 0x1FAFF);
}

static bool is_letter(uint32_t code_point)
{
    uint16_t entry = pii__fold(code_point);
    if (entry == PII__FOLD_DROP || entry == PII__FOLD_COMBINE)
        return false;
    if (entry == PII__FOLD_KEEP && code_point >= 0x80)
        return !is_sign(code_point) && !is_ideograph(code_point);
    uint32_t folded = entry >= PII__FOLD_TEXT ? pii__fold_text[entry - PII__FOLD_TEXT + 1] : entry ? entry : code_point;
    return pii__is_letter((uint8_t)folded);
}

/* The first letter, with the marks on it, and a full stop. */
bool pii__transform_initial(const pii__transform_input *input, pii__replacement *out)
{
    unsigned marks = 0;
    for (size_t at = 0; at < input->size;) {
        pii__character character = pii__utf8_decode(input->value + at, input->size - at);
        size_t size = character.size > 0 ? (size_t)character.size : 1;
        bool valid = character.size > 0;
        if (out->size) {
            if (!valid || pii__fold(character.code_point) != PII__FOLD_COMBINE || marks == marks_max)
                break;
            pii__put_bytes(out, input->value + at, size);
            marks++;
        } else if (valid && is_letter(character.code_point)) {
            pii__put_bytes(out, input->value + at, size);
        } else if (valid && is_ideograph(character.code_point)) {
            return false;
        }
        at += size;
    }
    if (!out->size)
        return false;
    pii__put_byte(out, '.');
    return true;
}
