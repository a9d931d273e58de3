#include "known_word.h"

#include "fence.h"
#include "word_form.h"
#include "utf8.h"
#include "view.h"

static bool ascii_word(uint8_t byte)
{
    return pii__ascii_letter(byte) || (byte >= '0' && byte <= '9');
}

size_t pii__known_character(const uint8_t *text, size_t size, size_t at, uint16_t *ret_letter)
{
    pii__character character = pii__utf8_decode(text + at, size - at);
    *ret_letter = character.size > 0 ? pii__form(character.code_point) : PII__FORM_NONE;
    return character.size > 0 ? (size_t)character.size : 1;
}

bool pii__known_word_before(const uint8_t *text, size_t at)
{
    uint16_t letter;
    size_t first = at;
    if (!at || text[at - 1] < 0x80)
        return at && ascii_word(text[at - 1]);
    do
        first--;
    while (first && at - first < 4 && (text[first] & 0xC0) == 0x80);
    (void)pii__known_character(text, at, first, &letter);
    return letter != PII__FORM_NONE && letter != PII__FORM_ALONE;
}

static bool append(pii__folded *folded, const uint8_t *bytes, size_t size)
{
    if (size > PII__KNOWN_VALUE_SIZE_MAX - folded->size)
        return false;
    memcpy(folded->bytes + folded->size, bytes, size);
    folded->size += size;
    return true;
}

/* Appends one character that is not ASCII. */
static bool append_letter(pii__folded *folded, const uint8_t *bytes, size_t size, uint16_t letter, bool spell_out,
                          pii__known_word *word)
{
    if (letter < PII__FORM_TEXT)
        return append(folded, bytes, size);
    const uint8_t *record = pii__form_text + (letter - PII__FORM_TEXT);
    size_t plain = record[0] & ~(unsigned)PII__FORM_CAPITAL, spelled = record[1];
    word->spelled |= spelled > 0;
    word->capital |= !folded->size && (record[0] & PII__FORM_CAPITAL);
    return spell_out && spelled ? append(folded, record + 2 + plain, spelled) : append(folded, record + 2, plain);
}

bool pii__known_word_read(const uint8_t *text, size_t size, size_t at, size_t end, bool spell_out,
                          pii__folded *folded, pii__known_word *ret)
{
    size_t count = 0;
    *ret = (pii__known_word){.capital = text[at] >= 'A' && text[at] <= 'Z'};
    folded->size = 0;
    for (; at < size && !ret->alone; count++) {
        uint8_t byte = text[at];
        if (byte < 0x80) {
            uint8_t small = byte | 0x20; /* digits have this bit */
            if (!ascii_word(byte))
                break;
            if (at >= end || !append(folded, &small, 1))
                return false;
            at++;
            continue;
        }
        uint16_t letter;
        size_t length = pii__known_character(text, size, at, &letter);
        if (letter == PII__FORM_NONE || (letter == PII__FORM_ALONE && count))
            break;
        if (at + length > end || !append_letter(folded, text + at, length, letter, spell_out, ret))
            return false;
        ret->alone = letter == PII__FORM_ALONE;
        at += length;
    }
    memset(folded->bytes + folded->size, 0, 8);
    ret->end = at;
    ret->single = count == 1;
    return count > 0;
}

/* What may be left out or put in at will. */
static bool weak(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '-' || byte == '_' || byte == '.' ||
           byte == '(' || byte == ')';
}

/* A full stop, after which another sentence begins: not one after "St", "Mrs" or an
 * initial. */
static bool ends_sentence(const uint8_t *text, size_t size, size_t at, size_t word_size)
{
    enum { short_word = 3 };
    return text[at] == '.' && at + 1 < size && (text[at + 1] == ' ' || text[at + 1] == '\n') && word_size > short_word;
}

size_t pii__known_gap_step(const uint8_t *text, size_t size, size_t at, size_t word_size, uint32_t *sign)
{
    uint16_t letter = PII__FORM_NONE;
    uint8_t byte = text[at];
    size_t length = byte < 0x80 ? 1 : pii__known_character(text, size, at, &letter);
    if (letter != PII__FORM_NONE || ascii_word(byte))
        return 0;
    if (pii__is_fence(byte) || byte == PII__VIEW_WALL)
        return SIZE_MAX;
    for (size_t i = 0; i < length; i++)
        if (!weak(text[at + i]) || ends_sentence(text, size, at, word_size))
            *sign = *sign * 257 + text[at + i];
    return length;
}

bool pii__known_gap_read(const uint8_t *text, size_t size, size_t *at, size_t end, size_t word_size,
                         uint32_t *ret_sign)
{
    size_t begin = *at;
    *ret_sign = 0;
    while (*at < end) {
        size_t length = pii__known_gap_step(text, size, *at, *at == begin ? word_size : 0, ret_sign);
        if (!length)
            return true;
        if (length > PII__KNOWN_GAP_MAX || *at + length - begin > PII__KNOWN_GAP_MAX)
            return false;
        *at += length;
    }
    return false;
}

bool pii__known_gap_glues(const uint8_t *text, size_t begin, size_t end)
{
    return begin == end || (end - begin == 1 && (text[begin] == '-' || text[begin] == '\''));
}

uint64_t pii__known_sum(const uint8_t *bytes, size_t size)
{
    uint64_t sum = size;
    for (; size >= 8; bytes += 8, size -= 8)
        sum = pii__known_mix(sum, pii__load_word(bytes));
    uint8_t rest[8] = {0};
    memcpy(rest, bytes, size);
    return pii__known_mix(sum, pii__load_word(rest));
}
