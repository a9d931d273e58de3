/* json.c - JSON as of RFC 8259.
 *
 * What comes next is one state; what may follow a value is known from the
 * innermost container of the tape. Strings and names are fields, and so are
 * numbers, as a phone number may stand in one; a number is replaced whole, by a
 * string. When lenient, what breaks a rule inside a string stands for itself, and
 * from what breaks one elsewhere to the end all is one field of raw text.
 *
 * JSON Lines is the same, a value on each line: a record. The records are the items
 * of a container of their own, and no record sees more of a broken one than its line
 * end. */
#include "front_end.h"
#include "limits.h"
#include "utf8_check.h"

typedef enum json_state {
    AT_START, /* a byte order mark may come */
    IN_MARK,
    VALUE,
    VALUE_OR_END, /* after [ */
    NAME_OR_END,  /* after { */
    NAME,
    COLON,
    NEXT_OR_END, /* after a value */
    IN_STRING,
    IN_ESCAPE,
    IN_HEX,
    IN_NUMBER,
    IN_WORD, /* true, false, null */
    IN_RAW
} json_state;

enum { OBJECT, ARRAY, RECORDS }; /* kinds of containers */
enum { STRING, NUMBER, RAW }; /* kinds of fields */

/* Where in the grammar of numbers: what has been read. */
typedef enum number_state { MINUS, ZERO, WHOLE, POINT, FRACTION, EXPONENT_MARK, EXPONENT_SIGN, EXPONENT } number_state;

typedef struct json {
    json_state state;
    bool lines; /* JSON Lines */
    bool in_name;
    uint8_t count; /* bytes of a mark, digits of an escape */
    number_state number;
    uint32_t number_size;
    uint32_t code_unit;
    uint32_t high;         /* a high surrogate that waits for its other half, or 0 */
    uint64_t high_at;      /* where it stands */
    uint64_t escape_at;    /* where the escape at hand stands */
    const char *word;      /* what is left of true, false or null */
    pii__utf8_check utf8;
} json;

/* The bytes at hand. */
typedef struct input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *at;
    const uint8_t *end;
} input;

static uint64_t offset(const input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

static bool blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* The container that is being read, or NULL. */
static const pii__frame *container(const pii__tape *tape)
{
    const pii__frame *top = pii__tape_top(tape);
    return top && top->kind != RECORDS ? top : NULL;
}

/* Strict: the end. Lenient: all that comes is text; false without it. */
static bool goes_on(json *j, input *in, const char *text)
{
    if (pii__tape_fault(in->tape, offset(in), text))
        j->state = IN_RAW;
    else
        in->at = in->end;
    return j->state == IN_RAW;
}

/* Between values. */
static void fault(json *j, input *in, const char *text)
{
    if (goes_on(j, in, text))
        pii__tape_begin(in->tape, RAW, offset(in));
}

/* ---- Strings ---- */

static void begin_string(json *j, input *in, bool name)
{
    in->at++;
    j->in_name = name;
    j->state = IN_STRING;
    j->high = 0;
    if (name)
        pii__tape_begin_name(in->tape, STRING, offset(in));
    else
        pii__tape_begin(in->tape, STRING, offset(in));
}

/* Half a pair that found no other half. */
static void flush_high(json *j, input *in)
{
    if (j->high)
        pii__tape_code_point(in->tape, j->high, j->high_at, 6);
    j->high = 0;
}

/* Inside a string: a lenient reader lets it pass. */
static void string_fault(input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, offset(in), text))
        in->at = in->end;
}

static bool plain(uint8_t byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x80;
}

/* Eight bytes at once: whether all are plain. */
static bool plain_word(const uint8_t *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';
    uint64_t zero = ((quote - ones) & ~quote) | ((slash - ones) & ~slash);
    uint64_t control = (word - ones * 0x20) & ~word;
    return ((zero | control | word) & tops) == 0;
}

/* Bytes that stand for themselves, up to one that may not. */
static void run_of_string(json *j, input *in)
{
    const uint8_t *from = in->at;
    for (;;) {
        while (in->end - in->at >= 8 && !j->utf8.due && plain_word(in->at))
            in->at += 8;
        while (in->at < in->end && !j->utf8.due && plain(*in->at))
            in->at++;
        bool wide = in->at < in->end && (j->utf8.due || *in->at >= 0x80);
        if (!wide || !pii__utf8_check_byte(&j->utf8, *in->at))
            break;
        in->at++;
    }
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
}

