/* log.c - logs of web servers in the common and the combined form: a request on
 * each line, cells divided by blanks, in quotes or in brackets where they hold some.
 *
 *     192.0.2.1 - anna [10/Oct/2025:13:55:36 +0000] "GET /?a=b HTTP/1.1" 200 2326 "-" "Browser/5.0"
 *
 * A quote in quotes has a backslash before it. Any line is taken as it comes. */
#include <stdio.h>

#include "front_end.h"
#include "source_input.h"

typedef enum log_state { AT_LINE, AT_CELL, IN_BARE, IN_QUOTED, IN_BRACKETS, IN_ESCAPE } log_state;

enum { LINES, LINE }; /* kinds of containers */
enum { PLAIN, QUOTED }; /* kinds of fields */

static const char *const names[] = {"host", "identity", "user", "time", "request",
                                    "status", "size", "referrer", "agent", "cookie"};

typedef struct log_reader {
    log_state state;
    bool started;
    uint32_t column;
    uint64_t escape_at;
} log_reader;

static void begin_cell(log_reader *l, pii__input *in, log_state state)
{
    char number[16];
    const char *name = number;
    if (l->column < sizeof names / sizeof *names)
        name = names[l->column];
    else
        (void)snprintf(number, sizeof number, "%u", (unsigned)l->column);
    l->column++;
    l->state = state;
    pii__tape_speak_for(in->tape, (const uint8_t *)name, strlen(name), false, pii__input_offset(in));
    pii__tape_begin(in->tape, state == IN_QUOTED ? QUOTED : PLAIN, pii__input_offset(in));
}

static void end_line(log_reader *l, pii__input *in)
{
    pii__tape_leave(in->tape);
    l->state = AT_LINE;
}

static void take_line(log_reader *l, pii__input *in)
{
    if (!l->started)
        pii__tape_enter(in->tape, LINES, true, pii__input_offset(in));
    l->started = true;
    if (*in->at == '\n' || *in->at == '\r') {
        in->at++;
        return;
    }
    pii__tape_enter(in->tape, LINE, true, pii__input_offset(in));
    l->column = 0;
    l->state = AT_CELL;
}

static void take_cell(log_reader *l, pii__input *in)
{
    switch (*in->at) {
    case '\n':
    case '\r':
        end_line(l, in);
        break;
    case ' ':
    case '\t': in->at++; break;
    case '"':
        in->at++;
        begin_cell(l, in, IN_QUOTED);
        break;
    case '[':
        in->at++;
        begin_cell(l, in, IN_BRACKETS);
        break;
    default: begin_cell(l, in, IN_BARE);
    }
}

static bool ends(const log_reader *l, uint8_t byte)
{
    if (byte == '\n' || byte == '\r')
        return true;
    switch (l->state) {
    case IN_QUOTED: return byte == '"' || byte == '\\';
    case IN_BRACKETS: return byte == ']';
    default: return byte == ' ' || byte == '\t';
    }
}

static void take_text(log_reader *l, pii__input *in)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && !ends(l, *in->at))
        in->at++;
    pii__tape_raw(in->tape, from, (size_t)(in->at - from));
    if (in->at == in->end)
        return;
    if (*in->at == '\\') {
        l->escape_at = pii__input_offset(in);
        l->state = IN_ESCAPE;
        in->at++;
        return;
    }
    pii__tape_end(in->tape, pii__input_offset(in));
    bool line_end = *in->at == '\n' || *in->at == '\r';
    if (line_end)
        end_line(l, in);
    else
        l->state = AT_CELL;
    in->at += !line_end;
}

static void take_escape(log_reader *l, pii__input *in)
{
    static const uint8_t backslash[] = {'\\'};
    l->state = IN_QUOTED;
    if (*in->at == '"' || *in->at == '\\') {
        pii__tape_decoded(in->tape, in->at, 1, l->escape_at, 2);
        in->at++;
    } else {
        pii__tape_bytes(in->tape, backslash, 1);
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    log_reader *l = state;
    pii__input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK) {
        switch (l->state) {
        case AT_LINE: take_line(l, &in); break;
        case AT_CELL: take_cell(l, &in); break;
        case IN_ESCAPE: take_escape(l, &in); break;
        default: take_text(l, &in);
        }
    }
}

static void finish(void *state, pii__tape *tape)
{
    log_reader *l = state;
    if (l->state == IN_ESCAPE)
        pii__tape_bytes(tape, (const uint8_t *)"\\", 1);
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(log_reader *)state = (log_reader){.state = AT_LINE};
}

/* Where nothing can be escaped, what would end the cell becomes a dash. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    pii_status status = PII_OK;
    for (; *text && status == PII_OK; text++) {
        bool special = *text == '"' || *text == '\\';
        if (kind == QUOTED && special)
            status = pii__buffer_append(ret, "\\", 1);
        if (status == PII_OK)
            status = pii__buffer_append(ret, kind == PLAIN && *text == ' ' ? "-" : text, 1);
    }
    return status;
}

_Static_assert(sizeof(log_reader) <= PII__FRONT_END_STATE_MAX, "the state of logs");

const pii__front_end pii__log = {
    .state_size = sizeof(log_reader), .start = start, .feed = feed, .finish = finish, .escape = escape};
