/* mask.c - PII_ACTION_MASK. */
#include "ascii.h"
#include "fold.h"
#include "transforms.h"
#include "utf8.h"

/* What one character of the value is to a mask. */
typedef enum character_kind {
    SIGN,   /* stays: blanks, dots, dashes, brackets */
    HIDDEN, /* counts, and becomes a star: letters, digits, what is unknown, and stars, so that a mask stays one */
    MARK    /* belongs to the character before it, or is invisible */
} character_kind;

static character_kind kind_of(uint32_t code_point)
{
    uint16_t entry = pii__fold(code_point);
    if (entry == PII__FOLD_DROP || entry == PII__FOLD_COMBINE)
        return MARK;
    uint32_t folded = entry == PII__FOLD_KEEP ? code_point : entry;
    return folded >= 0x80 || folded == '*' || pii__is_alnum((uint8_t)folded) ? HIDDEN : SIGN;
}

/* The character at value[at], and its size; a byte that is no UTF-8 is hidden. */
static character_kind read_character(const pii__transform_input *input, size_t at, size_t *ret_size)
{
    pii__character character = pii__utf8_decode(input->value + at, input->size - at);
    *ret_size = character.size > 0 ? (size_t)character.size : 1;
    return character.size > 0 ? kind_of(character.code_point) : HIDDEN;
}

static size_t count_hidden(const pii__transform_input *input)
{
    size_t count = 0, size;
    for (size_t at = 0; at < input->size; at += size)
        count += read_character(input, at, &size) == HIDDEN;
    return count;
}

static unsigned at_most(unsigned number, unsigned limit)
{
    return number < limit ? number : limit;
}

/* More than half of what could be hidden always is: of a value too short for
 * that, nothing is shown. Marks go with the character that they sit on. */
bool pii__transform_mask(const pii__transform_input *input, pii__replacement *out)
{
    size_t count = count_hidden(input);
    size_t first = at_most(input->action->keep_first, PII__MASK_KEEP_MAX);
    size_t last = at_most(input->action->keep_last, PII__MASK_KEEP_MAX);
    if (2 * (first + last) >= count)
        first = last = 0;
    bool shown = true;
    size_t seen = 0, size;
    for (size_t at = 0; at < input->size; at += size) {
        character_kind kind = read_character(input, at, &size);
        if (kind == HIDDEN) {
            shown = seen < first || seen >= count - last;
            seen++;
        } else if (kind == SIGN) {
            shown = true;
        }
        if (shown)
            pii__put_bytes(out, input->value + at, size);
        else if (kind == HIDDEN)
            pii__put_byte(out, '*');
    }
    return count > 0;
}
