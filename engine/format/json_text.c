/* The text of JSON: strings, numbers and words, a byte or a run at a time. */
#include "json.h"
#include "limits.h"
#include "plain_run.h"

/* Strict: the end. Lenient: all that comes is text; false without it. */
bool pii__json_goes_on(pii__json_reader *j, pii__json_input *in, const char *text)
{
    if (pii__tape_fault(in->tape, pii__json_offset(in), text))
        j->state = PII__JSON_IN_RAW;
    else
        in->at = in->end;
    return j->state == PII__JSON_IN_RAW;
}

/* ---- Strings ---- */

void pii__json_begin_string(pii__json_reader *j, pii__json_input *in, bool name)
{
    in->at++;
    j->in_name = name;
    j->state = PII__JSON_IN_STRING;
    j->high = 0;
    if (name)
        pii__tape_begin_name(in->tape, PII__JSON_STRING, pii__json_offset(in));
    else
        pii__tape_begin(in->tape, PII__JSON_STRING, pii__json_offset(in));
}

/* Half a pair that found no other half. */
static void flush_high(pii__json_reader *j, pii__json_input *in)
{
    if (j->high)
        pii__tape_code_point(in->tape, j->high, j->high_at, 6);
    j->high = 0;
}

/* Inside a string: a lenient reader lets it pass. */
static void string_fault(pii__json_input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, pii__json_offset(in), text))
        in->at = in->end;
}

/* Bytes that stand for themselves, up to one that may not. False: it stands where a character goes on. */
static bool run_of_string(pii__json_reader *j, pii__json_input *in)
{
    const uint8_t *from = in->at;
    bool whole = true;
    for (;;) {
        if (!j->utf8.due)
            in->at = pii__plain_run(in->at, in->end, (pii__stops){'"', '\\', '\\'});
        bool wide = in->at < in->end && (j->utf8.due || *in->at >= 0x80);
        whole = !j->utf8.due || in->at == in->end;
        if (!wide || !pii__utf8_check_byte(&j->utf8, *in->at))
            break;
        in->at++;
    }
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
    return whole;
}

static void take_bad_byte(pii__json_input *in)
{
    string_fault(in, *in->at < 0x20 ? "a control character in a string" : "not UTF-8");
    if (in->at < in->end)
        pii__tape_raw(in->tape, in->at++, 1);
}

void pii__json_take_string(pii__json_reader *j, pii__json_input *in)
{
    if (j->high && *in->at != '\\')
        flush_high(j, in);
    bool whole = run_of_string(j, in);
    if (in->at < in->end && !whole && (*in->at == '"' || *in->at == '\\'))
        string_fault(in, "not UTF-8");
    if (in->at == in->end)
        return;
    switch (*in->at) {
    case '"':
        pii__tape_end(in->tape, pii__json_offset(in));
        in->at++;
        j->state = j->in_name ? PII__JSON_COLON : PII__JSON_NEXT_OR_END;
        break;
    case '\\':
        j->escape_at = pii__json_offset(in);
        in->at++;
        j->state = PII__JSON_IN_ESCAPE;
        break;
    default:
        if (j->lines && *in->at == '\n')
            pii__json_cut_record(j, in, "the record ends in a string");
        else
            take_bad_byte(in);
    }
}

void pii__json_take_escape(pii__json_reader *j, pii__json_input *in)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (*in->at == 'u') {
        in->at++;
        j->state = PII__JSON_IN_HEX;
        j->count = 0;
        j->code_unit = 0;
        return;
    }
    flush_high(j, in);
    j->state = PII__JSON_IN_STRING;
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
static void take_code_unit(pii__json_reader *j, pii__json_input *in)
{
    uint32_t unit = j->code_unit;
    j->state = PII__JSON_IN_STRING;
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

void pii__json_take_hex(pii__json_reader *j, pii__json_input *in)
{
    uint8_t byte = *in->at, low = byte | 0x20;
    bool digit = byte >= '0' && byte <= '9';
    if (!digit && (low < 'a' || low > 'f')) {
        flush_high(j, in);
        j->state = PII__JSON_IN_STRING;
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

/* What of a number has been read. */
typedef enum number_state { MINUS, ZERO, WHOLE, POINT, FRACTION, EXPONENT_MARK, EXPONENT_SIGN, EXPONENT } number_state;

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

void pii__json_begin_number(pii__json_reader *j, pii__json_input *in)
{
    j->state = PII__JSON_IN_NUMBER;
    j->number = *in->at == '-' ? MINUS : *in->at == '0' ? ZERO : WHOLE;
    j->number_size = 1;
    pii__tape_begin_whole(in->tape, PII__JSON_NUMBER, pii__json_offset(in));
    pii__tape_bytes(in->tape, in->at++, 1);
}

/* The byte at hand, if there is one, cannot go on with the number. */
void pii__json_end_number(pii__json_reader *j, pii__json_input *in)
{
    bool good = in->at == in->end || pii__json_blank(*in->at) || *in->at == ',' || *in->at == ']' || *in->at == '}';
    if (good && may_end_number(j->number)) {
        pii__tape_end(in->tape, pii__json_offset(in));
        j->state = PII__JSON_NEXT_OR_END;
    } else if (pii__json_goes_on(j, in, "not a number")) {
        pii__tape_change_kind(in->tape, PII__JSON_RAW);
    }
}

void pii__json_take_number(pii__json_reader *j, pii__json_input *in)
{
    const uint8_t *from = in->at;
    int next = 0;
    while (in->at < in->end && (next = next_of_number(j->number, *in->at)) >= 0) {
        j->number = (uint8_t)next;
        in->at++;
    }
    j->number_size += (uint32_t)(in->at - from);
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
    if (j->number_size > PII__FORMAT_NUMBER_MAX)
        pii__tape_limit(in->tape, pii__json_offset(in));
    else if (in->at < in->end)
        pii__json_end_number(j, in);
}

void pii__json_begin_word(pii__json_reader *j, pii__json_input *in)
{
    j->word = *in->at == 't' ? "true" : *in->at == 'f' ? "false" : "null";
    j->state = PII__JSON_IN_WORD;
    pii__tape_begin_whole(in->tape, PII__JSON_RAW, pii__json_offset(in));
}

/* A field as long as it could be any word. */
void pii__json_take_word(pii__json_reader *j, pii__json_input *in)
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
        j->state = PII__JSON_NEXT_OR_END;
    } else if (in->at < in->end && pii__json_goes_on(j, in, "a word other than true, false and null")) {
        pii__tape_change_kind(in->tape, PII__JSON_RAW);
    }
}

/* Ends an open field; what was cut off stands for itself. */
void pii__json_finish_string(pii__json_reader *j, pii__json_input *in)
{
    flush_high(j, in);
    if (j->state == PII__JSON_IN_ESCAPE)
        pii__tape_decoded(in->tape, (const uint8_t *)"\\", 1, j->escape_at, 1);
    else if (j->state == PII__JSON_IN_HEX)
        pii__tape_decoded(in->tape, (const uint8_t *)"\\u", 2, j->escape_at, 2u + j->count);
    (void)pii__tape_fault(in->tape, pii__json_offset(in), "the document ends in a string");
    pii__tape_end(in->tape, pii__json_offset(in));
}