static void take_bad_byte(input *in)
{
    string_fault(in, *in->at < 0x20 ? "a control character in a string" : "not UTF-8");
    if (in->at < in->end)
        pii__tape_raw(in->tape, in->at++, 1);
}

/* A record ends where it should not: lenient, the next one starts anew. */
static void cut_record(json *j, input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, offset(in), text)) {
        in->at = in->end;
        return;
    }
    pii__tape_end(in->tape, offset(in));
    while (container(in->tape))
        pii__tape_leave(in->tape);
    if (in->tape->name_step != PII__NO_STEP)
        pii__tape_pass(in->tape);
    j->state = VALUE;
}

static void take_string(json *j, input *in)
{
    if (j->high && *in->at != '\\')
        flush_high(j, in);
    run_of_string(j, in);
    if (in->at == in->end)
        return;
    switch (*in->at) {
    case '"':
        pii__tape_end(in->tape, offset(in));
        in->at++;
        j->state = j->in_name ? COLON : NEXT_OR_END;
        break;
    case '\\':
        j->escape_at = offset(in);
        in->at++;
        j->state = IN_ESCAPE;
        break;
    default:
        if (j->lines && *in->at == '\n')
            cut_record(j, in, "the record ends in a string");
        else
            take_bad_byte(in);
    }
}

static void take_escape(json *j, input *in)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (*in->at == 'u') {
        in->at++;
        j->state = IN_HEX;
        j->count = 0;
        j->code_unit = 0;
        return;
    }
    flush_high(j, in);
    j->state = IN_STRING;
    const char *found = *in->at ? strchr(from, *in->at) : NULL;
    if (found) {
        in->at++;
        pii__tape_decoded(in->tape, (const uint8_t *)&to[found - from], 1, j->escape_at, 2);
        return;
    }
    string_fault(in, "an escape that JSON does not have");
    pii__tape_decoded(in->tape, (const uint8_t *)"\\", 1, j->escape_at, 1);
}

/* A complete \uXXXX. */
static void take_code_unit(json *j, input *in)
{
    uint32_t unit = j->code_unit;
    j->state = IN_STRING;
    if (j->high && unit >= 0xDC00 && unit <= 0xDFFF) {
        uint32_t code_point = 0x10000 + ((j->high - 0xD800) << 10) + (unit - 0xDC00);
        pii__tape_code_point(in->tape, code_point, j->high_at, 12);
        j->high = 0;
        return;
    }
    flush_high(j, in);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        j->high = unit;
        j->high_at = j->escape_at;
    } else {
        pii__tape_code_point(in->tape, unit, j->escape_at, 6);
    }
}

static void take_hex(json *j, input *in)
{
    uint8_t byte = *in->at, low = byte | 0x20;
    bool digit = byte >= '0' && byte <= '9';
    if (!digit && (low < 'a' || low > 'f')) {
        flush_high(j, in);
        j->state = IN_STRING;
        string_fault(in, "an escape \\u without four hexadecimal digits");
        pii__tape_decoded(in->tape, (const uint8_t *)"\\u", 2, j->escape_at, 2u + j->count);
        return;
    }
    j->code_unit = j->code_unit << 4 | (uint32_t)(digit ? byte - '0' : low - 'a' + 10);
    in->at++;
    if (++j->count == 4)
        take_code_unit(j, in);
}

/* ---- Numbers and words ---- */

static bool may_end_number(number_state state)
{
    return state == ZERO || state == WHOLE || state == FRACTION || state == EXPONENT;
}

/* The state after one more byte of a number; -1: it is not of it. */
static int next_of_number(number_state state, uint8_t byte)
{
    bool digit = byte >= '0' && byte <= '9', e = byte == 'e' || byte == 'E';
    switch (state) {
    case MINUS: return byte == '0' ? ZERO : digit ? WHOLE : -1;
    case WHOLE:
        if (digit)
            return WHOLE;
        /* fall through */
    case ZERO: return byte == '.' ? POINT : e ? EXPONENT_MARK : -1;
    case POINT: return digit ? FRACTION : -1;
    case FRACTION: return digit ? FRACTION : e ? EXPONENT_MARK : -1;
    case EXPONENT_MARK: return byte == '+' || byte == '-' ? EXPONENT_SIGN : digit ? EXPONENT : -1;
    case EXPONENT_SIGN:
    case EXPONENT: return digit ? EXPONENT : -1;
    }
    return -1;
}

