/* wide.c - documents in UTF-16 and UTF-32.
 *
 * All of the document is one field: it holds the same document in UTF-8, which the
 * front-end of its format reads (nest.h), or is the text itself. So places, splices and
 * pieces are what they are with documents in fields, and a replacement is written in
 * the units of the document. A half of a pair without the other becomes a byte that is
 * no UTF-8: its format says what that means, and it stays as it is.
 *
 * Where no mark says that it is UTF-16, the zeros of its first characters may have been
 * those of a text in bytes, of which the rest would be read as ideographs, and pass. So
 * ideographs that would be ASCII are not believed without a mark. */
#include "encoding.h"

enum { doubtful_max = 2 }; /* in a row, so many can be no finding of any rule */

enum { RAW = PII__ENCODING_UNDECIDED }; /* kinds of fields: the encoding that they are in, or none */

typedef struct wide {
    pii__encoding encoding;
    uint8_t unit_size; /* bytes */
    bool big;
    bool begun;  /* the first unit has been read */
    bool marked; /* it was a byte order mark */
    bool raw;    /* lenient: what comes is not in this encoding */
    uint8_t count; /* bytes of the unit at hand that have come */
    uint32_t unit;
    uint32_t high; /* half of a pair that waits for the other, or 0 */
    uint64_t high_at;
    uint8_t doubtful_count;
    uint32_t doubtful[doubtful_max];
    uint64_t doubtful_at; /* of the first one */
} wide;

static bool little(pii__encoding encoding)
{
    return encoding == PII__UTF_16_LITTLE || encoding == PII__UTF_32_LITTLE;
}

static uint8_t unit_size_of(pii__encoding encoding)
{
    return encoding == PII__UTF_16_LITTLE || encoding == PII__UTF_16_BIG ? 2 : 4;
}

/* ---- Characters ---- */

static void flush_high(wide *w, pii__tape *tape)
{
    if (w->high)
        pii__tape_code_point(tape, w->high, w->high_at, 2);
    w->high = 0;
}

static void put_unit_of_16(wide *w, pii__tape *tape, uint32_t unit, uint64_t at)
{
    if (w->high && unit >= 0xDC00 && unit <= 0xDFFF) {
        pii__tape_code_point(tape, 0x10000 + ((w->high - 0xD800) << 10) + (unit - 0xDC00), w->high_at, 4);
        w->high = 0;
        return;
    }
    flush_high(w, tape);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        w->high = unit;
        w->high_at = at;
    } else {
        pii__tape_code_point(tape, unit, at, 2);
    }
}

static void flush_doubtful(wide *w, pii__tape *tape)
{
    for (uint8_t i = 0; i < w->doubtful_count; i++)
        put_unit_of_16(w, tape, w->doubtful[i], w->doubtful_at + 2u * i);
    w->doubtful_count = 0;
}

