/* pseudonym.c - PII_ACTION_PSEUDONYM. */
#include <string.h>

#include "keyed_hash.h"
#include "memory.h"
#include "normalise.h"
#include "token.h"
#include "transforms.h"

/* Ten bytes, 80 bits: among 10 million values, the chance that any two share a
 * token is 4 in 100,000 millions. */
enum { token_bytes = 10 };

/* Small consonants that are not taken for another sign. Letters only, so that no
 * rule about digits finds anything in a token, and no vowels, so that no word
 * comes up. */
static const char alphabet[16] = {'b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'};

/* Rules about secrets take anything for one, and a column may be one that was
 * treated before: a token stays as it is. */
static bool is_token(const uint8_t *value, size_t size)
{
    pii__stretch tail;
    if (!pii__token_read(value, size, &tail) || tail.end - tail.begin != 2 * token_bytes)
        return false;
    for (size_t at = tail.begin; at < tail.end; at++)
        if (!memchr(alphabet, value[at], sizeof alphabet))
            return false;
    return true;
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
        pii__token_begin(input->entity, key->id, out);
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
