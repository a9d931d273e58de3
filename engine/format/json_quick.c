/* Members and items that are plain and lie in one piece, read in one go. Most of them hold nothing that a rule
 * could match: they never come to the tape. Each is read whole or not at all, and what is not read here is left
 * to the states of json.c. */
#include "json.h"
#include "limits.h"
#include "tape_quick.h"

/* These are small, and what they answer in memory would have to be waited for. */
#define INLINE static inline __attribute__((always_inline))

/* Offsets are those of the text. */
typedef struct quick {
    pii__tape *tape;
    pii__masked text;
    uint64_t source; /* of offset 0 */
    bool lines;
} quick;

typedef struct stretch {
    size_t at;
    size_t end;
} stretch;

typedef enum value_kind { NONE, STRING, NUMBER, WORD, OBJECT, ARRAY } value_kind;

INLINE uint8_t byte_at(const quick *q, size_t at)
{
    return at < q->text.size ? q->text.bytes[at] : 0;
}

/* A run of blanks; between records of JSON Lines a line end is none. */
static size_t skip_run_of_blanks(const quick *q, size_t at)
{
    size_t end = pii__mask_skip(q->text.masks->blank, at);
    const uint8_t *line_end = q->lines ? memchr(q->text.bytes + at, '\n', end - at) : NULL;
    return line_end ? (size_t)(line_end - q->text.bytes) : end;
}

/* The next byte that is no blank. */
INLINE size_t skip_blanks(const quick *q, size_t at)
{
    return byte_at(q, at) > ' ' ? at : skip_run_of_blanks(q, at);
}

/* Between the quotes, the first of which is at `at`. */
INLINE bool read_string(const quick *q, size_t at, stretch *ret)
{
    *ret = (stretch){at + 1, pii__mask_find(q->text.masks->stop, at + 1)};
    return byte_at(q, ret->end) == '"';
}

static size_t skip_digits(const quick *q, size_t at)
{
    return pii__mask_skip(q->text.masks->digit, at);
}

/* A number without an exponent, with what ends it. */
INLINE bool read_number(const quick *q, size_t at, stretch *ret)
{
    size_t first = at + (byte_at(q, at) == '-'), end = skip_digits(q, first);
    if (end == first || (end - first > 1 && byte_at(q, first) == '0'))
        return false;
    if (byte_at(q, end) == '.') {
        size_t fraction = end + 1;
        end = skip_digits(q, fraction);
        if (end == fraction)
            return false;
    }
    uint8_t next = byte_at(q, end);
    *ret = (stretch){at, end};
    return (next == ',' || next == '}' || next == ']' || pii__json_blank(next)) && end - at <= PII__FORMAT_NUMBER_MAX;
}

INLINE bool read_word(const quick *q, size_t at, const char *word, size_t size, stretch *ret)
{
    *ret = (stretch){at, at + size};
    return q->text.size - at > size && memcmp(q->text.bytes + at, word, size) == 0;
}

/* The value at `at`, in quotes or not; of a container, its first byte. */
INLINE value_kind read_value(const quick *q, size_t at, stretch *ret)
{
    switch (byte_at(q, at)) {
    case '"': return read_string(q, at, ret) ? STRING : NONE;
    case 't': return read_word(q, at, "true", 4, ret) ? WORD : NONE;
    case 'f': return read_word(q, at, "false", 5, ret) ? WORD : NONE;
    case 'n': return read_word(q, at, "null", 4, ret) ? WORD : NONE;
    case '{': *ret = (stretch){at, at + 1}; return OBJECT;
    case '[': *ret = (stretch){at, at + 1}; return ARRAY;
    default: return read_number(q, at, ret) ? NUMBER : NONE;
    }
}

INLINE bool can_pass(const quick *q, stretch text, uint8_t holds)
{
    return pii__tape_can_pass(q->tape, &q->text, text.at, text.end - text.at, holds);
}

