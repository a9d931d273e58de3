#include "ascii.h"
#include "table.h"
#include "validators.h"

/* "kid at example dot org": the first word must be a possible account name, not
 * a word of a sentence ("look at example dot com"), the last a top-level
 * domain. With brackets around "at" the first word may be any. */
void pii__validate_email_spelled(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t first_end = candidate->begin;
    while (first_end < candidate->end && !pii__is_blank(text[first_end]) && text[first_end] != '(' &&
           text[first_end] != '[' && text[first_end] != '{' && text[first_end] != '<')
        first_end++;
    size_t last = candidate->end;
    while (last > first_end && (pii__is_alnum(text[last - 1]) || text[last - 1] == '-'))
        last--;
    bool bracket = false;
    bool full_stop = false;
    bool english = false;
    for (size_t i = first_end; i < last; i++) {
        bracket |= text[i] == '(' || text[i] == '[' || text[i] == '{' || text[i] == '<';
        full_stop |= text[i] == '.';
        english |= text[i] == '@' || (pii__lower(text[i]) == 'a' && pii__lower(text[i + 1]) == 't' &&
                                      pii__is_blank(text[i - 1]) && pii__is_blank(text[i + 2]));
    }
    if (!pii__table_has(&pii__table_tlds, text + last, candidate->end - last))
        pii__verdict_refuse(verdict, "host does not end in a top-level domain");
    else if (!bracket &&
             pii__table_has(&pii__table_address_stop_words, text + candidate->begin, first_end - candidate->begin))
        pii__verdict_refuse(verdict, "first word is no account name");
    else if (full_stop && english && !bracket) {
        verdict->confidence -= 0.4;
        verdict->reason = "only the \"at\" is a word";
    } else {
        verdict->reason = "an address in words";
    }
}
