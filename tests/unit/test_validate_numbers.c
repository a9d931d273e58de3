#include "validate_case.h"

Test(credit_card, needs_issuer_length_and_check_digit)
{
    expect_valid("credit_card", "[[4111 1111 1111 1111]]");
    expect_valid("credit_card", "[[378282246310005]]");
    expect_valid("credit_card", "[[5555-5555-5555-4444]]");
    expect_refused("credit_card", "[[4111 1111 1111 1112]]");
    expect_refused("credit_card", "[[9999 9999 9999 9995]]");
    expect_refused("credit_card", "[[0000 0000 0000 0000]]");
    expect_refused("credit_card", "[[37828224631000]]");
    expect_refused("credit_card", "[[41111111111]]");
    expect_refused("credit_card", "[[41111111111111111111]]");
}

Test(credit_card, in_groups_with_a_wrong_digit_counts_less)
{
    expect_surer("credit_card_grouped", "[[4111 1111 1111 1111]]", "[[4111 1111 1111 1112]]");
    expect_refused("credit_card_grouped", "[[4111 1111 1111]]");
}

Test(ssn, needs_area_group_and_serial_in_use)
{
    expect_valid("ssn", "[[123-45-6789]]");
    expect_valid("ssn", "[[899-99-9999]]");
    expect_valid("ssn", "[[912-71-1234]]");
    expect_refused("ssn", "[[000-45-6789]]");
    expect_refused("ssn", "[[666-45-6789]]");
    expect_refused("ssn", "[[900-45-6789]]");
    expect_refused("ssn", "[[912-89-6789]]");
    expect_refused("ssn", "[[912-93-6789]]");
    expect_refused("ssn", "[[123-00-6789]]");
    expect_refused("ssn", "[[123-45-0000]]");
    expect_refused("ssn", "[[123-45-678]]");
}

Test(iban, ends_where_its_country_says)
{
    expect_span("iban", "[[GB82 WEST 1234 5698 7654 32]]", "GB82 WEST 1234 5698 7654 32");
    expect_span("iban", "[[NO9386011117947 then]]", "NO9386011117947");
    expect_valid("iban", "[[de89370400440532013000]]");
    expect_refused("iban", "[[DE88370400440532013000]]");
    expect_refused("iban", "[[DE8937040044053201300]]");
    expect_refused("iban", "[[DE89370400440532013000]]1");
    expect_refused("iban", "[[QQ89370400440532013000]]");
    expect_valid("iban", "[[MZ59000301080016367102371]]");
    expect_refused("iban", "[[MZ59000301080016367102372]]");
    expect_refused("iban", "[[MZ5900030108001636710237A]]");
}

Test(iban, notices_every_single_wrong_digit)
{
    const char right[] = "DE89370400440532013000";
    for (size_t i = 2; i < sizeof right - 1; i++) {
        char marked[64] = "[[";
        memcpy(marked + 2, right, sizeof right - 1);
        marked[2 + i] = marked[2 + i] == '9' ? '0' : (char)(marked[2 + i] + 1);
        memcpy(marked + 2 + sizeof right - 1, "]]", 3);
        expect_refused("iban", marked);
    }
}

Test(ipv4, needs_four_octets)
{
    expect_valid("ipv4", "[[203.0.113.7]]");
    expect_valid("ipv4", "[[255.255.255.255]]");
    expect_refused("ipv4", "[[256.0.0.1]]");
    expect_refused("ipv4", "[[1.2.3]]");
    expect_surer("ipv4", "[[203.0.113.7]]", "[[203.0.113.07]]");
    expect_surer("ipv4", "[[203.0.113.7]]", "is [[1.2.3.4]]");
    expect_surer("ipv4", "\n[[1.2.3.4]]\n", "is [[1.2.3.4]]");
    expect_valid("ipv4", "[[192.0.2.0/24]]");
}

Test(ipv6, needs_eight_groups_or_a_gap)
{
    expect_valid("ipv6", "[[2001:db8:0:0:0:0:0:1]]");
    expect_valid("ipv6", "[[2001:db8::1]]");
    expect_valid("ipv6", "[[::ffff:192.0.2.1]]");
    expect_refused("ipv6", "[[2001:db8:0:0:0:0:0]]");
    expect_refused("ipv6", "[[2001::db8::1]]");
    expect_refused("ipv6", "[[ace::add]]");
    expect_valid("ipv6", "[[2001:db8::/32]]");
    expect_valid("ipv6", "[[fe80::1:2%eth0]]");
    expect_surer("ipv6", "[[2001:db8::1]]", "[[a::1]]");
    expect_refused("ipv6", "[[12:30:45]]");
    expect_refused("ipv6", "[[20011:db8::1]]");
    expect_refused("ipv6", "[[1:2:3:4:5:6:7::8]]");
}

Test(mac, doubts_decimal_digits)
{
    expect_valid("mac", "[[00:1a:2b:3c:4d:5e]]");
    expect_valid("mac", "[[00:1a:2b:3c:4d:5e:6f:70]]");
    expect_refused("mac", "[[00:00:00:00:00:00]]");
    expect_refused("mac", "[[00:1a:2b:3c:4d]]");
    expect_surer("mac", "[[00:1a:2b:3c:4d:5e]]", "[[12:30:45:10:20:30]]");
    expect_valid("mac", "[[ff:ff:ff:ff:ff:ff]]");
}

Test(zip, lies_in_the_range_in_use)
{
    expect_valid("zip", "[[00501]]");
    expect_valid("zip", "[[99950]]");
    expect_valid("zip", "[[62704-1234]]");
    expect_refused("zip", "[[00500]]");
    expect_refused("zip", "[[99951]]");
    expect_refused("zip", "[[627041]]");
}

Test(date, takes_every_usual_order)
{
    expect_valid("date", "[[3/14/2012]]");
    expect_valid("date", "[[14.3.2012]]");
    expect_valid("date", "[[2012-03-14]]");
    expect_valid("date", "[[3/14/12]]");
    expect_valid("date", "[[3/14]]");
    expect_valid("date", "[[March 14th, 2012]]");
    expect_valid("date", "[[14-mar-2012]]");
    expect_valid("date", "[[1st of May]]");
    expect_refused("date", "[[13/13/2012]]");
    expect_refused("date", "[[0/14/2012]]");
    expect_refused("date", "[[3/14/1812]]");
    expect_refused("date", "[[2012-14-03]]");
    expect_refused("date", "[[March 32]]");
    expect_refused("date", "[[40/40]]");
}

Test(gps, lies_on_the_globe)
{
    expect_valid("gps", "[[41.40338, 2.17403]]");
    expect_valid("gps", "[[-33.86882, 151.2093]]");
    expect_valid("gps", "[[40 26 46 N 79 58 56 W]]");
    expect_refused("gps", "[[95.1, 95.2]]");
    expect_refused("gps", "[[41.40338, 182.17403]]");
    expect_refused("gps", "[[40 66 N 79 58 W]]");
    expect_refused("gps", "[[41.40338]]");
    expect_refused("gps", "[[1.1, 2.2, 3.3]]");
}