static void begin_number(json *j, input *in)
{
    j->state = IN_NUMBER;
    j->number = *in->at == '-' ? MINUS : *in->at == '0' ? ZERO : WHOLE;
    j->number_size = 1;
    pii__tape_begin_whole(in->tape, NUMBER, offset(in));
    pii__tape_bytes(in->tape, in->at++, 1);
}

/* The byte at hand, if there is one, cannot go on with the number. */
static void end_number(json *j, input *in)
{
    bool good = in->at == in->end || blank(*in->at) || *in->at == ',' || *in->at == ']' || *in->at == '}';
    if (good && may_end_number(j->number)) {
        pii__tape_end(in->tape, offset(in));
        j->state = NEXT_OR_END;
    } else if (goes_on(j, in, "not a number")) {
        pii__tape_change_kind(in->tape, RAW);
    }
}

static void take_number(json *j, input *in)
{
    const uint8_t *from = in->at;
    int next = 0;
    while (in->at < in->end && (next = next_of_number(j->number, *in->at)) >= 0) {
        j->number = (number_state)next;
        in->at++;
    }
    j->number_size += (uint32_t)(in->at - from);
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
    if (j->number_size > PII__FORMAT_NUMBER_MAX)
        pii__tape_limit(in->tape, offset(in));
    else if (in->at < in->end)
        end_number(j, in);
}

static void begin_word(json *j, input *in)
{
    j->word = *in->at == 't' ? "true" : *in->at == 'f' ? "false" : "null";
    j->state = IN_WORD;
    pii__tape_begin_whole(in->tape, RAW, offset(in));
}

/* A field as long as it could be any word. */
static void take_word(json *j, input *in)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && *j->word && *in->at == (uint8_t)*j->word) {
        in->at++;
        j->word++;
    }
    bool known = !*j->word;
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
    if (known) {
        pii__tape_cancel(in->tape);
        j->state = NEXT_OR_END;
    } else if (in->at < in->end && goes_on(j, in, "a word other than true, false and null")) {
        pii__tape_change_kind(in->tape, RAW);
    }
}

/* ---- Structure ---- */

static void begin_container(json *j, input *in, bool array)
{
    pii__tape_enter(in->tape, array ? ARRAY : OBJECT, array, offset(in));
    in->at++;
    j->state = array ? VALUE_OR_END : NAME_OR_END;
}

static void end_container(json *j, input *in)
{
    pii__tape_leave(in->tape);
    in->at++;
    j->state = NEXT_OR_END;
}

static void take_value(json *j, input *in)
{
    switch (*in->at) {
    case '"': begin_string(j, in, false); break;
    case '{': begin_container(j, in, false); break;
    case '[': begin_container(j, in, true); break;
    case 't':
    case 'f':
    case 'n': begin_word(j, in); break;
    case ']':
        if (j->state == VALUE_OR_END) {
            end_container(j, in);
            break;
        }
        /* fall through */
    default:
        if (*in->at == '-' || (*in->at >= '0' && *in->at <= '9'))
            begin_number(j, in);
        else
            fault(j, in, "a value was expected");
    }
}

static void take_name(json *j, input *in)
{
    if (*in->at == '"')
        begin_string(j, in, true);
    else if (*in->at == '}' && j->state == NAME_OR_END)
        end_container(j, in);
    else
        fault(j, in, j->state == NAME ? "a name in quotes was expected" : "a name in quotes, or }, was expected");
}

static void take_next_or_end(json *j, input *in)
{
    const pii__frame *top = container(in->tape);
    if (!top)
        fault(j, in, j->lines ? "more than one value in a record" : "more than one value");
    else if (*in->at == (top->array ? ']' : '}'))
        end_container(j, in);
    else if (*in->at != ',')
        fault(j, in, top->array ? "a comma, or ], was expected" : "a comma, or }, was expected");
    else {
        in->at++;
        j->state = top->array ? VALUE : NAME;
    }
}

static void take_colon(json *j, input *in)
{
    if (*in->at != ':') {
        fault(j, in, "a colon was expected");
        return;
    }
    in->at++;
    j->state = VALUE;
}

