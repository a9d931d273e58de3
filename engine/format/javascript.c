/* javascript.c - JavaScript (ECMAScript 2024) with JSX, and TypeScript.
 *
 * Literals and comments are fields. To find them it is enough to know tokens; only
 * a slash, which divides or begins a regular expression, and <, which compares or
 * begins an element, depend on what stands before. */
#include "javascript.h"

/* ---- Bytes of code ---- */

enum { BAD, BLANK, LINE, WORD_BYTE, SIGN, OPERATOR };

#define EIGHT(c) c, c, c, c, c, c, c, c
#define LETTERS EIGHT(WORD_BYTE), EIGHT(WORD_BYTE), EIGHT(WORD_BYTE), WORD_BYTE, WORD_BYTE
#define WIDE EIGHT(WORD_BYTE), EIGHT(WORD_BYTE)

/* What stands for itself is told by the byte. C0, C1, F5 to FF are in no text that is UTF-8. */
static const uint8_t classes[256] = {
    /* 00 */ EIGHT(BAD), BAD, BLANK, LINE, BLANK, BLANK, LINE, BAD, BAD,
    /* 10 */ EIGHT(BAD), EIGHT(BAD),
    /* 20 */ BLANK, '!', '"', OPERATOR, WORD_BYTE, OPERATOR, OPERATOR, '\'',
    /* 28 */ '(', ')', OPERATOR, SIGN, OPERATOR, SIGN, OPERATOR, '/',
    /* 30 */ EIGHT(WORD_BYTE), WORD_BYTE, WORD_BYTE, '=', OPERATOR, '<', '=', OPERATOR, OPERATOR,
    /* 40 */ '@', LETTERS, OPERATOR, WORD_BYTE, ']', OPERATOR, WORD_BYTE,
    /* 60 */ '`', LETTERS, '{', OPERATOR, '}', OPERATOR, BAD,
    /* 80 */ WIDE, WIDE, WIDE, WIDE,
    /* C0 */ BAD, BAD, WORD_BYTE, WORD_BYTE, WORD_BYTE, WORD_BYTE, WORD_BYTE, WORD_BYTE, EIGHT(WORD_BYTE), WIDE, WIDE,
    /* F0 */ WORD_BYTE, WORD_BYTE, WORD_BYTE, WORD_BYTE, WORD_BYTE, BAD, BAD, BAD, EIGHT(BAD),
};

void pii__js_fault(pii__js *j, pii__code_input *in, const char *fault)
{
    if (!pii__tape_fault(in->tape, pii__code_offset(in), fault)) {
        in->at = in->end;
        return;
    }
    pii__escape_flush(&j->escape, in->tape);
    if (in->tape->open)
        pii__tape_change_kind(in->tape, PII__JS_RAW_TEXT);
    else
        pii__tape_begin(in->tape, PII__JS_RAW_TEXT, pii__code_offset(in));
    j->state = PII__JS_RAW;
}

/* ---- Tokens before ---- */

void pii__js_token(pii__js *j, pii__js_last last)
{
    j->state = PII__JS_CODE;
    j->last = last;
    j->line_start = j->string = false;
}

static bool word_is(const pii__js *j, const char *list)
{
    return j->last == PII__JS_WORD && !j->property && pii__code_word_is(&j->name, list);
}

bool pii__js_operand_next(const pii__js *j)
{
    switch (j->last) {
    case PII__JS_OPERATOR: return j->operator != '.' || j->before == '.'; /* 1./2, but ...[] */
    case PII__JS_STATEMENT_END: return true;
    case PII__JS_VALUE: return false;
    case PII__JS_WORD: break;
    }
    return word_is(j, " return typeof instanceof in of new delete void throw case do else yield await default ");
}

static uint8_t top_of(const pii__code_input *in)
{
    const pii__frame *top = pii__tape_top(in->tape);
    return top ? top->kind : PII__JS_BLOCK;
}

/* = and : may give the word or string before them a value. */
static void take_giver(pii__js *j, pii__code_input *in)
{
    pii__code_name_give(&j->name);
    j->before = j->last == PII__JS_OPERATOR ? j->operator : 0;
    j->operator = *in->at++;
    pii__js_token(j, PII__JS_OPERATOR);
}

static void take_operator(pii__js *j, pii__code_input *in)
{
    pii__code_name_forget(&j->name);
    take_giver(j, in);
}

/* ---- Brackets ---- */

