/* pseudonym.c - PII_ACTION_PSEUDONYM. */
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

bool pii__transform_pseudonym(const pii__transform_input *input, pii__replacement *out)
{
    const pii__key *key = pii__keyring_find(input->keys, input->action->key);
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
