/* javascript_jsx.c - elements in a program: <p title="...">text {code} <b/></p>
 *
 * Where an operand comes next, < and a letter, or <>, begin one. Its tags hold
 * strings without escapes, and text stands between them. */
#include "javascript.h"

static void enter(pii__js *j, pii__code_input *in, uint8_t bracket)
{
    j->literals++;
    pii__tape_enter(in->tape, bracket, false, pii__code_offset(in));
}

static uint8_t top_of(const pii__code_input *in)
{
    const pii__frame *top = pii__tape_top(in->tape);
    return top ? top->kind : PII__JS_PAREN;
}

void pii__js_begin_element(pii__js *j, pii__code_input *in)
{
    enter(j, in, PII__JS_OPEN_TAG);
    pii__code_name_forget(&j->name);
    j->angles = 0;
    j->operator = '<';
    j->state = PII__JS_TAG;
}

void pii__js_go_on_in_element(pii__js *j, pii__code_input *in)
{
    uint8_t top = top_of(in);
    if (top == PII__JS_ELEMENT)
        pii__js_begin(j, in, PII__JS_ELEMENT_TEXT);
    else if (top == PII__JS_OPEN_TAG)
        j->state = PII__JS_TAG;
    else
        pii__js_token(j, PII__JS_VALUE);
}

static bool word_byte(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    return (low >= 'a' && low <= 'z') || byte == '_' || byte == '$' || byte >= 0x80;
}

/* <T,> and <T extends U> are parameters of a type. */
static bool is_type(const pii__js *j, uint8_t byte)
{
    static const char word[] = "extends";
    bool extends = j->name.word_size == sizeof word - 1 && memcmp(j->name.word, word, sizeof word - 1) == 0;
    return byte == ',' || (extends && !word_byte(byte));
}

static void take_tag_end(pii__js *j, pii__code_input *in)
{
    if (j->angles) {
        j->angles--;
        return;
    }
    pii__js_leave(j, in);
    enter(j, in, PII__JS_ELEMENT);
    pii__js_begin(j, in, PII__JS_ELEMENT_TEXT);
}

/* Between < and >, but not in a string. */
void pii__js_take_tag(pii__js *j, pii__code_input *in)
{
    uint8_t byte = *in->at;
    if (is_type(j, byte)) {
        pii__js_leave(j, in);
        pii__js_token(j, PII__JS_OPERATOR);
        return;
    }
    if (word_byte(byte))
        pii__code_word_add(&j->name, in->at, 1);
    else
        pii__code_name_forget(&j->name);
    uint8_t before = j->operator;
    if (byte > ' ')
        j->operator = byte;
    in->at++;
    switch (byte) {
    case '"': pii__js_begin(j, in, PII__JS_ATTRIBUTE_DOUBLE); break;
    case '\'': pii__js_begin(j, in, PII__JS_ATTRIBUTE_SINGLE); break;
    case '{': pii__js_enter(j, in, PII__JS_EXPRESSION); break;
    case '/': j->state = PII__JS_TAG_SLASH; break;
    case '<':
        if (before == '=')
            pii__js_begin_element(j, in);
        else
            j->angles++;
        break;
    case '>': take_tag_end(j, in); break;
    default: break;
    }
}

/* <br/> has no content. */
void pii__js_take_tag_slash(pii__js *j, pii__code_input *in)
{
    j->state = PII__JS_TAG;
    if (*in->at != '>')
        return;
    in->at++;
    pii__js_leave(j, in);
    pii__js_go_on_in_element(j, in);
}

void pii__js_take_child(pii__js *j, pii__code_input *in)
{
    if (*in->at != '/') {
        pii__js_begin_element(j, in);
        return;
    }
    in->at++;
    j->state = PII__JS_CLOSING;
}

/* Up to the > of </p>. */
void pii__js_take_closing(pii__js *j, pii__code_input *in)
{
    if (*in->at++ != '>')
        return;
    pii__js_leave(j, in);
    pii__js_go_on_in_element(j, in);
}
