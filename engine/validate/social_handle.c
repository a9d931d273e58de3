#include "ascii.h"
#include "table.h"
#include "validators.h"

enum { handle_min = 3 };

/* "name#1234", "lena_07", "@lena", "LenaPlays": no word of a sentence is written
 * so. */
static bool marked(const uint8_t *text, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!pii__is_letter(text[i]) && text[i] != '-' && text[i] != '\'')
            return true;
        if (i > begin && pii__is_upper(text[i]) && pii__is_lower(text[i - 1]))
            return true;
    }
    return false;
}

static bool all_digits(const uint8_t *text, size_t begin, size_t end)
{
    while (begin < end && pii__is_digit(text[begin]))
        begin++;
    return begin == end;
}

/* Whether the clause is over, or a word comes that joins another: "my insta is
 * lenaplays add me". */
static bool clause_ends(const pii__candidate *candidate, size_t end)
{
    static const char *const joints[] = {"add", "and", "btw", "dm",  "follow", "if",
                                         "lol", "msg", "ok",  "pls", "so",     "u"};
    const uint8_t *text = candidate->text;
    while (end < candidate->size && (text[end] == ' ' || text[end] == '\t'))
        end++;
    if (end == candidate->size || !pii__is_alnum(text[end]))
        return true;
    size_t last = end;
    while (last < candidate->size && pii__is_alnum(text[last]))
        last++;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        size_t at = end;
        const char *letter = joints[i];
        for (; at < last && *letter && pii__lower(text[at]) == (uint8_t)*letter; at++)
            letter++;
        if (at == last && !*letter)
            return true;
    }
    return false;
}

/* The name of an account on a platform. One that looks like a word must not be a
 * word that is said of platforms ("my insta is private"), and must end what is
 * said. */
void pii__validate_social_handle(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t end = candidate->end, begin = candidate->begin;
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-'))
        end--;
    verdict->end = end;
    size_t first = begin < end && text[begin] == '@' ? begin + 1 : begin;
    if (end - first < handle_min || all_digits(text, first, end))
        pii__verdict_refuse(verdict, "too short, or a number");
    else if (marked(text, begin, end))
        verdict->reason = "a name as accounts have it";
    else if (pii__table_has(&pii__table_account_stop_words, text + first, end - first))
        pii__verdict_refuse(verdict, "a word that is said of platforms");
    else if (clause_ends(candidate, end))
        verdict->reason = "what is said ends with it";
    else
        pii__verdict_refuse(verdict, "a word of a sentence that goes on");
}
