#include <string.h>

#include "ascii.h"
#include "host_name.h"
#include "validators.h"

#define asset_price 0.45 /* below the usual minimum, and found where a policy asks for less */

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

/* Signs that no user name or password can have. */
static bool ends_user(uint8_t byte)
{
    return byte == '/' || byte == '?' || byte == '#' || byte == '[' || byte == ']';
}

/* Where the host begins: after "scheme://" and "user:password@", if there; brackets cannot be in those
 * (RFC 3986, 3.2.1), so a label like "[PHONE]" is not taken for a part of them. */
static size_t find_host(const uint8_t *text, size_t begin, size_t end)
{
    size_t host = begin;
    for (size_t i = begin; i + 2 < end; i++)
        if (text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/') {
            host = i + 3;
            break;
        }
    for (size_t i = host; i < end && !ends_user(text[i]); i++)
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

static bool line_end(uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

/* Whether nothing else stands in the line. */
static bool alone(const pii__candidate *candidate)
{
    return (candidate->match_begin == 0 || line_end(candidate->text[candidate->match_begin - 1])) &&
           (candidate->match_end == candidate->size || line_end(candidate->text[candidate->match_end]));
}

/* Where the host is, and where the address ends. False, with the reason, when it
 * is none to speak of. */
static bool read_address(const pii__candidate *candidate, pii__verdict *verdict, size_t *ret_host,
                         size_t *ret_host_end)
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
    bool account = host > candidate->begin && text[host - 1] == '@';
    if (pii__host_technical(text + host, host_end - host)) {
        pii__verdict_refuse(verdict, "host of a name space, schema or reference work");
        return false;
    }
    if (kind != PII__HOST_KNOWN && !account && !four_numbers(text + host, host_end - host)) {
        pii__verdict_refuse(verdict, "no host of the internet");
        return false;
    }
    verdict->end = kind == PII__HOST_KNOWN && known_end < host_end ? known_end : end;
    *ret_host = host;
    *ret_host_end = host_end;
    return true;
}

static bool equals(const uint8_t *text, size_t size, const char *word)
{
    size_t k = 0;
    while (k < size && word[k] && pii__lower(text[k]) == (uint8_t)word[k])
        k++;
    return k == size && !word[k];
}

/* Whether a part of the path is a number or a word as of somebody's own pages:
 * "/u/12345/", "/photos/". */
static bool personal_path(const uint8_t *text, size_t path, size_t end)
{
    static const char *const words[] = {"u",     "user",   "users",  "profile", "profiles", "people",
                                        "photo", "photos", "avatar", "avatars", "upload",   "uploads"};
    while (path < end && text[path] == '/') {
        size_t begin = ++path, digits = 0;
        for (; path < end && text[path] != '/'; path++)
            digits += pii__is_digit(text[path]);
        if (path > begin && (digits == path - begin || text[begin] == '~' || text[begin] == '@'))
            return true;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (equals(text + begin, path - begin, words[i]))
                return true;
    }
    return false;
}

/* Whether the path names a picture, a sound, or a part of a page: what programs
 * and projects are full of, and what leads to no person. */
static bool asset(const uint8_t *text, size_t path, size_t end)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".mp3", ".wav",
                                          ".ogg", ".mp4", ".js",   ".css", ".woff", ".woff2", ".ttf", ".map"};
    size_t path_end = path;
    while (path_end < end && text[path_end] != '?' && text[path_end] != '#')
        path_end++;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]), k = 0;
        while (path_end - path > size && k < size && pii__lower(text[path_end - size + k]) == (uint8_t)endings[i][k])
            k++;
        if (k == size)
            return !personal_path(text, path, path_end);
    }
    return false;
}

static bool begins_www(const uint8_t *host, size_t size)
{
    return size > 4 && pii__lower(host[0]) == 'w' && pii__lower(host[1]) == 'w' && pii__lower(host[2]) == 'w' &&
           host[3] == '.';
}

void pii__validate_url(const pii__candidate *candidate, pii__verdict *verdict)
{
    size_t host, host_end;
    if (!read_address(candidate, verdict, &host, &host_end))
        return;
    bool www = begins_www(candidate->text + host, host_end - host);
    bool account = host > candidate->begin && candidate->text[host - 1] == '@';
    if (!account && asset(candidate->text, host_end, verdict->end)) {
        verdict->confidence -= asset_price;
        verdict->reason = "address of a picture, a sound or a part of a page";
    } else if (host > candidate->begin || www || verdict->end > host_end || alone(candidate)) {
        verdict->reason = "host ends in a top-level domain";
    } else {
        verdict->confidence -= 0.25;
        verdict->reason = "nothing but a host, which may be the name of a firm";
    }
}

/* Top-level domains that name properties in programs: "robot.id". */
static bool property(const uint8_t *label, size_t size)
{
    static const char *const names[] = {"id",    "name", "data", "date",  "map",
                                        "style", "host", "link", "click", "select"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == size && !memcmp(names[i], label, size))
            return true;
    return false;
}

/* Any top-level domain will do where the text speaks of addresses, but for those
 * that are words of the next sentence ("visit us.It is fun") or of programs. */
void pii__validate_url_named(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    size_t host, host_end;
    if (!read_address(candidate, verdict, &host, &host_end))
        return;
    size_t label = verdict->end < host_end ? verdict->end : host_end;
    size_t label_end = label;
    while (label > host && text[label - 1] != '.')
        label--;
    if (verdict->end <= host_end &&
        (pii__is_upper(text[label]) || label - host < 3 || property(text + label, label_end - label) ||
         pii__top_level_word(text + label, label_end - label)))
        pii__verdict_refuse(verdict, "the last word may be one of the sentence");
    else
        verdict->reason = "host ends in a top-level domain";
}
