/* csv.c - comma-separated values (RFC 4180), with any of four delimiters.
 *
 * The rows are the items of an array, and each row is one of cells. When the first
 * row can be one of names, they are on the paths of the cells below them, and
 * speak for them. A quote counts at the start of a cell only, as most readers have
 * it; a row ends with LF, CR LF or CR; empty lines are no rows. */
#include <stdio.h>

#include "front_end.h"
#include "source_input.h"
#include "limits.h"

typedef enum csv_state {
    AT_START, /* a byte order mark may come */
    IN_MARK,
    AT_ROW,
    AT_CELL, /* after a delimiter */
    IN_BARE,
    IN_QUOTED,
    AFTER_QUOTE /* which ends the cell, or is the first of two */
} csv_state;

enum { ROWS, ROW }; /* kinds of containers */
enum { BARE, QUOTED }; /* kinds of fields, in the lowest bit; the delimiter is in those above */

typedef struct csv {
    csv_state state;
    uint8_t delimiter;
    uint8_t count;      /* bytes of a mark */
    bool first_row;     /* its cells are held, and may be names */
    bool names;         /* they are, as far as is known */
    bool full;          /* no more names can be held */
    uint32_t column;    /* of the cell at hand */
    uint32_t name_at;   /* of its name among those held */
    uint32_t name_size; /* of the cell at hand, in the first row */
    uint32_t digits;    /* in it */
    uint64_t quote_at;  /* where the quote stands that may be the last one */
} csv;

