#include "messages.h"

#include <string.h>

#include "piiglet_message.h"

static size_t reason_of(const char *entity)
{
    size_t last = pii__reason_count - 1;
    for (size_t i = 0; entity && i < last; i++)
        if (!strcmp(pii__reasons[i].entity, entity))
            return i;
    return last;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the first `size` bytes of `tag` name this language. */
static bool same_language(const char *language, const char *tag, size_t size)
{
    if (strlen(language) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (language[i] != small(tag[i]))
            return false;
    return true;
}

/* Drops the last subtag and, as RFC 4647 (section 3.4) says, a single letter that then is last. */
static size_t shorter(const char *tag, size_t size)
{
    while (size > 0 && tag[size - 1] != '-')
        size--;
    if (size > 0)
        size--;
    return size > 1 && tag[size - 2] == '-' ? size - 2 : size;
}

static const pii__catalogue *catalogue_of(const char *tag)
{
    for (size_t size = tag ? strlen(tag) : 0; size > 0; size = shorter(tag, size))
        for (size_t i = 0; i < pii__catalogue_count; i++)
            if (same_language(pii__catalogues[i].language, tag, size))
                return &pii__catalogues[i];
    return NULL;
}

const char *pii_reason(const char *entity)
{
    return pii__reasons[reason_of(entity)].code;
}

const char *pii_message(const char *entity, const char *language)
{
    const pii__catalogue *catalogue = catalogue_of(language);
    return (catalogue ? catalogue : &pii__catalogues[0])->messages[reason_of(entity)];
}

pii_status pii_message_language(const char *tag, const char **ret_language)
{
    const pii__catalogue *catalogue = catalogue_of(tag);
    if (!catalogue || !ret_language)
        return PII_ERROR_ARGUMENT;
    *ret_language = catalogue->language;
    return PII_OK;
}

bool pii_message_language_at(size_t index, const char **ret_language, const char **ret_name)
{
    if (index >= pii__catalogue_count)
        return false;
    if (ret_language)
        *ret_language = pii__catalogues[index].language;
    if (ret_name)
        *ret_name = pii__catalogues[index].name;
    return true;
}
