#include "written.h"

#include <string.h>

#include "ascii.h"
#include "keyring.h"
#include "transforms.h"

enum { number_digits = 5 /* of a numbering, which ends at 65,536 */ };

/* Bytes up to the first that is none of a class. */
static size_t run_of(const uint8_t *text, size_t size, bool (*of_class)(uint8_t))
{
    size_t count = 0;
    while (count < size && of_class(text[count]))
        count++;
    return count;
}

static bool is_key_byte(uint8_t byte)
{
    return pii__is_lower(byte) || pii__is_digit(byte);
}

/* "d2012-03-30" */
static bool is_shifted_date(const uint8_t *text, size_t size)
{
    static const char form[] = "d####-##-##";
    if (size != sizeof form - 1)
        return false;
    for (size_t i = 0; i < size; i++)
        if (form[i] == '#' ? !pii__is_digit(text[i]) : text[i] != (uint8_t)form[i])
            return false;
    return true;
}

/* "k1:" and what was made with that key. */
static bool is_keyed(const uint8_t *text, size_t size)
{
    size_t id = run_of(text, size, is_key_byte);
    if (id == 0 || id > PII__KEY_ID_MAX || !pii__is_lower(text[0]) || id == size || text[id] != ':')
        return false;
    const uint8_t *made = text + id + 1;
    size_t rest = size - id - 1;
    bool token = rest == PII__TOKEN_LETTERS && run_of(made, rest, pii__is_token_letter) == rest;
    return token || is_shifted_date(made, rest);
}

bool pii__is_written(const uint8_t *text, size_t size, const char *entity)
{
    size_t name = strlen(entity);
    if (size < name + 2 || text[0] != '[' || text[size - 1] != ']' || memcmp(text + 1, entity, name) != 0)
        return false;
    const uint8_t *rest = text + 1 + name;
    size_t rest_size = size - name - 2;
    if (rest_size == 0)
        return true;
    size_t digits = run_of(rest + 1, rest_size - 1, pii__is_digit);
    if (rest[0] == '_')
        return digits == rest_size - 1 && digits > 0 && digits <= number_digits;
    return rest[0] == ':' && is_keyed(rest + 1, rest_size - 1);
}