static void put_bytes(const quick *q, stretch text)
{
    pii__tape_bytes(q->tape, q->text.bytes + text.at, text.end - text.at);
    pii__tape_end(q->tape, q->source + text.end);
}

static void put_name(const quick *q, stretch name)
{
    pii__tape_begin_name(q->tape, PII__JSON_STRING, q->source + name.at);
    put_bytes(q, name);
}

static void put_value(const quick *q, value_kind kind, stretch value)
{
    switch (kind) {
    case STRING:
        pii__tape_begin(q->tape, PII__JSON_STRING, q->source + value.at);
        put_bytes(q, value);
        break;
    case NUMBER:
        pii__tape_begin_whole(q->tape, PII__JSON_NUMBER, q->source + value.at);
        put_bytes(q, value);
        break;
    case OBJECT:
    case ARRAY:
        pii__tape_enter(q->tape, kind == ARRAY ? PII__JSON_ARRAY : PII__JSON_OBJECT, kind == ARRAY,
                        q->source + value.at);
        break;
    default: pii__tape_pass(q->tape);
    }
}

/* What comes after the value. */
INLINE void go_on(pii__json_reader *j, value_kind kind, stretch value, size_t *at)
{
    *at = value.end + (kind == STRING);
    j->state = kind == OBJECT  ? PII__JSON_NAME_OR_END
               : kind == ARRAY ? PII__JSON_VALUE_OR_END
                               : PII__JSON_NEXT_OR_END;
}

/* Whether a string holds no document. */
static bool is_text(uint8_t holds)
{
    return holds == PII__HOLDS_TEXT || pii__holds_kept(holds) || holds == PII__HOLDS_ENTITY ||
           holds == PII__HOLDS_NEVER;
}

/* Whether nothing is found in a field, and in its name, if it has one. */
INLINE bool is_clean(const quick *q, stretch name, stretch field)
{
    const uint8_t *bytes = q->text.bytes;
    return pii__clean_has(q->tape->clean, &(pii__clean_text){bytes + name.at, name.end - name.at, bytes + field.at,
                                                             field.end - field.at});
}

INLINE bool name_can_pass(const quick *q, stretch name)
{
    return can_pass(q, name, PII__HOLDS_TEXT) || is_clean(q, (stretch){0, 0}, name);
}

/* The name and the container that it is the name of. */
INLINE void put_container(const quick *q, value_kind kind, stretch name, stretch value)
{
    size_t size = name.end - name.at;
    if (size <= PII__PATH_NAME_MAX && name_can_pass(q, name)) {
        pii__tape_enter_named(q->tape, kind == ARRAY ? PII__JSON_ARRAY : PII__JSON_OBJECT, kind == ARRAY,
                              q->text.bytes + name.at, size, q->source + value.at);
    } else {
        put_name(q, name);
        put_value(q, kind, value);
    }
}

/* The same for a value that is none; false: it is not read here. */
INLINE bool put_member(const quick *q, value_kind kind, stretch name, stretch value)
{
    uint8_t holds = pii__tape_holds(q->tape, q->text.bytes + name.at, name.end - name.at);
    if (kind == STRING && !is_text(holds))
        return false;
    if (holds == PII__HOLDS_BLOCK && kind != WORD)
        pii__tape_pass_block(q->tape, &q->text, value.at, value.end - value.at);
    bool pass = kind == WORD || can_pass(q, value, holds);
    if (pass ? !name_can_pass(q, name) : holds == PII__HOLDS_ENTITY || !is_clean(q, name, value)) {
        put_name(q, name);
        put_value(q, kind, value);
    }
    return true;
}

static bool is_container(value_kind kind)
{
    return kind == OBJECT || kind == ARRAY;
}

/* A name and its value, or the beginning of it. */
static bool take_member(pii__json_reader *j, const quick *q, size_t *at)
{
    stretch name, value;
    if (byte_at(q, *at) != '"' || !read_string(q, *at, &name))
        return false;
    size_t colon = skip_blanks(q, name.end + 1);
    if (byte_at(q, colon) != ':')
        return false;
    value_kind kind = read_value(q, skip_blanks(q, colon + 1), &value);
    if (is_container(kind))
        put_container(q, kind, name, value);
    else if (kind == NONE || !put_member(q, kind, name, value))
        return false;
    go_on(j, kind, value, at);
    return true;
}

