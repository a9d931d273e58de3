#include "ascii.h"
#include "host_name.h"
#include "spelled_words.h"
#include "validators.h"

/* What stands between account name and host. */
typedef enum at_kind {
    AT_SIGN,    /* an '@', or a word in brackets */
    AT_ENGLISH, /* "at", which is a word of every sentence */
    AT_WORD     /* a word that means the sign and nothing else: "arroba" */
} at_kind;

static bool bracket(uint8_t byte)
{
    return byte == '(' || byte == '[' || byte == '{' || byte == '<' || byte == '*';
}

static at_kind find_at(const uint8_t *text, size_t begin, size_t end)
{
    bool english = false;
    for (size_t i = begin + 1; i + 2 < end; i++) {
        if (text[i] == '@' || bracket(text[i]))
            return AT_SIGN;
        english |= pii__lower(text[i]) == 'a' && pii__lower(text[i + 1]) == 't' && !pii__is_alnum(text[i - 1]) &&
                   !pii__is_alnum(text[i + 2]);
    }
    return english ? AT_ENGLISH : AT_WORD;
}

/* Whether a real dot, not a word for one, stands before the last label, and
 * whether that dot may well end a sentence: "we met @ home. It rained". */
static bool full_stop(const uint8_t *text, size_t begin, size_t end, bool *ret_sentence)
{
    size_t label = end;
    while (label > begin && pii__is_alnum(text[label - 1]))
        label--;
    bool blank = text[label - 1] == ' ' || text[label - 1] == '\t';
    *ret_sentence = blank ? pii__is_upper(text[label]) || pii__top_level_word(text + label, end - label)
                          : pii__is_upper(text[label]) && pii__top_level_word(text + label, end - label);
    while (label > begin && (text[label - 1] == ' ' || text[label - 1] == '\t'))
        label--;
    return text[label - 1] == '.' || text[label - 1] == ',';
}

static size_t name_end(const uint8_t *text, size_t begin, size_t end)
{
    while (begin < end && text[begin] != '@' && text[begin] != ' ' && !bracket(text[begin]))
        begin++;
    return begin;
}

/* "kid at example dot org": what stands before the "at" must be a possible
 * account name, not a word of a sentence ("look at example dot com"), and the
 * last label a top-level domain. Where the "at" is a sign the name may be any. */
void pii__validate_email_spelled(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t end = candidate->end;
    bool sentence = false;
    pii__host_kind kind = pii__spelled_host_read(text, candidate->begin, end, &end);
    if (pii__spelled_placeholder(text, candidate->begin, candidate->end)) {
        pii__verdict_refuse(verdict, "holds what stands for something redacted");
        return;
    }
    if (kind == PII__HOST_NONE) {
        pii__verdict_refuse(verdict, "no host name in words");
        return;
    }
    at_kind at = find_at(text, candidate->begin, end);
    bool stop = full_stop(text, candidate->begin, end, &sentence);
    verdict->begin = pii__name_begin(text, candidate->begin, name_end(text, candidate->begin, end));
    verdict->end = end;
    if (at == AT_ENGLISH && pii__spelled_sentence(text, candidate->begin, end)) {
        pii__verdict_refuse(verdict, "first word is no account name");
    } else if (kind == PII__HOST_UNKNOWN) {
        verdict->confidence -= 0.4;
        verdict->reason = "host does not end in a top-level domain";
    } else if (stop && (sentence || (at == AT_ENGLISH &&
                                     !pii__spelled_account(text, candidate->begin, end, false)))) {
        verdict->confidence -= 0.4;
        verdict->reason = sentence ? "the last word may begin a sentence" : "only the \"at\" is a word";
    } else {
        verdict->reason = "an address in words";
    }
}
