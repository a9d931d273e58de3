/* python.c - Python 3.14, and what older ones read alike.
 *
 * Strings and comments are fields. An f-string is a field for each run of text in
 * it, between the replacement fields, which hold code; brackets count only there.
 * How a string is written is one byte, its mode, which the frame of a replacement
 * field keeps until the string goes on. */
#include "code_escape.h"
#include "front_end.h"

typedef enum python_state {
    START, /* a byte order mark may come */
    CODE,
    OPENING, /* after the first quotes of a string */
    TEXT,
    ESCAPE,
    CLOSING,     /* after quotes that may end a string of three */
    OPEN_BRACE,  /* after { in an f-string */
    CLOSE_BRACE, /* after } there */
    RAW
} python_state;

/* The token before, in the same line. */
typedef enum last_token { NOTHING, WORD, STRING } last_token;

/* The mode of a string. */
enum {
    DOUBLE = 1 << 0, /* " and not ' */
    TRIPLE = 1 << 1,
    UNESCAPED = 1 << 2, /* r */
    BYTES = 1 << 3,     /* b */
    FORMATTED = 1 << 4, /* f, t */
    FORMAT_SPEC = 1 << 5 /* in {value:spec} */
};

/* Kinds of fields beside the modes of strings, and of frames. */
enum { COMMENT = 0x40, RAW_TEXT = 0x41, BRACKET = 0x80 };

typedef struct python {
    python_state state;
    last_token last;
    bool suspect; /* the word at hand comes after a string or another word */
    uint8_t kind; /* of the field at hand: a mode, or one of the above */
    uint8_t held; /* quotes, or bytes of a mark, that have been read */
    uint32_t strings; /* replacement fields that are open */
    uint64_t word_end; /* source offset after the last word */
    pii__code_name name;
    pii__escape escape;
} python;

static const char unfinished_field[] = "a replacement field that does not end in its string";

static const pii__escape_dialect string_dialect = {
    .flags = PII__ESCAPE_UNICODE | PII__ESCAPE_LONG | PII__ESCAPE_OCTAL | PII__ESCAPE_KEEP,
    .letters = "abfnrtv",
    .characters = "\a\b\f\n\r\t\v",
    .kept = " !#$%&()*+,-./89:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`cdeghijklmopqsuwyz{|}~",
};

static const pii__escape_dialect bytes_dialect = {
    .flags = PII__ESCAPE_OCTAL | PII__ESCAPE_KEEP,
    .letters = "abfnrtv",
    .characters = "\a\b\f\n\r\t\v",
    .kept = " !#$%&()*+,-./89:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`cdeghijklmopqsuwyz{|}~",
};

static const pii__escape_dialect raw_dialect = {.flags = PII__ESCAPE_NONE | PII__ESCAPE_KEEP};

static const pii__escape_dialect *dialect_of(const python *p)
{
    return p->kind & UNESCAPED ? &raw_dialect : p->kind & BYTES ? &bytes_dialect : &string_dialect;
}

static uint8_t quote_of(const python *p)
{
    return p->kind & DOUBLE ? '"' : '\'';
}

static void fault(python *p, pii__code_input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, pii__code_offset(in), text)) {
        in->at = in->end;
        return;
    }
    if (in->tape->open)
        pii__tape_change_kind(in->tape, RAW_TEXT);
    else
        pii__tape_begin(in->tape, RAW_TEXT, pii__code_offset(in));
    p->state = RAW;
}

/* ---- Strings ---- */

/* A field begins at the byte at hand. */
static void begin_text(python *p, pii__code_input *in, uint8_t kind)
{
    p->state = TEXT;
    p->kind = kind;
    if (kind != COMMENT)
        pii__code_name_speak(&p->name, in->tape, pii__code_offset(in));
    pii__tape_begin(in->tape, kind, pii__code_offset(in));
}

/* Bytes that were held back are text after all. */
static void put_held(python *p, pii__tape *tape)
{
    static const uint8_t doubles[] = {'"', '"'}, singles[] = {'\'', '\''};
    pii__tape_bytes(tape, p->kind & DOUBLE ? doubles : singles, p->held);
}

/* What the letters before a quote say; -1: they are no prefix. */
static int mode_of(const python *p, uint64_t at)
{
    int mode = 0;
    if (p->last != WORD || p->word_end != at || p->name.word_size > 2)
        return -1;
    for (size_t i = 0; i < p->name.word_size; i++) {
        switch (p->name.word[i] | 0x20) {
        case 'r': mode |= UNESCAPED; break;
        case 'b': mode |= BYTES; break;
        case 'f':
        case 't': mode |= FORMATTED; break;
        case 'u': break;
        default: return -1;
        }
    }
    return mode;
}

