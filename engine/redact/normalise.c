#include "normalise.h"

#include <string.h>

#include "ascii.h"
#include "date_value.h"
#include "entity.h"
#include "ip_value.h"
#include "memory.h"
#include "phone_digits.h"

enum {
    digits_min = 7,    /* of a telephone number */
    extension_max = 12 /* digits of an extension that count */
};

/* How writings of a value may differ. */
typedef enum normal_form {
    WORDS,    /* case, marks, signs and blanks do not matter */
    SIGNS,    /* letters and digits in any grouping; case does not matter */
    CASELESS, /* ASCII case and blanks do not matter */
    EXACT,    /* only what folds away */
    HOST,     /* as EXACT, but for the case of scheme and host */
    NUMBER,   /* a telephone number */
    ADDRESS,  /* an internet address */
    DATE
} normal_form;

/* All other entities: WORDS. */
static const struct {
    const char *entity;
    normal_form form;
} forms[] = {
    {"EMAIL", CASELESS},
    {"SOCIAL_HANDLE", CASELESS},
    {"URL", HOST},
    {"PHONE", NUMBER},
    {"IP", ADDRESS},
    {"DATE_OF_BIRTH", DATE},
    {"SSN", SIGNS},
    {"ZIP", SIGNS},
    {"CREDIT_CARD", SIGNS},
    {"IBAN", SIGNS},
    {"MAC", SIGNS},
    {"GUID", SIGNS},
    {"PASSPORT", SIGNS},
    {"NATIONAL_ID", SIGNS},
    {"DRIVER_LICENSE", SIGNS},
    {"CRYPTO", EXACT},
    {"SECRET", EXACT},
};

static normal_form form_of(const char *entity)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (pii__entity_is(forms[i].entity, entity))
            return forms[i].form;
    return WORDS;
}

static void drop_blanks(pii__value_text *text)
{
    size_t to = 0;
    for (size_t at = 0; at < text->size; at++)
        if (!pii__is_blank(text->bytes[at]))
            text->bytes[to++] = text->bytes[at];
    text->size = to;
}

/* Up to the first slash after "//". */
static size_t host_end(const pii__value_text *text)
{
    size_t at = 0;
    for (; at < text->size; at++)
        if (text->bytes[at] == '/' && !(at + 1 < text->size && text->bytes[at + 1] == '/') &&
            !(at > 0 && text->bytes[at - 1] == '/'))
            break;
    return at;
}

static void drop(pii__value_text *text, size_t begin, size_t end)
{
    memmove(text->bytes + begin, text->bytes + end, text->size - end);
    text->size -= end - begin;
}

/* "+44 (0)20": the zero is dialled only from within the country. */
static void drop_trunk_zero(pii__value_text *text)
{
    for (size_t at = 0; at + 3 <= text->size; at++)
        if (!memcmp(text->bytes + at, "(0)", 3)) {
            drop(text, at, at + 3);
            return;
        }
}

/* How many digits of a prefix for calls abroad ("00", "011") come first. */
static size_t exit_code_size(const pii__phone_digits *phone)
{
    if (phone->count <= 11 || phone->digits[0] != 0)
        return 0;
    if (phone->digits[1] == 0)
        return 2;
    return phone->digits[1] == 1 && phone->digits[2] == 1 ? 3 : 0;
}

/* Digits with the country code where it is known, and those of an extension
 * after an "x", in `ret`; how many bytes that is. */
static size_t phone_key(const pii__value_text *text, const pii__phone_digits *phone, bool plus,
                        uint8_t ret[PII__PHONE_DIGITS_MAX + extension_max + 2])
{
    size_t size = 0;
    if (!plus && phone->count == 10 && pii__phone_nanp_possible(phone->digits))
        ret[size++] = '1';
    for (size_t i = plus ? 0 : exit_code_size(phone); i < phone->count; i++)
        ret[size++] = (uint8_t)(phone->digits[i] + '0');
    size_t extension = 0;
    for (size_t at = phone->group_end[phone->group_count - 1]; at < text->size && extension < extension_max; at++) {
        if (!pii__is_digit(text->bytes[at]))
            continue;
        if (extension++ == 0)
            ret[size++] = 'x';
        ret[size++] = text->bytes[at];
    }
    return size;
}

/* What is not written in digits counts as words. */
static void normalise_phone(pii__value_text *text)
{
    bool plus = memchr(text->bytes, '+', text->size) != NULL;
    if (plus)
        drop_trunk_zero(text);
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, text->bytes, 0, text->size);
    if (phone.count < digits_min || phone.too_many) {
        pii__value_lower(text);
        pii__value_words(text);
    } else {
        uint8_t key[PII__PHONE_DIGITS_MAX + extension_max + 2];
        text->size = phone_key(text, &phone, plus, key);
        memcpy(text->bytes, key, text->size);
        pii__wipe(key, sizeof key);
    }
    pii__wipe(&phone, sizeof phone);
}

/* Year, month and day as numbers, each in two bytes, if it can be read. */
static bool normalise_date(pii__value_text *text)
{
    pii__date date;
    if (!pii__date_read(text, 0, &date))
        return false;
    const unsigned numbers[] = {date.year, date.month, date.day};
    text->size = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        text->bytes[text->size++] = (uint8_t)(numbers[i] >> 8);
        text->bytes[text->size++] = (uint8_t)numbers[i];
    }
    return true;
}

static bool normalise_ip(pii__value_text *text)
{
    pii__ip ip;
    if (!pii__ip_read(text, &ip))
        return false;
    text->size = ip.v6 ? PII__IPV6_BYTES : PII__IPV4_BYTES;
    memcpy(text->bytes, ip.bytes, text->size);
    text->bytes[text->size++] = (uint8_t)ip.prefix;
    return true;
}

static void normalise_text(normal_form form, pii__value_text *text)
{
    if (form == EXACT)
        return;
    if (form == HOST) {
        pii__value_lower_ascii(text, host_end(text));
        return;
    }
    if (form == CASELESS) {
        pii__value_lower_ascii(text, text->size);
        drop_blanks(text);
        return;
    }
    pii__value_lower(text);
    if (form == SIGNS)
        pii__value_compact(text);
    else
        pii__value_words(text);
}

bool pii__value_normalise(const char *entity, const uint8_t *value, size_t size, pii__value_text *ret)
{
    if (!pii__value_fold(value, size, ret))
        return false;
    normal_form form = form_of(entity);
    size_t folded = ret->size;
    if (form == NUMBER)
        normalise_phone(ret);
    else if ((form != DATE || !normalise_date(ret)) && (form != ADDRESS || !normalise_ip(ret)))
        normalise_text(form, ret);
    if (ret->size == 0)
        ret->size = folded;
    return true;
}