/* EF BB BF may stand before all else. */
static void take_mark(json *j, input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (j->lines && j->state == AT_START)
        pii__tape_enter(in->tape, RECORDS, true, offset(in));
    if (*in->at == mark[j->count]) {
        in->at++;
        j->state = ++j->count == sizeof mark ? VALUE : IN_MARK;
    } else if (j->state == AT_START) {
        j->state = VALUE;
    } else {
        fault(j, in, "not UTF-8");
    }
}

static void take_raw(json *j, input *in)
{
    const uint8_t *end = j->lines ? memchr(in->at, '\n', (size_t)(in->end - in->at)) : NULL;
    size_t size = (size_t)((end ? end : in->end) - in->at);
    pii__tape_raw(in->tape, in->at, size);
    in->at += size;
    if (end)
        cut_record(j, in, "a broken record");
}

/* At a line end of JSON Lines, between values. Empty lines hold no record. */
static void take_line_end(json *j, input *in)
{
    bool whole = !container(in->tape) && (j->state == VALUE || j->state == NEXT_OR_END);
    if (!whole)
        cut_record(j, in, "the record ends too early");
    j->state = VALUE;
    if (in->at < in->end)
        in->at++;
}

static void take(json *j, input *in)
{
    switch (j->state) {
    case AT_START:
    case IN_MARK: take_mark(j, in); break;
    case VALUE:
    case VALUE_OR_END: take_value(j, in); break;
    case NAME:
    case NAME_OR_END: take_name(j, in); break;
    case COLON: take_colon(j, in); break;
    case NEXT_OR_END: take_next_or_end(j, in); break;
    case IN_STRING: take_string(j, in); break;
    case IN_ESCAPE: take_escape(j, in); break;
    case IN_HEX: take_hex(j, in); break;
    case IN_NUMBER: take_number(j, in); break;
    case IN_WORD: take_word(j, in); break;
    case IN_RAW: take_raw(j, in); break;
    }
}

static bool between(json_state state)
{
    return state >= VALUE && state <= NEXT_OR_END;
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    json *j = state;
    input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK) {
        if (!between(j->state) || !blank(*in.at))
            take(j, &in);
        else if (j->lines && *in.at == '\n')
            take_line_end(j, &in);
        else
            in.at++;
    }
}

/* Ends an open field; what was cut off stands for itself. */
static void finish_string(json *j, input *in)
{
    flush_high(j, in);
    if (j->state == IN_ESCAPE)
        pii__tape_decoded(in->tape, (const uint8_t *)"\\", 1, j->escape_at, 1);
    else if (j->state == IN_HEX)
        pii__tape_decoded(in->tape, (const uint8_t *)"\\u", 2, j->escape_at, 2u + j->count);
    (void)pii__tape_fault(in->tape, offset(in), "the document ends in a string");
    pii__tape_end(in->tape, offset(in));
}

static void finish(void *state, pii__tape *tape)
{
    json *j = state;
    input in = {.tape = tape};
    switch (j->state) {
    case IN_STRING:
    case IN_ESCAPE:
    case IN_HEX: finish_string(j, &in); return;
    case IN_NUMBER: end_number(j, &in); break;
    default: break;
    }
    bool none = j->lines && (j->state == VALUE || j->state == AT_START);
    if (j->state != IN_RAW && ((j->state != NEXT_OR_END && !none) || container(tape)))
        (void)pii__tape_fault(tape, tape->offset, "the document ends too early");
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(json *)state = (json){.state = AT_START};
}

static void start_lines(void *state)
{
    *(json *)state = (json){.state = AT_START, .lines = true};
}

/* Replacements are ASCII; a number becomes a string. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    const char *quote = kind == NUMBER ? "\"" : "";
    pii_status status = pii__buffer_append_text(ret, quote);
    for (; *text && status == PII_OK; text++) {
        bool special = kind != RAW && (*text == '"' || *text == '\\');
        if (special)
            status = pii__buffer_append(ret, "\\", 1);
        if (status == PII_OK)
            status = pii__buffer_append(ret, text, 1);
    }
    return status == PII_OK ? pii__buffer_append_text(ret, quote) : status;
}

_Static_assert(sizeof(json) <= PII__FRONT_END_STATE_MAX, "the state of JSON");

const pii__front_end pii__json = {sizeof(json), start, feed, finish, escape, NULL};
const pii__front_end pii__json_lines = {sizeof(json), start_lines, feed, finish, escape, NULL};
