#include "spelled_words.h"

#include <string.h>

#include "ascii.h"
#include "table.h"

/* The words for a dot that rules/email.yaml has. */
static bool dot_word(const uint8_t *word, size_t size)
{
    static const char words[] = " dot d0t punkt punto punt punct pont ponto point piste kropka nokta tecka tečka "
                                "точка крапка ドット 点 닷 점 ";
    char key[16] = " ";
    if (!size || size + 3 > sizeof key)
        return false;
    for (size_t i = 0; i < size; i++)
        key[i + 1] = (char)pii__lower(word[i]);
    key[size + 1] = ' ';
    return strstr(words, key) != NULL;
}

static size_t word_begin(const uint8_t *text, size_t begin, size_t end)
{
    while (end > begin && pii__is_alnum(text[end - 1]))
        end--;
    return end;
}

static bool letters(const uint8_t *text, size_t begin, size_t end)
{
    size_t at = begin;
    while (at < end && pii__is_letter(text[at]))
        at++;
    return at == end && end - begin >= 2;
}

pii__host_kind pii__spelled_host_read(const uint8_t *text, size_t begin, size_t end, size_t *ret_end)
{
    pii__host_kind kind = PII__HOST_NONE;
    for (size_t last = end; last > begin;) {
        size_t label = word_begin(text, begin, last), before = label;
        bool dot = false;
        while (before > begin && !pii__is_alnum(text[before - 1])) {
            before--;
            dot |= text[before] == '.' || text[before] == ',';
        }
        size_t word = word_begin(text, begin, before);
        dot = dot || dot_word(text + word, before - word);
        size_t size = pii__label_size(text + label, last - label);
        if (dot && pii__top_level_domain(text + label, size)) {
            *ret_end = label + size;
            return PII__HOST_KNOWN;
        }
        if (dot && last == end && letters(text, label, last)) {
            *ret_end = end;
            kind = PII__HOST_UNKNOWN;
        }
        last = before;
    }
    return kind;
}

bool pii__spelled_sentence(const uint8_t *text, size_t begin, size_t end)
{
    size_t last = begin;
    while (last < end && (pii__is_alnum(text[last]) || text[last] == '\''))
        last++;
    if (last + 1 < end && text[last] != ' ' && pii__is_alnum(text[last + 1]))
        return false; /* "look.out at", "me_2 at" */
    return pii__table_has(&pii__table_account_stop_words, text + begin, last - begin);
}

bool pii__spelled_account(const uint8_t *text, size_t begin, size_t end, bool dots)
{
    bool letter = false;
    bool sign = false;
    for (; begin < end && text[begin] != ' ' && text[begin] != '@'; begin++) {
        letter |= pii__is_letter(text[begin]);
        sign |= !pii__is_letter(text[begin]) && text[begin] != '\'' && text[begin] != '-' &&
                (dots || text[begin] != '.');
    }
    return letter && sign;
}

bool pii__spelled_placeholder(const uint8_t *text, size_t begin, size_t end)
{
    for (size_t at = begin; at < end;) {
        size_t first = at;
        while (at < end && (pii__is_upper(text[at]) || text[at] == '_'))
            at++;
        bool open = first > begin && text[first - 1] == '[';
        bool close = at < end && text[at] == ']';
        size_t size = at - first;
        if (size >= 2 && (open || first == begin) && (close || at == end) && (open || close) &&
            !(size == 2 && !memcmp(text + first, "AT", 2)) && !(size == 3 && !memcmp(text + first, "DOT", 3)))
            return true;
        at += at == first;
    }
    return false;
}