void pii__js_enter(pii__js *j, pii__code_input *in, uint8_t bracket)
{
    j->literals += bracket >= PII__JS_SUBSTITUTION;
    pii__tape_enter(in->tape, bracket, false, pii__code_offset(in));
    pii__js_token(j, PII__JS_OPERATOR);
    j->operator = '{';
    pii__code_name_forget(&j->name);
}

void pii__js_leave(pii__js *j, pii__code_input *in)
{
    j->literals -= top_of(in) >= PII__JS_SUBSTITUTION;
    pii__tape_leave(in->tape);
}

static void take_open_paren(pii__js *j, pii__code_input *in)
{
    bool head = word_is(j, " if while for with ");
    pii__js_enter(j, in, head ? PII__JS_HEAD : PII__JS_PAREN);
    j->operator = *in->at++;
}

static void take_close_paren(pii__js *j, pii__code_input *in)
{
    uint8_t top = top_of(in);
    if (pii__tape_top(in->tape) && top <= PII__JS_HEAD)
        pii__js_leave(j, in);
    in->at++;
    pii__js_token(j, top == PII__JS_HEAD ? PII__JS_STATEMENT_END : PII__JS_VALUE);
    pii__code_name_forget(&j->name);
}

/* An object where an operand comes next, but for bodies of arrow functions, blocks, and what
 * follows a label or case. */
static bool opens_object(const pii__js *j, const pii__code_input *in)
{
    if (j->last == PII__JS_WORD)
        return pii__js_operand_next(j) && !word_is(j, " do else ");
    if (j->last != PII__JS_OPERATOR || !j->operator || j->operator == ';' || j->operator == '{')
        return false;
    if (j->operator == '>')
        return j->before != '=';
    return j->operator != ':' || top_of(in) != PII__JS_BLOCK;
}

static void take_open_brace(pii__js *j, pii__code_input *in)
{
    bool object = opens_object(j, in);
    pii__js_enter(j, in, object ? PII__JS_OBJECT : PII__JS_BLOCK);
    j->operator = object ? ',' : '{';
    in->at++;
}

/* Parentheses that are still open are so by mistake. */
static void take_close_brace(pii__js *j, pii__code_input *in)
{
    in->at++;
    while (pii__tape_top(in->tape) && top_of(in) <= PII__JS_HEAD)
        pii__js_leave(j, in);
    uint8_t top = top_of(in);
    if (pii__tape_top(in->tape))
        pii__js_leave(j, in);
    pii__code_name_forget(&j->name);
    if (top == PII__JS_SUBSTITUTION)
        pii__js_begin(j, in, PII__JS_TEMPLATE);
    else if (top == PII__JS_EXPRESSION)
        pii__js_go_on_in_element(j, in);
    else
        pii__js_token(j, top == PII__JS_OBJECT ? PII__JS_VALUE : PII__JS_STATEMENT_END);
}

/* ---- Tokens ---- */

/* Whether a number comes where none can. */
static bool is_astray(const pii__js *j, uint8_t byte)
{
    bool digit = byte >= '0' && byte <= '9';
    return digit && !j->line_start &&
           (j->string || (j->last == PII__JS_WORD && !pii__js_operand_next(j) &&
                          !word_is(j, " extends is as static get set async ")));
}

/* Whether a word that begins now must be one of those below. */
static bool is_suspect(const pii__js *j)
{
    static const char before[] =
        " var let const function class extends implements import export from as async static get set if while for with "
        "break continue try finally enum interface type namespace module declare abstract public private protected "
        "readonly override keyof infer is asserts satisfies unique using accessor out const global assert this "
        "undefined any unknown never string number boolean symbol object bigint null true false ";
    if (j->line_start)
        return false;
    return j->string || (j->last == PII__JS_WORD && !pii__js_operand_next(j) && !word_is(j, before));
}

/* The word after a string, or another word, is complete. */
static void check_suspect(pii__js *j, pii__code_input *in)
{
    j->suspect = false;
    if (!word_is(j, " in instanceof of as is satisfies with assert extends implements from keyof infer "))
        pii__js_fault(j, in, "a word after a word or string");
}

