/* pseudonym.c - PII_ACTION_PSEUDONYM. */
#include <string.h>

#include "ascii.h"
#include "keyed_hash.h"
#include "memory.h"
#include "normalise.h"
#include "transforms.h"

/* Ten bytes, 80 bits: among 10 million values, the chance that any two share a
 * token is 4 in 100,000 millions. */
enum { token_bytes = PII__TOKEN_LETTERS / 2 };

/* Small consonants that are not taken for another sign. Letters only, so that no
 * rule about digits finds anything in a token, and no vowels, so that no word
 * comes up. */
static const char alphabet[16] = {'b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'};

bool pii__is_token_letter(uint8_t byte)
{
    return memchr(alphabet, byte, sizeof alphabet) != NULL;
}

/* "SECRET:k1:" or the like, and the letters of a token, perhaps with a bracket at
 * either end. Rules about secrets take anything for one, so that a token may be
 * found again: it then stays as it is. */
static bool is_token(const uint8_t *value, size_t size)
{
    size_t at = size && value[0] == '[', end = size;
    end -= end > at && value[end - 1] == ']';
    size_t begin = at;
    while (at < end && (pii__is_upper(value[at]) || (at > begin && (pii__is_digit(value[at]) || value[at] == '_'))))
        at++;
    if (at == begin || at == end || value[at++] != ':')
        return false;
    for (begin = at; at < end && (pii__is_lower(value[at]) || (at > begin && pii__is_digit(value[at])));)
        at++;
    if (at == begin || at - begin > PII__KEY_ID_MAX || at == end || value[at++] != ':')
        return false;
    for (begin = at; at < end && pii__is_token_letter(value[at]);)
        at++;
    return at == end && at - begin == 2 * token_bytes;
}

bool pii__transform_pseudonym(const pii__transform_input *input, pii__replacement *out)
{
    const pii__key *key = pii__keyring_find(input->keys, input->action->key);
    if (is_token(input->value, input->size)) {
        pii__put_bytes(out, input->value, input->size);
        return true;
    }
    pii__value_text text;
    bool understood = pii__value_normalise(input->entity, input->value, input->size, &text);
    if (understood) {
        uint8_t hash[PII__KEYED_HASH_SIZE];
        pii__keyed_hash(key, "piiglet token", input->entity, text.bytes, text.size, hash);
        pii__put_byte(out, '[');
        pii__put_text(out, input->entity);
        pii__put_byte(out, ':');
        pii__put_text(out, key->id);
        pii__put_byte(out, ':');
        for (size_t i = 0; i < token_bytes; i++) {
            pii__put_byte(out, (uint8_t)alphabet[hash[i] >> 4]);
            pii__put_byte(out, (uint8_t)alphabet[hash[i] & 15]);
        }
        pii__put_byte(out, ']');
        pii__wipe(hash, sizeof hash);
    }
    pii__value_wipe(&text);
    return understood;
}
