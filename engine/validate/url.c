#include "ascii.h"
#include "host_name.h"
#include "validators.h"

static bool closing_punctuation(uint8_t byte)
{
    return byte == '.' || byte == ',' || byte == ';' || byte == ':' || byte == '!' || byte == '?' || byte == '\'' ||
           byte == '"' || byte == ')' || byte == ']' || byte == '*' || byte == '_' || byte == '~';
}

/* Punctuation of the sentence around an address; a ")" stays when the address
 * holds its "(". */
static size_t trim_end(const uint8_t *text, size_t begin, size_t end)
{
    while (end > begin && closing_punctuation(text[end - 1])) {
        size_t open = 0;
        size_t close = 0;
        for (size_t i = begin; i < end; i++) {
            open += text[i] == '(';
            close += text[i] == ')';
        }
        if (text[end - 1] == ')' && close <= open)
            break;
        end--;
    }
    return end;
}

/* Where the host begins: after "scheme://" and "user:password@", if there. */
static size_t find_host(const uint8_t *text, size_t begin, size_t end)
{
    size_t host = begin;
    for (size_t i = begin; i + 2 < end; i++)
        if (text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/') {
            host = i + 3;
            break;
        }
    for (size_t i = host; i < end && text[i] != '/' && text[i] != '?' && text[i] != '#'; i++)
        if (text[i] == '@')
            host = i + 1;
    return host;
}

static bool four_numbers(const uint8_t *host, size_t size)
{
    size_t dots = 0;
    for (size_t i = 0; i < size; i++) {
        if (host[i] == '.')
            dots++;
        else if (!pii__is_digit(host[i]))
            return false;
    }
    return dots == 3;
}

void pii__validate_url(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t end = trim_end(text, candidate->begin, candidate->end);
    size_t host = find_host(text, candidate->begin, end);
    size_t host_end = host;
    while (host_end < end &&
           (pii__is_alnum(text[host_end]) || text[host_end] == '.' || text[host_end] == '-' || text[host_end] == '_'))
        host_end++;
    size_t known_end = host;
    pii__host_kind kind = pii__host_read(text, host, host_end, &known_end);
    if (pii__host_technical(text + host, host_end - host)) {
        pii__verdict_refuse(verdict, "host of a name space or schema");
        return;
    }
    if (kind != PII__HOST_KNOWN && !four_numbers(text + host, host_end - host)) {
        pii__verdict_refuse(verdict, "no host of the internet");
        return;
    }
    verdict->end = kind == PII__HOST_KNOWN && known_end < host_end ? known_end : end;
    verdict->reason = "host ends in a top-level domain";
}
