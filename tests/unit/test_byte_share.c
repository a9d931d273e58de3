/* Shares of sequences add up: the parts of a set of bytes have the share of the
 * whole between them. */
#include <criterion/criterion.h>
#include <math.h>

#include "byte_share.h"

static pii__byte_set range(unsigned first, unsigned last)
{
    pii__byte_set set = {{0}};
    pii__byte_set_add_range(&set, (uint8_t)first, (uint8_t)last);
    return set;
}

Test(byte_share, of_parts_is_the_share_of_the_whole)
{
    for (unsigned split = 1; split < 256; split += 7) {
        pii__byte_set digit_then[2] = {range('0', '9'), range(0, split - 1)};
        double low = pii__sequence_share(digit_then, 2);
        digit_then[1] = range(split, 255);
        double high = pii__sequence_share(digit_then, 2), all = pii__sequence_share(digit_then, 1);
        cr_expect(fabs(low + high - all) < all * 1e-9, "cut at %u: %f + %f is not %f", split, low, high, all);
    }
}
