/* base64.c - text in Base64 (RFC 4648), also in the form for URLs, with line ends.
 *
 * Four characters stand for three bytes, and are replaced together: of the bytes on
 * either side of a finding up to two go with it. */
#include "front_end.h"

enum { BASE64, RAW }; /* kinds of fields */

typedef struct base64 {
    uint32_t bits;
    uint8_t count; /* characters of the group at hand */
    bool padded;   /* = has come: nothing may follow but more of it */
    bool raw;      /* lenient: what is no Base64 is text */
    uint64_t group_at;
} base64;

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int value_of(uint8_t byte)
{
    if (byte == '-' || byte == '_')
        return byte == '-' ? 62 : 63;
    const char *found = byte ? strchr(alphabet, byte) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

static bool blank(uint8_t byte)
{
    return byte == '\n' || byte == '\r' || byte == ' ' || byte == '\t';
}

/* The group at hand ends before a source offset. */
static void end_group(base64 *b, pii__tape *tape, uint64_t end)
{
    uint8_t bytes[3];
    uint8_t size = b->count > 1 ? (uint8_t)(b->count - 1) : 0;
    uint32_t bits = b->bits << (6 * (4 - b->count));
    for (uint8_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(bits >> (16 - 8 * i));
    if (b->count)
        pii__tape_decoded(tape, bytes, size, b->group_at, (size_t)(end - b->group_at));
    b->bits = b->count = 0;
}

static void take(base64 *b, pii__tape *tape, uint8_t byte, uint64_t at)
{
    int value = value_of(byte);
    if (byte == '=' && !b->padded && b->count > 1) {
        b->padded = true;
        return;
    }
    if (byte == '=' && b->padded)
        return;
    if (value < 0 || b->padded) {
        b->raw = pii__tape_fault(tape, at, "not Base64");
        end_group(b, tape, at);
        if (b->raw && b->padded) { /* the text is complete: what follows is another */
            pii__tape_end(tape, at);
            pii__tape_begin(tape, RAW, at);
        }
        return;
    }
    if (b->count == 0)
        b->group_at = at;
    b->bits = b->bits << 6 | (uint32_t)value;
    if (++b->count == 4)
        end_group(b, tape, at + 1);
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    base64 *b = state;
    if (!tape->open && size)
        pii__tape_begin(tape, BASE64, tape->offset);
    for (size_t i = 0; i < size && tape->status == PII_OK; i++) {
        if (!b->raw && blank(bytes[i])) {
            if (b->count == 0)
                pii__tape_decoded(tape, bytes, 0, tape->offset + i, 1);
            continue;
        }
        if (!b->raw)
            take(b, tape, bytes[i], tape->offset + i);
        if (b->raw) {
            pii__tape_raw(tape, bytes + i, size - i);
            return;
        }
    }
}

static void finish(void *state, pii__tape *tape)
{
    end_group(state, tape, tape->offset);
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(base64 *)state = (base64){0};
}

/* Blanks fill the last group. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    if (kind == RAW)
        return pii__buffer_append_text(ret, text);
    pii_status status = PII_OK;
    for (size_t i = 0, size = strlen(text); i < size && status == PII_OK; i += 3) {
        uint32_t bits = 0;
        for (size_t j = i; j < i + 3; j++)
            bits = bits << 8 | (uint8_t)(j < size ? text[j] : ' ');
        char group[4];
        for (int j = 0; j < 4; j++)
            group[j] = alphabet[bits >> (18 - 6 * j) & 63];
        status = pii__buffer_append(ret, group, sizeof group);
    }
    return status;
}

_Static_assert(sizeof(base64) <= PII__FRONT_END_STATE_MAX, "the state of Base64");

const pii__front_end pii__base64 = {
    .state_size = sizeof(base64), .start = start, .feed = feed, .finish = finish, .escape = escape};