/* The first quote is at hand. A prefix is no name. */
static void begin_string(python *p, pii__code_input *in)
{
    int mode = mode_of(p, pii__code_offset(in));
    p->kind = (uint8_t)((mode > 0 ? mode : 0) | (*in->at == '"' ? DOUBLE : 0));
    p->suspect = false;
    p->last = STRING;
    p->held = 1;
    p->state = OPENING;
    in->at++;
}

static void take_opening(python *p, pii__code_input *in)
{
    if (*in->at != quote_of(p)) {
        if (p->held == 1)
            begin_text(p, in, p->kind);
        else
            p->state = CODE; /* an empty string */
        return;
    }
    in->at++;
    if (++p->held == 3)
        begin_text(p, in, p->kind | TRIPLE);
}

/* The string ends before the last `quotes` bytes. */
static void end_string(python *p, pii__code_input *in, size_t quotes)
{
    pii__tape_end(in->tape, pii__code_offset(in) - quotes);
    p->state = CODE;
    p->last = STRING;
}

static void take_closing(python *p, pii__code_input *in)
{
    if (*in->at != quote_of(p)) {
        put_held(p, in->tape);
        p->state = TEXT;
        return;
    }
    if (p->held == 2 && p->kind & FORMAT_SPEC) {
        put_held(p, in->tape);
        fault(p, in, unfinished_field);
        return;
    }
    in->at++;
    if (++p->held == 3)
        end_string(p, in, 3);
}

static void take_quote(python *p, pii__code_input *in)
{
    if (p->kind & FORMAT_SPEC && !(p->kind & TRIPLE)) {
        fault(p, in, unfinished_field);
        return;
    }
    in->at++;
    if (!(p->kind & TRIPLE)) {
        end_string(p, in, 1);
        return;
    }
    p->state = CLOSING;
    p->held = 1;
}

/* ---- Replacement fields ---- */

/* { at hand or before it begins one, and `mode` says how the text around goes on. */
static void begin_code(python *p, pii__code_input *in)
{
    p->last = NOTHING;
    pii__tape_enter(in->tape, p->kind, false, pii__code_offset(in));
    p->strings++;
    p->state = CODE;
    pii__code_name_forget(&p->name);
}

/* The field is left, and the text around it goes on at the byte at hand. */
static void leave_code(python *p, pii__code_input *in)
{
    uint8_t mode = pii__tape_top(in->tape)->kind;
    pii__tape_leave(in->tape);
    p->strings--;
    pii__code_name_forget(&p->name);
    begin_text(p, in, mode);
}

static void take_open_brace(python *p, pii__code_input *in)
{
    if (*in->at == '{') {
        in->at++;
        pii__tape_decoded(in->tape, (const uint8_t *)"{", 1, pii__code_offset(in) - 2, 2);
        p->state = TEXT;
        return;
    }
    pii__tape_end(in->tape, pii__code_offset(in) - 1);
    begin_code(p, in);
}

static void take_close_brace(python *p, pii__code_input *in)
{
    p->state = TEXT;
    if (*in->at != '}') {
        pii__tape_bytes(in->tape, (const uint8_t *)"}", 1);
        return;
    }
    in->at++;
    pii__tape_decoded(in->tape, (const uint8_t *)"}", 1, pii__code_offset(in) - 2, 2);
}

/* In the text of an f-string. */
static void take_brace(python *p, pii__code_input *in)
{
    bool opens = *in->at == '{';
    if (!(p->kind & FORMAT_SPEC)) {
        p->state = opens ? OPEN_BRACE : CLOSE_BRACE;
        in->at++;
        return;
    }
    pii__tape_end(in->tape, pii__code_offset(in));
    in->at++;
    if (opens)
        begin_code(p, in);
    else
        leave_code(p, in);
}

/* ---- Text ---- */

static void run_of_text(python *p, pii__code_input *in)
{
    static const pii__code_stops comment = {"\n\n\n\n"};
    pii__code_stops stops = {{quote_of(p), '\\', '\\', '\\'}};
    if (p->kind & FORMATTED) {
        stops.bytes[2] = '{';
        stops.bytes[3] = '}';
    }
    const uint8_t *from = in->at;
    pii__code_run(in, p->kind == COMMENT ? &comment : &stops);
    if (p->kind != COMMENT)
        pii__code_word_add(&p->name, from, (size_t)(in->at - from));
}

