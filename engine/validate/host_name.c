#include "host_name.h"

#include <string.h>

#include "ascii.h"
#include "skeleton.h"
#include "table.h"

/* Longest label and longest file ending that matter. */
#define LABEL_MAX 63

static bool label_byte(uint8_t byte)
{
    return pii__is_alnum(byte) || byte == '-' || byte == '_';
}

/* Whether the label is a word of `list`, which begins and ends with a blank. */
static bool listed(const char *list, const uint8_t *label, size_t size)
{
    char word[10] = " ";
    if (size + 3 > sizeof word)
        return false;
    for (size_t i = 0; i < size; i++)
        word[i + 1] = (char)pii__lower(label[i]);
    word[size + 1] = ' ';
    return strstr(list, word) != NULL;
}

/* Endings of files that follow an '@' in file and package names. None of them
 * is a top-level domain in use for mail. */
static bool is_file_ending(const uint8_t *label, size_t size)
{
    return listed(" avif bmp css csv gif gz htm html ico jpeg jpg js json jsx less md mjs mp3 ogg pdf png psd py scss "
                  "svg swf tgz tiff ts tsx txt wav webp xml yaml yml zip ",
                  label, size);
}

/* Lead bytes of the characters from U+3000 to U+D7FF. */
static bool east_asian(uint8_t byte)
{
    return byte >= 0xE3 && byte <= 0xED;
}

size_t pii__label_size(const uint8_t *label, size_t size)
{
    size_t at = 0;
    while (at < size && label[at] < 0x80)
        at++;
    return at && at < size && east_asian(label[at]) ? at : size;
}

size_t pii__name_begin(const uint8_t *text, size_t begin, size_t end)
{
    size_t first = begin;
    for (size_t at = begin; at + 3 < end; at++)
        if (east_asian(text[at]) && text[at + 3] < 0x80 && pii__is_alnum(text[at + 3]))
            first = at + 3;
    return first;
}

bool pii__top_level_word(const uint8_t *label, size_t size)
{
    return listed(" am as at be best by cool do fan fun games go how in is it live love me men my new no now one "
                  "play so team to top us watch work zone ",
                  label, size);
}

bool pii__top_level_domain(const uint8_t *label, size_t size)
{
    uint8_t ascii[LABEL_MAX];
    if (pii__table_has(&pii__table_tlds, label, size))
        return true;
    if (size < 2 || size > LABEL_MAX)
        return false;
    if (size > 4 && listed(" xn-- ", label, 4))
        return true;
    size_t digits = pii__skeleton(label, size, ascii, &size);
    if (!digits)
        return size && pii__table_has(&pii__table_tlds, ascii, size);
    return size && digits < size && listed(" com net org edu gov info ", ascii, size);
}

static bool is_word(const uint8_t *label, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!pii__is_letter(label[i]))
            return false;
    return size >= 2;
}

pii__host_kind pii__host_read(const uint8_t *text, size_t begin, size_t end, size_t *ret_end)
{
    pii__host_kind kind = PII__HOST_NONE;
    size_t labels = 0;
    bool deep = true; /* all labels begin with a letter: four of them are no version number */
    size_t at = begin;
    while (at < end && label_byte(text[at])) {
        size_t first = at;
        while (at < end && label_byte(text[at]))
            at++;
        size_t size = at - first;
        labels++;
        deep = deep && pii__is_letter(text[first]);
        if (labels > 1 && size <= LABEL_MAX) {
            size_t own = pii__label_size(text + first, size);
            if (own < size && pii__top_level_domain(text + first, own)) {
                *ret_end = first + own;
                return PII__HOST_KNOWN;
            }
            bool file = is_file_ending(text + first, size);
            pii__host_kind this = file ? PII__HOST_FILE : PII__HOST_NONE;
            if (!file && pii__top_level_domain(text + first, size))
                this = PII__HOST_KNOWN;
            else if (!file && (is_word(text + first, size) || (deep && labels > 3)))
                this = PII__HOST_UNKNOWN;
            if (this != PII__HOST_NONE && this >= kind) {
                kind = this;
                *ret_end = at;
            }
        }
        if (at >= end || text[at] != '.')
            break;
        at++;
    }
    return kind;
}

bool pii__host_technical(const uint8_t *host, size_t size)
{
    for (size_t at = 0; at < size; at++)
        if ((at == 0 || host[at - 1] == '.') && pii__table_has(&pii__table_technical_hosts, host + at, size - at))
            return true;
    return false;
}
