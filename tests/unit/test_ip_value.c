/* Addresses of the network, as actions read them: what is taken for another one becomes another token, or shows. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "ip_value.h"

/* "v4 prefix bytes", in hexadecimal, or "none". */
static const char *read(const char *text)
{
    static char shown[64];
    pii__value_text value;
    pii__ip ip;
    cr_assert(pii__value_fold((const uint8_t *)text, strlen(text), &value));
    if (!pii__ip_read(&value, &ip))
        return "none";
    int at = snprintf(shown, sizeof shown, "%s %u ", ip.v6 ? "v6" : "v4", ip.prefix);
    for (size_t i = 0; i < (ip.v6 ? PII__IPV6_BYTES : PII__IPV4_BYTES); i++)
        at += snprintf(shown + at, sizeof shown - (size_t)at, "%02x", ip.bytes[i]);
    return shown;
}

static void expect(const char *text, const char *shown)
{
    cr_expect_str_eq(read(text), shown, "%s is %s, not %s", text, read(text), shown);
}

Test(ip_value, four_numbers)
{
    expect("203.0.113.7", "v4 32 cb007107");
    expect("0.0.0.255", "v4 32 000000ff");
    expect("192.0.2.0/24", "v4 24 c0000200");
    expect("192.0.2.0/0", "v4 0 c0000200");
    expect("192.0.2.0/33", "none");
    expect("192.0.2.0/", "none");
    expect("192.0.2.256", "none");
    expect("192.0.2", "none");
    expect("192.0.2.", "none");
    expect("192.0.2.1.5", "none");
    expect("192.0.2.1234", "none");
}

Test(ip_value, eight_groups_or_a_gap)
{
    expect("2001:db8:0:0:0:0:0:1", "v6 128 20010db8000000000000000000000001");
    expect("2001:DB8::1", "v6 128 20010db8000000000000000000000001");
    expect("::1", "v6 128 00000000000000000000000000000001");
    expect("2001:db8::", "v6 128 20010db8000000000000000000000000");
    expect("::", "v6 128 00000000000000000000000000000000");
    expect("2001:db8::/32", "v6 32 20010db8000000000000000000000000");
    expect("fe80::1%eth0", "v6 128 fe800000000000000000000000000001");
    expect("fe80::1%eth0/64", "v6 64 fe800000000000000000000000000001");
    expect("2001:db8::1/129", "none");
    expect("2001:db8:0:0:0:0:1", "none");
    expect("2001:db8:0:0:0:0:0:1:2", "none");
    expect("2001:db8:0:0:0:0:0:1::", "none");
    expect("2001::db8::1", "none");
    expect("::2001::1", "none");
    expect("2001:db8:12345::1", "none");
    expect("2001:db8:::1", "none");
    expect("2001:db8::x", "none");
    expect(":1", "none");
    expect(":", "none");
}

Test(ip_value, one_within_the_other)
{
    expect("::ffff:203.0.113.7", "v4 32 cb007107");
    expect("::ffff:cb00:7107", "v4 32 cb007107");
    expect("::ffff:203.0.113.7/120", "v4 24 cb007107");
    expect("::ffff:203.0.113.7/64", "v6 64 00000000000000000000ffffcb007107");
    expect("::203.0.113.7", "v6 128 000000000000000000000000cb007107");
    expect("64:ff9b::203.0.113.7", "v6 128 0064ff9b0000000000000000cb007107");
    expect("1:2:3:4:5:6:203.0.113.7", "v6 128 000100020003000400050006cb007107");
    expect("1:2:3:4:5:6:7:203.0.113.7", "none");
    expect("::ffff:203.0.113", "none");
    expect("::ffff:203.0.113.300", "none");
}