static void take_text(python *p, pii__code_input *in)
{
    run_of_text(p, in);
    if (in->at == in->end)
        return;
    uint8_t byte = *in->at;
    bool comment = p->kind == COMMENT, line_end = byte == '\n' || byte == '\r';
    if (comment && line_end) {
        pii__tape_end(in->tape, pii__code_offset(in));
        p->state = CODE;
    } else if (!comment && byte == quote_of(p)) {
        take_quote(p, in);
    } else if (!comment && byte == '\\') {
        pii__code_word_refuse(&p->name);
        pii__escape_begin(&p->escape, in);
        p->state = ESCAPE;
    } else if (!comment && line_end && !(p->kind & TRIPLE)) {
        fault(p, in, "a string that does not end in its line");
    } else if (!comment && p->kind & FORMATTED && (byte == '{' || byte == '}')) {
        take_brace(p, in);
    } else {
        pii__code_byte(in);
    }
}

static void take_escape(python *p, pii__code_input *in)
{
    if (pii__escape_take(&p->escape, dialect_of(p), in))
        p->state = TEXT;
}

/* ---- Code ---- */

enum { BAD, BLANK, LINE, WORD_BYTE, OTHER, BRACKETS };

#define EIGHT(c) c, c, c, c, c, c, c, c
#define LETTERS EIGHT(WORD_BYTE), EIGHT(WORD_BYTE), EIGHT(WORD_BYTE), WORD_BYTE, WORD_BYTE
#define WIDE EIGHT(WORD_BYTE), EIGHT(WORD_BYTE)

/* What stands for itself is told by the byte. */
static const uint8_t classes[256] = {
    /* 00 */ EIGHT(BAD), BAD, BLANK, LINE, BAD, BLANK, LINE, BAD, BAD,
    /* 10 */ EIGHT(BAD), EIGHT(BAD),
    /* 20 */ BLANK, OTHER, '"', '#', BAD, OTHER, OTHER, '"',
    /* 28 */ BRACKETS, BRACKETS, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER,
    /* 30 */ EIGHT(WORD_BYTE), WORD_BYTE, WORD_BYTE, ':', OTHER, OTHER, '=', OTHER, BAD,
    /* 40 */ OTHER, LETTERS, BRACKETS, OTHER, BRACKETS, OTHER, WORD_BYTE,
    /* 60 */ BAD, LETTERS, BRACKETS, OTHER, BRACKETS, OTHER, BAD,
    /* 80 */ WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE,
};

/* Whether a number comes where none can. */
static bool is_astray(const python *p, uint8_t byte)
{
    static const char before[] =
        " return if elif while in and or not is yield assert else lambda for from import print exec raise del with "
        "case match await as ";
    bool digit = byte >= '0' && byte <= '9';
    return digit && (p->last == STRING || (p->last == WORD && !pii__code_word_is(&p->name, before)));
}

/* Whether a word that begins now must be one of those below. */
static bool is_suspect(const python *p)
{
    static const char before[] =
        " and as assert async await break case class continue def del elif else except exec finally for from global "
        "if import in is lambda match nonlocal not or pass print raise return try type while with yield ";
    return p->last == STRING || (p->last == WORD && !pii__code_word_is(&p->name, before));
}

/* The word after a string, or another word, is complete; a prefix of the next string is good. */
static void check_suspect(python *p, pii__code_input *in, bool quote)
{
    p->suspect = false;
    if (!(quote && mode_of(p, pii__code_offset(in)) >= 0) &&
        !pii__code_word_is(&p->name, " if else for and or in is not as async import from "))
        fault(p, in, "a word after a word or string");
}

static void take_word(python *p, pii__code_input *in)
{
    const uint8_t *at = in->at;
    bool more = p->last == WORD && p->word_end == pii__code_offset(in);
    if (!more && is_astray(p, *at)) {
        fault(p, in, "a number after a word or string");
        return;
    }
    if (!more) {
        p->suspect = is_suspect(p);
        p->last = WORD;
        pii__code_word_begin(&p->name);
    }
    while (at < in->end && classes[*at] == WORD_BYTE)
        at++;
    size_t size = (size_t)(at - in->at);
    if (more || !pii__code_word_whole(&p->name, in->at, size, in->end))
        pii__code_word_add(&p->name, in->at, size);
    in->at = at;
    p->word_end = pii__code_offset(in);
}

