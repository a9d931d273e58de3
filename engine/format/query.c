/* query.c - addresses of pages as they stand in logs, and cookies: percent escapes,
 * and names with values.
 *
 *     /find?mail=kid%40example.org&page=2     text /find, then mail = kid@example.org, page = 2
 *     mail=kid%40example.org; page=2          the same pairs, as cookies
 *
 * Anything is well formed: what is no escape stands for itself. */
#include "front_end.h"
#include "source_input.h"

typedef enum query_state { TEXT, NAME, VALUE } query_state;

typedef struct query {
    query_state state;
    query_state first; /* TEXT, or NAME with cookies */
    bool open;       /* a field is */
    uint8_t escape;  /* bytes of an escape that have been read */
    uint8_t high;    /* its first digit, as written */
    uint64_t escape_at;
} query;

static void open_field(query *q, pii__input *in, uint64_t at)
{
    if (q->open)
        return;
    if (q->state == NAME)
        pii__tape_begin_name(in->tape, 0, at);
    else
        pii__tape_begin(in->tape, 0, at);
    q->open = true;
}

static void close_field(query *q, pii__input *in)
{
    if (q->open)
        pii__tape_end(in->tape, pii__input_offset(in));
    else if (q->state == VALUE)
        pii__tape_pass(in->tape);
    q->open = false;
}

/* ---- Escapes ---- */

static int digit_of(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* What has been read of an escape is none. */
static void flush_escape(query *q, pii__input *in)
{
    const uint8_t bytes[] = {'%', q->high};
    if (q->escape)
        pii__tape_bytes(in->tape, bytes, q->escape);
    q->escape = 0;
}

static void take_escape(query *q, pii__input *in)
{
    int digit = digit_of(*in->at);
    if (digit < 0) {
        flush_escape(q, in);
        return;
    }
    if (q->escape == 1) {
        q->high = *in->at++;
        q->escape = 2;
        return;
    }
    uint8_t byte = (uint8_t)(digit_of(q->high) << 4 | digit);
    pii__tape_decoded(in->tape, &byte, 1, q->escape_at, 3);
    in->at++;
    q->escape = 0;
}

/* ---- Fields ---- */

/* Whether a byte ends the field, and what comes after it. */
static bool ends(const query *q, uint8_t byte, query_state *ret_next)
{
    switch (byte) {
    case '?': *ret_next = NAME; return q->state == TEXT;
    case '&':
    case ';': *ret_next = NAME; return q->state != TEXT;
    case '=': *ret_next = VALUE; return q->state == NAME;
    case ' ':
    case '#': *ret_next = q->first; return q->state != TEXT;
    default: return false;
    }
}

static void take(query *q, pii__input *in)
{
    query_state next;
    if (q->escape) {
        take_escape(q, in);
        return;
    }
    if (ends(q, *in->at, &next)) {
        bool bare = q->state == NAME && next != VALUE;
        close_field(q, in);
        if (bare)
            pii__tape_pass(in->tape);
        q->state = next;
        in->at++;
        return;
    }
    open_field(q, in, pii__input_offset(in));
    if (*in->at == '%') {
        q->escape_at = pii__input_offset(in);
        q->escape = 1;
        in->at++;
    } else if (*in->at == '+' && q->state == VALUE) {
        pii__tape_decoded(in->tape, (const uint8_t *)" ", 1, pii__input_offset(in), 1);
        in->at++;
    } else {
        const uint8_t *from = in->at++;
        while (in->at < in->end && *in->at != '%' && *in->at != '+' && !ends(q, *in->at, &next))
            in->at++;
        pii__tape_raw(in->tape, from, (size_t)(in->at - from));
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK)
        take(state, &in);
}

static void finish(void *state, pii__tape *tape)
{
    query *q = state;
    pii__input in = {.tape = tape};
    bool bare = q->state == NAME && q->open;
    flush_escape(q, &in);
    close_field(q, &in);
    if (bare)
        pii__tape_pass(tape);
}

static void start(void *state)
{
    *(query *)state = (query){.state = TEXT, .first = TEXT};
}

static void start_cookies(void *state)
{
    *(query *)state = (query){.state = NAME, .first = NAME};
}

static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    static const char digits[] = "0123456789ABCDEF";
    (void)kind;
    pii_status status = PII_OK;
    for (; *text && status == PII_OK; text++) {
        uint8_t byte = (uint8_t)*text;
        bool plain = (uint8_t)((byte | 0x20) - 'a') < 26 || (byte >= '0' && byte <= '9') || strchr("-._~", *text);
        char escaped[] = {'%', digits[byte >> 4], digits[byte & 15]};
        status = plain ? pii__buffer_append(ret, text, 1) : pii__buffer_append(ret, escaped, 3);
    }
    return status;
}

_Static_assert(sizeof(query) <= PII__FRONT_END_STATE_MAX, "the state of queries");

const pii__front_end pii__query = {
    .state_size = sizeof(query), .start = start, .feed = feed, .finish = finish, .escape = escape};
const pii__front_end pii__cookies = {
    .state_size = sizeof(query), .start = start_cookies, .feed = feed, .finish = finish, .escape = escape};
