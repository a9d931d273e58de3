/* shift.c - PII_ACTION_SHIFT. */
#include "date_value.h"
#include "keyed_hash.h"
#include "memory.h"
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

/* "[DATE_OF_BIRTH:k1:d2011-03-30]". The "d" keeps rules from finding a date there,
 * as they want neither letter nor digit before one. */
bool pii__transform_shift(const pii__transform_input *input, pii__replacement *out)
{
    const pii__key *key = pii__keyring_find(input->keys, input->action->key);
    pii__value_text text;
    pii__date date;
    bool understood = pii__value_fold(input->value, input->size, &text) &&
                      pii__date_read(&text, input->reference_day, &date) && date.year;
    pii__value_wipe(&text);
    if (!understood)
        return false;
    date = pii__date_of_day(pii__day_of_date(date.year, date.month, date.day) + days_of(input, key));
    pii__put_byte(out, '[');
    pii__put_text(out, input->entity);
    pii__put_byte(out, ':');
    pii__put_text(out, key->id);
    pii__put_text(out, ":d");
    pii__put_number(out, date.year, 4);
    pii__put_byte(out, '-');
    pii__put_number(out, date.month, 2);
    pii__put_byte(out, '-');
    pii__put_number(out, date.day, 2);
    pii__put_byte(out, ']');
    pii__wipe(&date, sizeof date);
    return true;
}