/* Brackets of a replacement field: what stands in them is no part of it. */
static void take_bracket(python *p, pii__code_input *in)
{
    p->last = NOTHING;
    const pii__frame *top = pii__tape_top(in->tape);
    uint8_t byte = *in->at++;
    pii__code_name_forget(&p->name);
    if (!p->strings)
        return;
    if (byte == '(' || byte == '[' || byte == '{')
        pii__tape_enter(in->tape, BRACKET, false, pii__code_offset(in));
    else if (top->kind == BRACKET)
        pii__tape_leave(in->tape);
    else if (byte == '}')
        leave_code(p, in);
}

/* It gives a value to a name, or divides a replacement field from how it is written. */
static void take_colon(python *p, pii__code_input *in)
{
    const pii__frame *top = p->strings ? pii__tape_top(in->tape) : NULL;
    in->at++;
    p->last = NOTHING;
    if (top && top->kind != BRACKET)
        begin_text(p, in, top->kind | FORMAT_SPEC);
    else
        pii__code_name_give(&p->name);
}

static void take_token(python *p, pii__code_input *in)
{
    switch (classes[*in->at]) {
    case BLANK: in->at++; break;
    case LINE:
        in->at++;
        p->last = NOTHING;
        pii__code_name_forget(&p->name);
        break;
    case WORD_BYTE: take_word(p, in); break;
    case '"': begin_string(p, in); break;
    case '#':
        in->at++;
        begin_text(p, in, COMMENT);
        break;
    case BRACKETS: take_bracket(p, in); break;
    case ':': take_colon(p, in); break;
    case '=':
        in->at++;
        p->last = NOTHING;
        pii__code_name_give(&p->name);
        break;
    case BAD: fault(p, in, "a byte that is in no program"); break;
    default:
        in->at++;
        p->last = NOTHING;
        pii__code_name_forget(&p->name);
    }
}

static void take_code(python *p, pii__code_input *in)
{
    while (in->at < in->end && p->state == CODE)
        if (p->suspect && classes[*in->at] != WORD_BYTE)
            check_suspect(p, in, classes[*in->at] == '"');
        else
            take_token(p, in);
}

/* EF BB BF may stand before all else. */
static void take_start(python *p, pii__code_input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (p->held < sizeof mark && *in->at == mark[p->held]) {
        p->held++;
        in->at++;
    } else {
        p->state = CODE;
    }
}

/* ---- The front-end ---- */

static void take(python *p, pii__code_input *in)
{
    switch (p->state) {
    case START: take_start(p, in); break;
    case CODE: take_code(p, in); break;
    case OPENING: take_opening(p, in); break;
    case TEXT: take_text(p, in); break;
    case ESCAPE: take_escape(p, in); break;
    case CLOSING: take_closing(p, in); break;
    case OPEN_BRACE: take_open_brace(p, in); break;
    case CLOSE_BRACE: take_close_brace(p, in); break;
    case RAW: pii__code_rest(in); break;
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__code_input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK)
        take(state, &in);
}

static void cut_off(python *p, pii__tape *tape)
{
    switch (p->state) {
    case ESCAPE: pii__escape_cut_off(&p->escape, dialect_of(p), tape); break;
    case CLOSING: put_held(p, tape); break;
    case OPEN_BRACE: pii__tape_bytes(tape, (const uint8_t *)"{", 1); break;
    case CLOSE_BRACE: pii__tape_bytes(tape, (const uint8_t *)"}", 1); break;
    default: break;
    }
}

static void finish(void *state, pii__tape *tape)
{
    python *p = state;
    if (p->suspect) {
        pii__code_input in = {.tape = tape};
        check_suspect(p, &in, false);
    }
    bool comment = p->state == TEXT && p->kind == COMMENT;
    bool opening = p->state == OPENING && p->held == 1;
    if (tape->open)
        cut_off(p, tape);
    if (p->state != RAW && ((tape->open && !comment) || opening || p->strings))
        (void)pii__tape_fault(tape, tape->offset, "the document ends in a string");
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(python *)state = (python){.state = START};
}

/* Where no escape is possible, what would need one is left out; in an f-string braces stand twice. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    if (kind == COMMENT || kind == RAW_TEXT)
        return pii__code_escape_text(text, "", '\0', ret);
    if (kind & UNESCAPED || kind & FORMATTED)
        return pii__code_escape_text(text, "\"'\\{}", '\0', ret);
    return pii__code_escape_text(text, "\"'\\", '\\', ret);
}

_Static_assert(sizeof(python) <= PII__FRONT_END_STATE_MAX, "the state of Python");

const pii__front_end pii__python = {sizeof(python), start, feed, finish, escape, NULL};