/* Members one after the other, also into objects, without a look at what is around them. False: the one at hand is
 * not read here. */
static bool take_members(pii__json_reader *j, const quick *q, size_t *at)
{
    do {
        if (!take_member(j, q, at))
            return false;
        *at = skip_blanks(q, *at);
        if (j->state == PII__JSON_NEXT_OR_END && byte_at(q, *at) == ',') {
            j->state = PII__JSON_NAME;
            *at = skip_blanks(q, *at + 1);
        }
    } while ((j->state == PII__JSON_NAME || j->state == PII__JSON_NAME_OR_END) && byte_at(q, *at) == '"' &&
             q->tape->status == PII_OK);
    return true;
}

/* A value in an array, or the beginning of it. */
static bool take_item(pii__json_reader *j, const quick *q, size_t *at)
{
    stretch value;
    value_kind kind = read_value(q, *at, &value);
    if (kind == NONE)
        return false;
    uint8_t holds = is_container(kind) ? PII__HOLDS_TEXT : pii__tape_holds(q->tape, NULL, 0);
    if (kind == STRING && !is_text(holds))
        return false;
    bool pass = kind == WORD || can_pass(q, value, holds) ||
                (holds != PII__HOLDS_ENTITY && is_clean(q, (stretch){0, 0}, value));
    if (pass && !is_container(kind))
        pii__tape_pass(q->tape);
    else
        put_value(q, kind, value);
    go_on(j, kind, value, at);
    return true;
}

static bool take_end(pii__json_reader *j, const quick *q, size_t *at)
{
    pii__tape_leave(q->tape);
    ++*at;
    j->state = PII__JSON_NEXT_OR_END;
    return true;
}

static bool take_next(pii__json_reader *j, const quick *q, const pii__frame *top, size_t *at)
{
    uint8_t byte = byte_at(q, *at);
    if (byte == (top->array ? ']' : '}'))
        return take_end(j, q, at);
    if (byte != ',')
        return false;
    ++*at;
    j->state = top->array ? PII__JSON_VALUE : PII__JSON_NAME;
    return true;
}

/* One step; false: there is none that is plain and ends within the text. */
static bool take(pii__json_reader *j, const quick *q, size_t *at)
{
    const pii__frame *top = pii__json_container(q->tape);
    if (!top || *at == q->text.size)
        return false;
    switch (j->state) {
    case PII__JSON_NAME_OR_END:
        if (q->text.bytes[*at] == '}')
            return take_end(j, q, at);
        /* fall through */
    case PII__JSON_NAME: return take_members(j, q, at);
    case PII__JSON_VALUE_OR_END:
        if (q->text.bytes[*at] == ']')
            return take_end(j, q, at);
        /* fall through */
    case PII__JSON_VALUE: return top->array && take_item(j, q, at);
    case PII__JSON_NEXT_OR_END: return take_next(j, q, top, at);
    default: return false;
    }
}

void pii__json_quick(pii__json_reader *j, pii__json_input *in)
{
    pii__tape *tape = in->tape;
    for (bool more = tape->masker.fill && in->at < in->end; more;) {
        quick q = {.tape = tape, .text = pii__tape_mask(tape, PII__MASKS_JSON, in->at, in->end), .lines = j->lines};
        q.source = tape->offset + (uint64_t)(q.text.bytes - in->bytes);
        size_t at = (size_t)(in->at - q.text.bytes);
        while (tape->status == PII_OK && take(j, &q, &at))
            at = skip_blanks(&q, at);
        in->at = q.text.bytes + at;
        more = tape->status == PII_OK && pii__tape_mask_on(tape, &q.text, at, in->end);
    }
}