static bool line_end(uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

/* ---- Names of columns ---- */

static bool letter(uint8_t byte)
{
    return (uint8_t)((byte | 0x20) - 'a') < 26 || byte >= 0x80;
}

/* Whether a byte can stand in a name; the first one is a letter or an underscore. */
static bool of_name(uint8_t byte, bool first)
{
    if (letter(byte) || byte == '_')
        return true;
    return !first && ((byte >= '0' && byte <= '9') || (byte && strchr(" -./()#?&'", byte)));
}

/* Names show in paths: two digits after a letter do, as in q10, and no number does
 * that could be somebody's. */
static bool shows(csv *c, uint8_t byte, uint8_t before)
{
    bool digit = byte >= '0' && byte <= '9';
    return !digit || (before != ' ' && c->digits++ < 2);
}

/* More bytes of a cell of the first row. */
static void hold(csv *c, pii__input *in, const uint8_t *bytes, size_t size)
{
    const pii__buffer *held = &in->tape->held;
    for (size_t i = 0; c->names && i < size && in->tape->status == PII_OK; i++) {
        bool first = c->name_size == 0;
        c->names = of_name(bytes[i], first);
        c->name_size++;
        c->full = c->full || held->size + 2 > PII__FORMAT_TAG_MAX;
        if (!c->full && shows(c, bytes[i], first ? ' ' : held->bytes[held->size - 1]))
            pii__tape_hold(in->tape, bytes + i, 1, pii__input_offset(in));
    }
}

static void end_of_name(csv *c, pii__input *in)
{
    c->names = c->names && c->name_size > 0;
    c->name_size = c->digits = 0;
    if (c->names && !c->full)
        pii__tape_hold(in->tape, (const uint8_t *)"", 1, pii__input_offset(in));
}

/* The name of the column speaks for the cell that begins; its number does where
 * there is none, for the path. */
static void name_cell(csv *c, pii__input *in)
{
    char number[16];
    const char *name = number;
    if (!c->names || c->first_row)
        return;
    if (c->name_at < in->tape->held.size)
        name = (const char *)in->tape->held.bytes + c->name_at;
    else
        (void)snprintf(number, sizeof number, "%u", (unsigned)c->column);
    in->tape->ordinal = c->column;
    pii__tape_speak_for(in->tape, (const uint8_t *)name, strlen(name), false, pii__input_offset(in));
    in->tape->ordinal = PII__NO_INDEX;
}

/* ---- Cells ---- */

static uint8_t kind_of(const csv *c, uint8_t kind)
{
    return (uint8_t)(c->delimiter << 1 | kind);
}

static void next_column(csv *c, pii__input *in)
{
    if (c->first_row)
        end_of_name(c, in);
    else if (c->names && c->name_at < in->tape->held.size)
        c->name_at += (uint32_t)strlen((const char *)in->tape->held.bytes + c->name_at) + 1;
    c->column++;
}

static void begin_cell(csv *c, pii__input *in, uint8_t kind)
{
    name_cell(c, in);
    pii__tape_begin(in->tape, kind_of(c, kind), pii__input_offset(in));
    c->state = kind == BARE ? IN_BARE : IN_QUOTED;
}

static void end_row(csv *c, pii__input *in)
{
    pii__tape_leave(in->tape);
    c->first_row = false;
    c->state = AT_ROW;
    in->at++;
}

/* At a delimiter or a line end. */
static void after_cell(csv *c, pii__input *in)
{
    next_column(c, in);
    if (line_end(*in->at)) {
        end_row(c, in);
    } else {
        c->state = AT_CELL;
        in->at++;
    }
}

static void put(csv *c, pii__input *in, const uint8_t *from)
{
    size_t size = (size_t)(in->at - from);
    pii__tape_raw(in->tape, from, size);
    if (c->first_row)
        hold(c, in, from, size);
}

/* Up to what ends a bare cell. */
static void run_of_bare(const csv *c, pii__input *in)
{
    uint8_t delimiter = c->delimiter;
    while (in->at < in->end && *in->at != delimiter && !line_end(*in->at))
        in->at++;
}

static void take_bare(csv *c, pii__input *in)
{
    const uint8_t *from = in->at;
    run_of_bare(c, in);
    put(c, in, from);
    if (in->at == in->end)
        return;
    pii__tape_end(in->tape, pii__input_offset(in));
    after_cell(c, in);
}

/* A cell that ends at hand and is too short to hold anything is not written. */
static bool pass_short(csv *c, pii__input *in)
{
    const uint8_t *from = in->at;
    uint8_t all = 0;
    while (in->at < in->end && *in->at != c->delimiter && !line_end(*in->at))
        all |= *in->at++;
    bool pass = in->at < in->end && (size_t)(in->at - from) < in->tape->shortest && all < 0x80;
    if (!pass) {
        in->at = from;
        return false;
    }
    if (c->first_row)
        hold(c, in, from, (size_t)(in->at - from));
    if (!c->names || c->first_row)
        pii__tape_pass(in->tape);
    after_cell(c, in);
    return true;
}

static void take_cell(csv *c, pii__input *in)
{
    if (*in->at == '"') {
        in->at++;
        begin_cell(c, in, QUOTED);
    } else if (!pass_short(c, in)) {
        begin_cell(c, in, BARE);
    }
}

static void begin_row(csv *c, pii__input *in)
{
    if (line_end(*in->at)) {
        in->at++;
        return;
    }
    pii__tape_enter(in->tape, ROW, true, pii__input_offset(in));
    c->column = c->name_at = 0;
    take_cell(c, in);
}

static void take_quoted(csv *c, pii__input *in)
{
    const uint8_t *from = in->at, *quote = memchr(from, '"', (size_t)(in->end - from));
    in->at = quote ? quote : in->end;
    put(c, in, from);
    if (!quote)
        return;
    c->quote_at = pii__input_offset(in);
    c->state = AFTER_QUOTE;
    in->at++;
}

static void take_after_quote(csv *c, pii__input *in)
{
    static const uint8_t quote[] = {'"'};
    if (*in->at == '"') {
        pii__tape_decoded(in->tape, quote, 1, c->quote_at, 2);
        if (c->first_row)
            hold(c, in, quote, 1);
        in->at++;
        c->state = IN_QUOTED;
    } else if (*in->at == c->delimiter || line_end(*in->at)) {
        pii__tape_end(in->tape, c->quote_at);
        after_cell(c, in);
    } else if (pii__tape_fault(in->tape, pii__input_offset(in), "a delimiter was expected after a quote")) {
        pii__tape_decoded(in->tape, quote, 1, c->quote_at, 1);
        pii__tape_change_kind(in->tape, kind_of(c, BARE));
        c->state = IN_BARE;
    } else {
        in->at = in->end;
    }
}

/* EF BB BF may stand before all else. */
static void take_mark(csv *c, pii__input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (c->state == AT_START)
        pii__tape_enter(in->tape, ROWS, true, pii__input_offset(in));
    if (c->state == AT_START && *in->at >= 0xFE && !pii__tape_fault(in->tape, pii__input_offset(in), "not UTF-8")) {
        in->at = in->end;
        return;
    }
    if (*in->at == mark[c->count]) {
        in->at++;
        c->state = ++c->count == sizeof mark ? AT_ROW : IN_MARK;
        return;
    }
    c->state = AT_ROW;
    if (!c->count)
        return;
    /* It was none: the bytes begin the first cell. */
    pii__tape_enter(in->tape, ROW, true, pii__input_offset(in) - c->count);
    pii__tape_begin(in->tape, kind_of(c, BARE), pii__input_offset(in) - c->count);
    pii__tape_bytes(in->tape, mark, c->count);
    hold(c, in, mark, c->count);
    c->state = IN_BARE;
}

static void take(csv *c, pii__input *in)
{
    switch (c->state) {
    case AT_START:
    case IN_MARK: take_mark(c, in); break;
    case AT_ROW: begin_row(c, in); break;
    case AT_CELL:
        if (*in->at == c->delimiter || line_end(*in->at)) {
            if (!c->names || c->first_row)
                pii__tape_pass(in->tape);
            after_cell(c, in);
        } else {
            take_cell(c, in);
        }
        break;
    case IN_BARE: take_bare(c, in); break;
    case IN_QUOTED: take_quoted(c, in); break;
    case AFTER_QUOTE: take_after_quote(c, in); break;
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
    csv *c = state;
    if (c->state == IN_QUOTED)
        (void)pii__tape_fault(tape, tape->offset, "the document ends in a quoted cell");
    pii__tape_end(tape, c->state == AFTER_QUOTE ? c->quote_at : tape->offset);
}

static void start(csv *c, uint8_t delimiter)
{
    *c = (csv){.delimiter = delimiter, .first_row = true, .names = true};
}

static void start_comma(void *state)
{
    start(state, ',');
}

static void start_tab(void *state)
{
    start(state, '\t');
}

static void start_semicolon(void *state)
{
    start(state, ';');
}

static void start_pipe(void *state)
{
    start(state, '|');
}

/* In a bare cell nothing can be escaped: what would end it becomes a blank. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    bool quoted = (kind & 1) == QUOTED;
    const char special[] = {'"', quoted ? '\0' : (char)(kind >> 1), '\n', '\r', '\0'};
    pii_status status = PII_OK;
    while (*text && status == PII_OK) {
        size_t size = strcspn(text, special);
        status = pii__buffer_append(ret, text, size);
        text += size;
        if (*text && status == PII_OK)
            status = pii__buffer_append_text(ret, quoted ? "\"\"" : " ");
        text += *text != '\0';
    }
    return status;
}

_Static_assert(sizeof(csv) <= PII__FRONT_END_STATE_MAX, "the state of CSV");

const pii__front_end pii__csv_comma = {
    .state_size = sizeof(csv), .start = start_comma, .feed = feed, .finish = finish, .escape = escape};
const pii__front_end pii__csv_tab = {
    .state_size = sizeof(csv), .start = start_tab, .feed = feed, .finish = finish, .escape = escape};
const pii__front_end pii__csv_semicolon = {
    .state_size = sizeof(csv), .start = start_semicolon, .feed = feed, .finish = finish, .escape = escape};
const pii__front_end pii__csv_pipe = {
    .state_size = sizeof(csv), .start = start_pipe, .feed = feed, .finish = finish, .escape = escape};
