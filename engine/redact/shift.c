/* shift.c - PII_ACTION_SHIFT. */
#include "ascii.h"
#include "date_value.h"
#include "keyed_hash.h"
#include "memory.h"
#include "token.h"
#include "transforms.h"

enum { shift_max = 182 /* days, either way: half a year keeps the season uncertain, and the age nearly right */ };

/* The subject's own number of days, from 1 to 182 or from -1 to -182. It depends on
 * the subject alone, so that the days between two dates of one subject stay. */
static int64_t days_of(const pii__transform_input *input, const pii__key *key)
{
    uint8_t hash[PII__KEYED_HASH_SIZE];
    pii__keyed_hash(key, "piiglet shift", "", input->subject, input->subject_size, hash);
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | hash[i];
    pii__wipe(hash, sizeof hash);
    int64_t days = 1 + (int64_t)((number >> 1) % shift_max);
    return number & 1 ? days : -days;
}

/* Whether a value is a shifted date already, as a column may hold them. */
static bool is_shifted(const uint8_t *value, size_t size)
{
    static const char form[] = "d####-##-##";
    pii__stretch tail;
    if (!pii__token_read(value, size, &tail) || tail.end - tail.begin != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i]; i++) {
        uint8_t byte = value[tail.begin + i];
        if (form[i] == '#' ? !pii__is_digit(byte) : byte != (uint8_t)form[i])
            return false;
    }
    return true;
}

/* "[DATE_OF_BIRTH:k1:d2011-03-30]". The "d" keeps rules from finding a date there,
 * as they want neither letter nor digit before one. */
bool pii__transform_shift(const pii__transform_input *input, pii__replacement *out)
{
    const pii__key *key = pii__keyring_find(input->keys, input->action->key);
    if (is_shifted(input->value, input->size)) {
        pii__put_bytes(out, input->value, input->size);
        return true;
    }
    pii__value_text text;
    pii__date date;
    bool understood = pii__value_fold(input->value, input->size, &text) &&
                      pii__date_read(&text, input->reference_day, &date) && date.year;
    pii__value_wipe(&text);
    if (!understood)
        return false;
    date = pii__date_of_day(pii__day_of_date(date.year, date.month, date.day) + days_of(input, key));
    pii__token_begin(input->entity, key->id, out);
    pii__put_byte(out, 'd');
    pii__put_number(out, date.year, 4);
    pii__put_byte(out, '-');
    pii__put_number(out, date.month, 2);
    pii__put_byte(out, '-');
    pii__put_number(out, date.day, 2);
    pii__put_byte(out, ']');
    pii__wipe(&date, sizeof date);
    return true;
}
