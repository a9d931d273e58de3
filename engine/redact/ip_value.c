#include "ip_value.h"

#include <string.h>

#include "ascii.h"

/* Where a reader is in a text. */
typedef struct cursor {
    const uint8_t *bytes;
    size_t at;
    size_t size;
} cursor;

static bool take(cursor *from, uint8_t byte)
{
    bool there = from->at < from->size && from->bytes[from->at] == byte;
    from->at += there;
    return there;
}

static bool take_number(cursor *from, unsigned limit, unsigned *ret)
{
    size_t first = from->at;
    unsigned value = 0;
    while (from->at < from->size && pii__is_digit(from->bytes[from->at]) && from->at - first < 3)
        value = value * 10 + (unsigned)(from->bytes[from->at++] - '0');
    *ret = value;
    return from->at > first && value <= limit;
}

static bool take_ipv4(cursor *from, uint8_t ret[PII__IPV4_BYTES])
{
    for (size_t i = 0; i < PII__IPV4_BYTES; i++) {
        unsigned octet;
        if ((i > 0 && !take(from, '.')) || !take_number(from, 255, &octet))
            return false;
        ret[i] = (uint8_t)octet;
    }
    return true;
}

static size_t hex_digits(const cursor *from)
{
    size_t at = from->at;
    while (at < from->size && pii__hex_value(from->bytes[at]) >= 0)
        at++;
    return at - from->at;
}

/* One group, or the four numbers of an IPv4 address at the end; how many bytes
 * of the address it is, or 0. */
static size_t take_group(cursor *from, uint8_t *ret)
{
    size_t digits = hex_digits(from);
    if (from->at + digits < from->size && from->bytes[from->at + digits] == '.')
        return take_ipv4(from, ret) ? PII__IPV4_BYTES : 0;
    if (digits == 0 || digits > 4)
        return 0;
    unsigned value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value << 4 | (unsigned)pii__hex_value(from->bytes[from->at++]);
    ret[0] = (uint8_t)(value >> 8);
    ret[1] = (uint8_t)value;
    return 2;
}

static bool take_ipv6(cursor *from, uint8_t ret[PII__IPV6_BYTES])
{
    uint8_t bytes[PII__IPV6_BYTES + PII__IPV4_BYTES] = {0};
    size_t size = 0, gap = SIZE_MAX;
    if (from->size > 1 && from->bytes[0] == ':' && from->bytes[1] == ':') {
        from->at = 2;
        gap = 0;
    }
    while (size < PII__IPV6_BYTES && hex_digits(from) > 0) {
        size_t taken = take_group(from, bytes + size);
        size += taken;
        if (!taken)
            return false;
        if (!take(from, ':'))
            break;
        if (take(from, ':')) {
            if (gap != SIZE_MAX)
                return false;
            gap = size;
        }
    }
    if (size > PII__IPV6_BYTES || (size < PII__IPV6_BYTES) != (gap != SIZE_MAX))
        return false;
    memset(ret, 0, PII__IPV6_BYTES);
    size_t before = gap == SIZE_MAX ? size : gap;
    memcpy(ret, bytes, before);
    memcpy(ret + PII__IPV6_BYTES - (size - before), bytes + before, size - before);
    return true;
}

static void unwrap_ipv4(pii__ip *ip)
{
    static const uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (!ip->v6 || ip->prefix < 8 * sizeof mapped || memcmp(ip->bytes, mapped, sizeof mapped) != 0)
        return;
    memmove(ip->bytes, ip->bytes + sizeof mapped, PII__IPV4_BYTES);
    ip->v6 = false;
    ip->prefix -= 8 * (unsigned)sizeof mapped;
}

bool pii__ip_read(const pii__value_text *text, pii__ip *ret)
{
    cursor from = {text->bytes, 0, text->size};
    pii__ip ip = {.v6 = memchr(text->bytes, ':', text->size) != NULL};
    bool read = ip.v6 ? take_ipv6(&from, ip.bytes) : take_ipv4(&from, ip.bytes);
    if (!read)
        return false;
    ip.prefix = ip.v6 ? 8 * PII__IPV6_BYTES : 8 * PII__IPV4_BYTES;
    if (take(&from, '%'))
        while (from.at < from.size && from.bytes[from.at] != '/')
            from.at++;
    unsigned widest = ip.prefix;
    if (take(&from, '/') && !take_number(&from, widest, &ip.prefix))
        return false;
    if (from.at < from.size)
        return false;
    unwrap_ipv4(&ip);
    *ret = ip;
    return true;
}