static void take_word(pii__js *j, pii__code_input *in)
{
    const uint8_t *at = in->at;
    bool more = j->last == PII__JS_WORD && j->word_end == pii__code_offset(in);
    if (!more && is_astray(j, *at)) {
        pii__js_fault(j, in, "a number after a word or string");
        return;
    }
    if (!more) {
        j->suspect = is_suspect(j);
        j->property = j->last == PII__JS_OPERATOR && j->operator == '.' && j->before != '.';
        pii__code_word_begin(&j->name);
        pii__js_token(j, PII__JS_WORD);
    }
    while (at < in->end && classes[*at] == WORD_BYTE)
        at++;
    size_t size = (size_t)(at - in->at);
    if (more || !pii__code_word_whole(&j->name, in->at, size, in->end))
        pii__code_word_add(&j->name, in->at, size);
    in->at = at;
    j->word_end = pii__code_offset(in);
}

static void take_blanks(pii__js *j, pii__code_input *in)
{
    for (; in->at < in->end && classes[*in->at] <= LINE && classes[*in->at] != BAD; in->at++)
        j->line_start |= classes[*in->at] == LINE;
}

/* The mark of types in a!.b leaves a value as it was. */
static void take_exclamation(pii__js *j, pii__code_input *in)
{
    if (pii__js_operand_next(j))
        take_operator(j, in);
    else
        in->at++;
}

/* kid@example is no program, but a text that was taken for one. */
static void take_at(pii__js *j, pii__code_input *in)
{
    if (j->last == PII__JS_WORD && j->word_end == pii__code_offset(in))
        pii__js_fault(j, in, "an @ in a name");
    else
        take_operator(j, in);
}

static void begin_literal(pii__js *j, pii__code_input *in, uint8_t kind)
{
    in->at++;
    pii__js_begin(j, in, kind);
}

static void hold(pii__js *j, pii__code_input *in, pii__js_state state)
{
    j->state = state;
    j->held = *in->at++;
}

static void take_code(pii__js *j, pii__code_input *in)
{
    uint8_t class = classes[*in->at];
    switch (class) {
    case BLANK:
    case LINE: take_blanks(j, in); break;
    case WORD_BYTE: take_word(j, in); break;
    case SIGN: hold(j, in, PII__JS_SIGN); break;
    case '/': hold(j, in, PII__JS_SLASH); break;
    case '"': begin_literal(j, in, PII__JS_DOUBLE); break;
    case '\'': begin_literal(j, in, PII__JS_SINGLE); break;
    case '`': begin_literal(j, in, PII__JS_TEMPLATE); break;
    case '<':
        hold(j, in, PII__JS_LESS);
        j->held = 1;
        break;
    case '(': take_open_paren(j, in); break;
    case ')': take_close_paren(j, in); break;
    case '{': take_open_brace(j, in); break;
    case '}': take_close_brace(j, in); break;
    case ']':
        take_operator(j, in);
        j->last = PII__JS_VALUE;
        break;
    case '=': take_giver(j, in); break;
    case '!': take_exclamation(j, in); break;
    case '@': take_at(j, in); break;
    case BAD: pii__js_fault(j, in, "a byte that is in no program"); break;
    default: take_operator(j, in);
    }
}

static void take_tokens(pii__js *j, pii__code_input *in)
{
    while (in->at < in->end && j->state == PII__JS_CODE)
        if (j->suspect && classes[*in->at] != WORD_BYTE)
            check_suspect(j, in);
        else
            take_code(j, in);
}

/* ---- After the first byte of a token ---- */

static void take_after_slash(pii__js *j, pii__code_input *in)
{
    if (*in->at == '/')
        begin_literal(j, in, PII__JS_LINE_COMMENT);
    else if (*in->at == '*')
        begin_literal(j, in, PII__JS_BLOCK_COMMENT);
    else if (pii__js_operand_next(j))
        pii__js_begin(j, in, PII__JS_REGEX);
    else
        pii__js_token(j, PII__JS_OPERATOR);
    if (j->state == PII__JS_CODE)
        j->operator = '/';
}

/* ++ and -- come after an operand in the same line, or before one. */
static void take_after_sign(pii__js *j, pii__code_input *in)
{
    bool before = j->line_start || pii__js_operand_next(j);
    bool arrow = j->line_start && j->held == '-';
    bool twice = *in->at == j->held;
    pii__code_name_forget(&j->name);
    pii__js_token(j, twice && !before ? PII__JS_VALUE : PII__JS_OPERATOR);
    j->operator = j->held;
    if (!twice)
        return;
    in->at++;
    if (arrow)
        j->state = PII__JS_ARROW;
}

