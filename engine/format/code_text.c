#include "code_text.h"

/* ---- Runs ---- */

static const uint64_t ones = UINT64_C(0x0101010101010101);

/* The top bit of a byte that is zero, and perhaps of ones above it. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - ones) & ~word;
}

static bool stops_at(const pii__code_stops *stops, uint8_t byte)
{
    const uint8_t *stop = stops->bytes;
    return byte < 0x20 || byte == stop[0] || byte == stop[1] || byte == stop[2] || byte == stop[3];
}

void pii__code_run(pii__code_input *in, const pii__code_stops *stops)
{
    const uint64_t a = ones * stops->bytes[0], b = ones * stops->bytes[1];
    const uint64_t c = ones * stops->bytes[2], d = ones * stops->bytes[3];
    const uint8_t *at = in->at;
    while (in->end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        uint64_t found = zero_bytes(word ^ a) | zero_bytes(word ^ b) | zero_bytes(word ^ c) | zero_bytes(word ^ d);
        found |= (word - ones * 0x20) & ~word;
        if (found & ones * 0x80)
            break;
        at += 8;
    }
    while (at < in->end && !stops_at(stops, *at))
        at++;
    pii__tape_bytes(in->tape, in->at, (size_t)(at - in->at));
    in->at = at;
}

/* ---- Names ---- */

bool pii__code_word_is(const pii__code_name *name, const char *list)
{
    char word[16];
    size_t size = name->word_size;
    if (size > sizeof word - 3)
        return false;
    word[0] = ' ';
    memcpy(word + 1, name->word, size);
    word[size + 1] = ' ';
    word[size + 2] = '\0';
    return strstr(list, word) != NULL;
}

static bool lower(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* homePhone_number speaks as "home Phone number" does. */
void pii__code_name_speak(pii__code_name *name, pii__tape *tape, uint64_t source)
{
    uint8_t words[2 * PII__CODE_NAME_MAX];
    size_t size = 0;
    for (size_t i = 0; name->due && i < name->name_size; i++) {
        uint8_t byte = name->name[i];
        if (i && byte >= 'A' && byte <= 'Z' && lower(name->name[i - 1]))
            words[size++] = ' ';
        words[size++] = byte == '_' || byte == '$' ? ' ' : byte;
    }
    if (size)
        pii__tape_speak_for(tape, words, size, true, source);
    pii__code_name_forget(name);
}

/* ---- Replacements ---- */

pii_status pii__code_escape_text(const char *text, const char *special, char before, pii__buffer *ret)
{
    pii_status status = PII_OK;
    for (; *text && status == PII_OK; text++) {
        bool found = strchr(special, *text) != NULL;
        if (*text == '\n' || *text == '\r' || (found && !before))
            continue;
        if (found)
            status = pii__buffer_append(ret, &before, 1);
        if (status == PII_OK)
            status = pii__buffer_append(ret, text, 1);
    }
    return status;
}
