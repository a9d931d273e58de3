#include "host_name.h"
#include "spelled_words.h"
#include "validators.h"

/* "kid_07 at gmail", "kid at gmail com", "kid@gmail": the host is a well-known
 * one, so its end may be missing. Then the account name must look like one, or
 * an '@' must stand there: people work "at yahoo", too. */
void pii__validate_email_provider(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t end = candidate->end;
    bool sign = false;
    bool whole = pii__spelled_host_read(text, candidate->begin, candidate->end, &end) == PII__HOST_KNOWN;
    size_t name_end = candidate->begin;
    while (name_end < end && text[name_end] != ' ' && text[name_end] != '@')
        name_end++;
    verdict->begin = pii__name_begin(text, candidate->begin, name_end);
    bool marked = pii__spelled_account(text, candidate->begin, name_end, true);
    for (size_t i = candidate->begin; i < end; i++)
        sign |= text[i] == '@';
    if (pii__spelled_placeholder(text, candidate->begin, candidate->end)) {
        pii__verdict_refuse(verdict, "holds what stands for something redacted");
    } else if (!sign && pii__spelled_sentence(text, candidate->begin, name_end)) {
        pii__verdict_refuse(verdict, "first word is no account name");
    } else if (sign || marked || whole) {
        verdict->reason = "account at a mail provider";
    } else {
        verdict->confidence -= 0.4;
        verdict->reason = "a name and a mail provider";
    }
}