/* --> where a line begins is a comment. */
static void take_after_arrow(pii__js *j, pii__code_input *in)
{
    if (*in->at == '>')
        begin_literal(j, in, PII__JS_LINE_COMMENT);
    else
        j->state = PII__JS_CODE;
}

/* <!-- is a comment; < may begin an element. */
static void take_after_less(pii__js *j, pii__code_input *in)
{
    static const char comment[] = "<!--";
    if (*in->at == (uint8_t)comment[j->held]) {
        j->held++;
        if (!comment[j->held])
            begin_literal(j, in, PII__JS_LINE_COMMENT);
        else
            in->at++;
        return;
    }
    uint8_t low = *in->at | 0x20;
    bool opens = (low >= 'a' && low <= 'z') || *in->at == '_' || *in->at == '$' || *in->at == '>';
    bool may = j->jsx && j->last != PII__JS_STATEMENT_END && pii__js_operand_next(j);
    if (j->held == 1 && opens && may) {
        pii__js_begin_element(j, in);
        return;
    }
    pii__code_name_forget(&j->name);
    pii__js_token(j, PII__JS_OPERATOR);
    j->operator = '<';
}

/* Before all else: EF BB BF, and #! with a line of text. */
static void take_start(pii__js *j, pii__code_input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (j->held < sizeof mark && *in->at == mark[j->held]) {
        j->held++;
        in->at++;
    } else if (*in->at == '#') {
        hold(j, in, PII__JS_HASH);
    } else {
        j->state = PII__JS_CODE;
    }
}

static void take_after_hash(pii__js *j, pii__code_input *in)
{
    if (*in->at == '!')
        begin_literal(j, in, PII__JS_LINE_COMMENT);
    else
        pii__js_token(j, PII__JS_OPERATOR);
}

/* ---- The front-end ---- */

static void take(pii__js *j, pii__code_input *in)
{
    switch (j->state) {
    case PII__JS_START: take_start(j, in); break;
    case PII__JS_CODE: take_tokens(j, in); break;
    case PII__JS_HASH: take_after_hash(j, in); break;
    case PII__JS_SLASH: take_after_slash(j, in); break;
    case PII__JS_SIGN: take_after_sign(j, in); break;
    case PII__JS_ARROW: take_after_arrow(j, in); break;
    case PII__JS_LESS: take_after_less(j, in); break;
    case PII__JS_TEXT: pii__js_take_text(j, in); break;
    case PII__JS_ESCAPE: pii__js_take_escape(j, in); break;
    case PII__JS_DOLLAR: pii__js_take_dollar(j, in); break;
    case PII__JS_STAR: pii__js_take_star(j, in); break;
    case PII__JS_SEPARATOR: pii__js_take_separator(j, in); break;
    case PII__JS_TAG: pii__js_take_tag(j, in); break;
    case PII__JS_TAG_SLASH: pii__js_take_tag_slash(j, in); break;
    case PII__JS_CHILD: pii__js_take_child(j, in); break;
    case PII__JS_CLOSING: pii__js_take_closing(j, in); break;
    case PII__JS_RAW: pii__code_rest(in); break;
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__code_input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK)
        take(state, &in);
}

static bool in_line_comment(const pii__js *j)
{
    return (j->state == PII__JS_TEXT || j->state == PII__JS_SEPARATOR) && j->kind == PII__JS_LINE_COMMENT;
}

static void finish(void *state, pii__tape *tape)
{
    pii__js *j = state;
    if (tape->open)
        pii__js_cut_off(j, tape);
    if (j->suspect) {
        pii__code_input in = {.tape = tape};
        check_suspect(j, &in);
    }
    bool open = (tape->open && !in_line_comment(j)) || j->literals;
    if (open && j->state != PII__JS_RAW)
        (void)pii__tape_fault(tape, tape->offset, "the document ends in a string, comment or element");
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(pii__js *)state = (pii__js){.jsx = true, .line_start = true};
}

static void start_without_elements(void *state)
{
    *(pii__js *)state = (pii__js){.line_start = true};
}

_Static_assert(sizeof(pii__js) <= PII__FRONT_END_STATE_MAX, "the state of JavaScript");

const pii__front_end pii__javascript = {sizeof(pii__js), start, feed, finish, pii__js_escape, NULL};
const pii__front_end pii__typescript = {sizeof(pii__js), start_without_elements, feed, finish, pii__js_escape, NULL};
