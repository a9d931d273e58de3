#include "entity.h"

#include "limits.h"

/* Off by default: what identifies nobody by itself, or what story text is full
 * of; a policy switches it on. */
const pii__entity pii__entities[] = {
    {"EMAIL", true, "e-mail address"},
    {"PHONE", true, "telephone number"},
    {"ADDRESS", true, "street address or post-office box"},
    {"SSN", true, "United States social security number"},
    {"CREDIT_CARD", true, "payment card number"},
    {"IBAN", true, "international bank account number"},
    {"IP", true, "IPv4 or IPv6 address"},
    {"MAC", true, "network hardware address"},
    {"URL", true, "web address"},
    {"DATE_OF_BIRTH", true, "date of birth"},
    {"ZIP", true, "ZIP or postal code"},
    {"GPS", true, "geographic coordinates"},
    {"SOCIAL_HANDLE", true, "account name on another platform"},
    {"AGE", true, "age of a person"},
    {"NATIONAL_ID", true, "national identity or tax number"},
    {"PASSPORT", true, "passport number"},
    {"DRIVER_LICENSE", true, "driver's licence number"},
    {"CRYPTO", true, "crypto-currency wallet address"},
    {"SECRET", true, "password or other login secret"},
    {"PERSON", false, "name of a person"},
    {"GUID", false, "globally unique identifier"},
};

const size_t pii__entity_count = sizeof pii__entities / sizeof pii__entities[0];

const pii__entity *pii__entity_find(const char *name)
{
    for (size_t i = 0; i < pii__entity_count; i++)
        if (pii__entity_is(pii__entities[i].name, name))
            return &pii__entities[i];
    return NULL;
}

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool pii__entity_name_valid(const char *name)
{
    if (!upper(name[0]))
        return false;
    size_t size = strlen(name);
    for (size_t i = 1; i < size; i++)
        if (!upper(name[i]) && !digit(name[i]) && name[i] != '_')
            return false;
    return size <= PII__NAME_SIZE_MAX;
}
