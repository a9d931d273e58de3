#include "ascii.h"
#include "host_name.h"
#include "validators.h"

/* Punctuation that may stand before an address without being part of it. */
static size_t skip_leading_punctuation(const uint8_t *text, size_t begin, size_t at_sign)
{
    while (begin < at_sign && !pii__is_alnum(text[begin]) && text[begin] != '_' && text[begin] != '+' &&
           text[begin] != '"')
        begin++;
    return begin;
}

static size_t find_last(const uint8_t *text, size_t begin, size_t end, uint8_t byte)
{
    while (end > begin && text[end - 1] != byte)
        end--;
    return end > begin ? end - 1 : begin;
}

/* user@[192.0.2.1] or user@[IPv6:...]: only what an address can hold may stand
 * in the brackets. */
static void judge_literal(const pii__candidate *candidate, size_t open, pii__verdict *verdict)
{
    size_t at = open + 1;
    size_t dots = 0;
    size_t colons = 0;
    bool clean = true;
    if (candidate->end - at > 5 && pii__lower(candidate->text[at]) == 'i')
        at += 5; /* "IPv6:" */
    for (; at < candidate->end && candidate->text[at] != ']'; at++) {
        dots += candidate->text[at] == '.';
        colons += candidate->text[at] == ':';
        clean &= pii__hex_value(candidate->text[at]) >= 0 || candidate->text[at] == '.' || candidate->text[at] == ':';
    }
    if (clean && (dots == 3 || colons > 1))
        verdict->reason = "address at a host number in brackets";
    else
        pii__verdict_refuse(verdict, "no host number in the brackets");
}

/* In "email=kid@..." and "a|b@..." the account name begins after the sign: an
 * account name could hold it, but hardly ever does. */
static size_t skip_key(const uint8_t *text, size_t begin, size_t at_sign)
{
    size_t first = begin;
    bool word = true;
    for (size_t i = begin; i + 1 < at_sign; i++) {
        bool key_ends = text[i] == '=' && word && i > begin;
        word = word && (pii__is_letter(text[i]) || text[i] == '_');
        bool parts = text[i] == '|' || text[i] == '&' || key_ends;
        bool quote = text[i] == '\'' && !(i > begin && pii__is_letter(text[i - 1]) && pii__is_letter(text[i + 1]));
        if ((parts || quote) && pii__is_alnum(text[i + 1])) {
            first = i + 1;
            word = true;
        }
    }
    return first;
}

void pii__validate_email(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t at_sign = find_last(text, candidate->begin, candidate->end, '@');
    size_t begin = skip_leading_punctuation(text, candidate->begin, at_sign);
    if (begin < at_sign && text[begin] != '"')
        begin = skip_key(text, pii__name_begin(text, begin, at_sign), at_sign);
    if (begin == at_sign) {
        pii__verdict_refuse(verdict, "nothing before the @");
        return;
    }
    verdict->begin = begin;
    if (text[at_sign + 1] == '[') {
        judge_literal(candidate, at_sign + 1, verdict);
        return;
    }
    size_t end = candidate->end;
    switch (pii__host_read(text, at_sign + 1, candidate->end, &end)) {
    case PII__HOST_KNOWN: verdict->reason = "host ends in a top-level domain"; break;
    case PII__HOST_UNKNOWN:
        verdict->confidence -= 0.4;
        verdict->reason = "host does not end in a top-level domain";
        break;
    case PII__HOST_FILE: pii__verdict_refuse(verdict, "name of a file"); return;
    case PII__HOST_NONE: pii__verdict_refuse(verdict, "no host name after the @"); return;
    }
    verdict->end = end;
}
