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
#include "json.h"
#include "tape_quick.h"

/* Between values. */
static void fault(pii__json_reader *j, pii__json_input *in, const char *text)
{
    if (pii__json_goes_on(j, in, text))
        pii__tape_begin(in->tape, PII__JSON_RAW, pii__json_offset(in));
}

/* A record ends where it should not: lenient, the next one starts anew. */
void pii__json_cut_record(pii__json_reader *j, pii__json_input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, pii__json_offset(in), text)) {
        in->at = in->end;
        return;
    }
    pii__tape_end(in->tape, pii__json_offset(in));
    while (pii__json_container(in->tape))
        pii__tape_leave(in->tape);
    if (in->tape->name_step != PII__NO_STEP)
        pii__tape_pass(in->tape);
    j->state = PII__JSON_VALUE;
}

/* ---- Structure ---- */

static void begin_container(pii__json_reader *j, pii__json_input *in, bool array)
{
    pii__tape_enter(in->tape, array ? PII__JSON_ARRAY : PII__JSON_OBJECT, array, pii__json_offset(in));
    in->at++;
    j->state = array ? PII__JSON_VALUE_OR_END : PII__JSON_NAME_OR_END;
}

static void end_container(pii__json_reader *j, pii__json_input *in)
{
    pii__tape_leave(in->tape);
    in->at++;
    j->state = PII__JSON_NEXT_OR_END;
}

static void take_value(pii__json_reader *j, pii__json_input *in)
{
    switch (*in->at) {
    case '"': pii__json_begin_string(j, in, false); break;
    case '{': begin_container(j, in, false); break;
    case '[': begin_container(j, in, true); break;
    case 't':
    case 'f':
    case 'n': pii__json_begin_word(j, in); break;
    case ']':
        if (j->state == PII__JSON_VALUE_OR_END) {
            end_container(j, in);
            break;
        }
        /* fall through */
    default:
        if (*in->at == '-' || (*in->at >= '0' && *in->at <= '9'))
            pii__json_begin_number(j, in);
        else
            fault(j, in, "a value was expected");
    }
}

static void take_name(pii__json_reader *j, pii__json_input *in)
{
    if (*in->at == '"')
        pii__json_begin_string(j, in, true);
    else if (*in->at == '}' && j->state == PII__JSON_NAME_OR_END)
        end_container(j, in);
    else
        fault(j, in,
              j->state == PII__JSON_NAME ? "a name in quotes was expected" : "a name in quotes, or }, was expected");
}

static void take_next_or_end(pii__json_reader *j, pii__json_input *in)
{
    const pii__frame *top = pii__json_container(in->tape);
    if (!top)
        fault(j, in, j->lines ? "more than one value in a record" : "more than one value");
    else if (*in->at == (top->array ? ']' : '}'))
        end_container(j, in);
    else if (*in->at != ',')
        fault(j, in, top->array ? "a comma, or ], was expected" : "a comma, or }, was expected");
    else {
        in->at++;
        j->state = top->array ? PII__JSON_VALUE : PII__JSON_NAME;
    }
}

static void take_colon(pii__json_reader *j, pii__json_input *in)
{
    if (*in->at != ':') {
        fault(j, in, "a colon was expected");
        return;
    }
    in->at++;
    j->state = PII__JSON_VALUE;
}

/* EF BB BF may stand before all else. */
static void take_mark(pii__json_reader *j, pii__json_input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (j->lines && j->state == PII__JSON_AT_START)
        pii__tape_enter(in->tape, PII__JSON_RECORDS, true, pii__json_offset(in));
    if (*in->at == mark[j->count]) {
        in->at++;
        j->state = ++j->count == sizeof mark ? PII__JSON_VALUE : PII__JSON_IN_MARK;
    } else if (j->state == PII__JSON_AT_START) {
        j->state = PII__JSON_VALUE;
    } else {
        fault(j, in, "not UTF-8");
    }
}

static void take_raw(pii__json_reader *j, pii__json_input *in)
{
    const uint8_t *end = j->lines ? memchr(in->at, '\n', (size_t)(in->end - in->at)) : NULL;
    size_t size = (size_t)((end ? end : in->end) - in->at);
    pii__tape_raw(in->tape, in->at, size);
    in->at += size;
    if (end)
        pii__json_cut_record(j, in, "a broken record");
}

