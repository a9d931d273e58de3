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

/* user@[192.0.2.1]: the pattern has seen to what stands in the brackets. */
static void accept_literal(pii__verdict *verdict)
{
    verdict->reason = "address at a host in brackets";
}

void pii__validate_email(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t at_sign = find_last(text, candidate->begin, candidate->end, '@');
    size_t begin = skip_leading_punctuation(text, candidate->begin, at_sign);
    if (begin == at_sign) {
        pii__verdict_refuse(verdict, "nothing before the @");
        return;
    }
    verdict->begin = begin;
    if (text[at_sign + 1] == '[') {
        accept_literal(verdict);
        return;
    }
    size_t end = candidate->end;
    switch (pii__host_read(text, at_sign + 1, candidate->end, &end)) {
    case PII__HOST_KNOWN:
        verdict->reason = "host ends in a top-level domain";
        break;
    case PII__HOST_UNKNOWN:
        verdict->confidence -= 0.5;
        verdict->reason = "host does not end in a top-level domain";
        break;
    case PII__HOST_FILE:
        pii__verdict_refuse(verdict, "name of a file");
        return;
    case PII__HOST_NONE:
        pii__verdict_refuse(verdict, "no host name after the @");
        return;
    }
    verdict->end = end;
}