static size_t write_unit(pii__encoding encoding, uint32_t unit, uint8_t bytes[4])
{
    uint8_t size = unit_size_of(encoding);
    for (uint8_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(unit >> (8 * (little(encoding) ? i : size - 1 - i)));
    return size;
}

/* The bytes from `at` on are not what they were taken for: strict, the end; lenient, they are text. */
static void fault(wide *w, pii__tape *tape, uint64_t at, const char *text)
{
    if (!pii__tape_fault(tape, at, text))
        return;
    flush_high(w, tape);
    pii__tape_end(tape, at);
    tape->project = NULL;
    pii__tape_begin(tape, RAW, at);
    w->raw = true;
}

static bool printable(uint32_t byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

/* A few of them may be ideographs all the same. */
static void take_doubtful(wide *w, pii__tape *tape, uint32_t unit, uint64_t at)
{
    uint8_t bytes[4];
    if (w->doubtful_count < doubtful_max) {
        if (!w->doubtful_count)
            w->doubtful_at = at;
        w->doubtful[w->doubtful_count++] = unit;
        return;
    }
    fault(w, tape, w->doubtful_at, "UTF-16 without a byte order mark, and then other text");
    for (uint8_t i = 0; w->raw && i <= doubtful_max; i++)
        pii__tape_raw(tape, bytes, write_unit(w->encoding, i < doubtful_max ? w->doubtful[i] : unit, bytes));
    w->doubtful_count = 0;
}

static void take_unit_of_16(wide *w, pii__tape *tape, uint32_t unit, uint64_t at)
{
    if (!w->marked && printable(unit >> 8) && printable(unit & 0xFF)) {
        take_doubtful(w, tape, unit, at);
        return;
    }
    flush_doubtful(w, tape);
    put_unit_of_16(w, tape, unit, at);
}

static void take_unit_of_32(wide *w, pii__tape *tape, uint32_t unit, uint64_t at)
{
    uint8_t bytes[4];
    if (unit <= 0x10FFFF) {
        pii__tape_code_point(tape, unit, at, 4);
        return;
    }
    fault(w, tape, at, "not UTF-32");
    if (w->raw)
        pii__tape_raw(tape, bytes, write_unit(w->encoding, unit, bytes));
}

/* ---- Units ---- */

static void begin(wide *w, pii__tape *tape, uint64_t at)
{
    w->begun = true;
    if (tape->wide_inner)
        pii__tape_begin_encoded(tape, (uint8_t)w->encoding, at, tape->wide_inner);
    else
        pii__tape_begin(tape, (uint8_t)w->encoding, at);
}

static void take_unit(wide *w, pii__tape *tape, uint32_t unit, uint64_t at)
{
    if (!w->begun) {
        w->marked = unit == 0xFEFF;
        begin(w, tape, w->marked ? at + w->unit_size : at);
        if (w->marked)
            return;
    }
    if (w->unit_size == 2)
        take_unit_of_16(w, tape, unit, at);
    else
        take_unit_of_32(w, tape, unit, at);
}

/* The unit that whole bytes are. */
static uint32_t read_unit(const wide *w, const uint8_t *bytes)
{
    uint32_t unit = 0;
    for (uint8_t i = 0; i < w->unit_size; i++)
        unit |= (uint32_t)bytes[i] << (8 * (w->big ? w->unit_size - 1 - i : i));
    return unit;
}

/* Units of ASCII, of which most documents consist; answers the bytes taken. */
static size_t take_ascii(wide *w, pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t at)
{
    uint8_t text[256];
    size_t count = 0;
    while (count < sizeof text && size - count * w->unit_size >= w->unit_size) {
        uint32_t unit = read_unit(w, bytes + count * w->unit_size);
        if (unit >= 0x80)
            break;
        text[count++] = (uint8_t)unit;
    }
    if (count) {
        flush_doubtful(w, tape);
        flush_high(w, tape);
        pii__tape_stepped(tape, text, count, at, w->unit_size);
    }
    return count * w->unit_size;
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    wide *w = state;
    for (size_t i = 0; i < size && tape->status == PII_OK;) {
        if (w->raw) {
            pii__tape_raw(tape, bytes + i, size - i);
            return;
        }
        size_t run = w->begun && !w->count ? take_ascii(w, tape, bytes + i, size - i, tape->offset + i) : 0;
        i += run;
        if (run || i == size)
            continue;
        w->unit |= (uint32_t)bytes[i++] << (8 * (w->big ? w->unit_size - 1 - w->count : w->count));
        if (++w->count < w->unit_size)
            continue;
        uint32_t unit = w->unit;
        w->count = 0;
        w->unit = 0;
        take_unit(w, tape, unit, tape->offset + i - w->unit_size);
    }
}

static void finish(void *state, pii__tape *tape)
{
    wide *w = state;
    if (!w->begun)
        begin(w, tape, tape->offset);
    if (!w->raw) {
        flush_doubtful(w, tape);
        flush_high(w, tape);
    }
    if (w->count && pii__tape_fault(tape, tape->offset - w->count, "the document ends within a character"))
        pii__tape_code_point(tape, UINT32_MAX, tape->offset - w->count, w->count);
    if (tape->status == PII_OK)
        pii__tape_end(tape, tape->offset);
}

static void start(void *state, pii__encoding encoding)
{
    *(wide *)state = (wide){.encoding = encoding, .unit_size = unit_size_of(encoding), .big = !little(encoding)};
}

static void start_16_little(void *state)
{
    start(state, PII__UTF_16_LITTLE);
}

static void start_16_big(void *state)
{
    start(state, PII__UTF_16_BIG);
}

static void start_32_little(void *state)
{
    start(state, PII__UTF_32_LITTLE);
}

static void start_32_big(void *state)
{
    start(state, PII__UTF_32_BIG);
}

/* ---- Writing ---- */

/* The character at the beginning of a replacement, which is UTF-8; moves on behind it. */
static uint32_t next_character(const char **text)
{
    const uint8_t *at = (const uint8_t *)*text;
    uint8_t more = *at < 0x80 ? 0 : *at < 0xE0 ? 1 : *at < 0xF0 ? 2 : 3;
    uint32_t character = more ? *at & (0x3Fu >> more) : *at;
    for (at++; more && *at; more--, at++)
        character = character << 6 | (*at & 0x3F);
    *text = (const char *)at;
    return character;
}

static pii_status append_unit(pii__encoding encoding, uint32_t unit, pii__buffer *ret)
{
    uint8_t bytes[4];
    return pii__buffer_append(ret, bytes, write_unit(encoding, unit, bytes));
}

static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    pii__encoding encoding = (pii__encoding)kind;
    if (kind == RAW)
        return pii__buffer_append_text(ret, text);
    pii_status status = PII_OK;
    while (*text && status == PII_OK) {
        uint32_t character = next_character(&text);
        bool pair = character >= 0x10000 && unit_size_of(encoding) == 2;
        if (pair)
            status = append_unit(encoding, 0xD800 + ((character - 0x10000) >> 10), ret);
        if (status == PII_OK)
            status = append_unit(encoding, pair ? 0xDC00 + (character & 0x3FF) : character, ret);
    }
    return status;
}

_Static_assert(sizeof(wide) <= PII__FRONT_END_STATE_MAX, "the state of wide documents");

static const pii__front_end utf_16_little = {
    .state_size = sizeof(wide), .start = start_16_little, .feed = feed, .finish = finish, .escape = escape};
static const pii__front_end utf_16_big = {
    .state_size = sizeof(wide), .start = start_16_big, .feed = feed, .finish = finish, .escape = escape};
static const pii__front_end utf_32_little = {
    .state_size = sizeof(wide), .start = start_32_little, .feed = feed, .finish = finish, .escape = escape};
static const pii__front_end utf_32_big = {
    .state_size = sizeof(wide), .start = start_32_big, .feed = feed, .finish = finish, .escape = escape};

const pii__front_end *const pii__wide_readers[] = {&utf_16_little, &utf_16_big, &utf_32_little, &utf_32_big};

/* ---- To see what a document is ---- */

pii_status pii__encoding_decode(pii__encoding encoding, const uint8_t *bytes, size_t size,
                                const pii_allocator *allocator, pii__buffer *ret)
{
    pii__tape *tape = pii__allocate(allocator, sizeof *tape);
    wide w;
    if (!tape)
        return PII_ERROR_MEMORY;
    pii__tape_init(tape, allocator);
    tape->lenient = true;
    start(&w, encoding);
    feed(&w, tape, bytes, size);
    pii_status status = tape->status;
    if (status == PII_OK)
        status = pii__buffer_append(ret, tape->text.bytes ? tape->text.bytes : (const uint8_t *)"", tape->text.size);
    pii__tape_free(tape);
    pii__release(allocator, tape);
    return status;
}