/* At a line end of JSON Lines, between values. Empty lines hold no record. */
static void take_line_end(pii__json_reader *j, pii__json_input *in)
{
    bool whole = !pii__json_container(in->tape) && (j->state == PII__JSON_VALUE || j->state == PII__JSON_NEXT_OR_END);
    if (!whole)
        pii__json_cut_record(j, in, "the record ends too early");
    j->state = PII__JSON_VALUE;
    if (in->at < in->end)
        in->at++;
}

static void take(pii__json_reader *j, pii__json_input *in)
{
    switch (j->state) {
    case PII__JSON_AT_START:
    case PII__JSON_IN_MARK: take_mark(j, in); break;
    case PII__JSON_VALUE:
    case PII__JSON_VALUE_OR_END: take_value(j, in); break;
    case PII__JSON_NAME:
    case PII__JSON_NAME_OR_END: take_name(j, in); break;
    case PII__JSON_COLON: take_colon(j, in); break;
    case PII__JSON_NEXT_OR_END: take_next_or_end(j, in); break;
    case PII__JSON_IN_STRING: pii__json_take_string(j, in); break;
    case PII__JSON_IN_ESCAPE: pii__json_take_escape(j, in); break;
    case PII__JSON_IN_HEX: pii__json_take_hex(j, in); break;
    case PII__JSON_IN_NUMBER: pii__json_take_number(j, in); break;
    case PII__JSON_IN_WORD: pii__json_take_word(j, in); break;
    case PII__JSON_IN_RAW: take_raw(j, in); break;
    }
}

static bool between(pii__json_state state)
{
    return state >= PII__JSON_VALUE && state <= PII__JSON_NEXT_OR_END;
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__json_reader *j = state;
    pii__json_input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    pii__tape_unmask(tape);
    while (in.at < in.end && tape->status == PII_OK) {
        if (between(j->state))
            pii__json_quick(j, &in);
        if (in.at == in.end || tape->status != PII_OK)
            break;
        if (!between(j->state) || !pii__json_blank(*in.at))
            take(j, &in);
        else if (j->lines && *in.at == '\n')
            take_line_end(j, &in);
        else
            in.at++;
    }
}

static void finish(void *state, pii__tape *tape)
{
    pii__json_reader *j = state;
    pii__json_input in = {.tape = tape};
    switch (j->state) {
    case PII__JSON_IN_STRING:
    case PII__JSON_IN_ESCAPE:
    case PII__JSON_IN_HEX: pii__json_finish_string(j, &in); return;
    case PII__JSON_IN_NUMBER: pii__json_end_number(j, &in); break;
    default: break;
    }
    bool none = j->lines && (j->state == PII__JSON_VALUE || j->state == PII__JSON_AT_START);
    if (j->state != PII__JSON_IN_RAW && ((j->state != PII__JSON_NEXT_OR_END && !none) || pii__json_container(tape)))
        (void)pii__tape_fault(tape, tape->offset, "the document ends too early");
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(pii__json_reader *)state = (pii__json_reader){.state = PII__JSON_AT_START};
}

static void start_lines(void *state)
{
    *(pii__json_reader *)state = (pii__json_reader){.state = PII__JSON_AT_START, .lines = true};
}

/* Replacements are ASCII; a number becomes a string. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    const char *quote = kind == PII__JSON_NUMBER ? "\"" : "", *special = kind == PII__JSON_RAW ? "" : "\"\\";
    pii_status status = pii__buffer_append_text(ret, quote);
    while (*text && status == PII_OK) {
        size_t first = strchr(special, *text) != NULL, size = first + strcspn(text + first, special);
        if (first)
            status = pii__buffer_append(ret, "\\", 1);
        if (status == PII_OK)
            status = pii__buffer_append(ret, text, size);
        text += size;
    }
    return status == PII_OK ? pii__buffer_append_text(ret, quote) : status;
}

_Static_assert(sizeof(pii__json_reader) <= PII__FRONT_END_STATE_MAX, "the state of JSON");

const pii__front_end pii__json = {sizeof(pii__json_reader), start, feed, finish, escape, NULL};
const pii__front_end pii__json_lines = {sizeof(pii__json_reader), start_lines, feed, finish, escape, NULL};
