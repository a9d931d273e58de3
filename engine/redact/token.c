#include "token.h"

#include "ascii.h"

/* The end of a name of letters of one case, and behind the first digits or what
 * else `other` is; 0 if there is none before a colon. */
static size_t name_end(const uint8_t *value, size_t begin, size_t end, bool upper, uint8_t other)
{
    size_t at = begin;
    while (at < end) {
        uint8_t byte = value[at];
        bool letter = upper ? pii__is_upper(byte) : pii__is_lower(byte);
        bool further = at > begin && (pii__is_digit(byte) || byte == other);
        if (!letter && !further)
            break;
        at++;
    }
    return at > begin && at < end && value[at] == ':' ? at : 0;
}

bool pii__token_read(const uint8_t *value, size_t size, pii__stretch *ret_tail)
{
    size_t begin = size && value[0] == '[', end = size;
    end -= end > begin && value[end - 1] == ']';
    size_t entity = name_end(value, begin, end, true, '_');
    size_t key = entity ? name_end(value, entity + 1, end, false, '0') : 0;
    if (!key || key - entity - 1 > PII__KEY_ID_MAX)
        return false;
    *ret_tail = (pii__stretch){key + 1, end};
    return true;
}

void pii__token_begin(const char *entity, const char *key_id, pii__replacement *out)
{
    pii__put_byte(out, '[');
    pii__put_text(out, entity);
    pii__put_byte(out, ':');
    pii__put_text(out, key_id);
    pii__put_byte(out, ':');
}
