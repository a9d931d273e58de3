#include "byte_share.h"

/* Our own rough counts; a wrong number costs time, never a finding. */
static const uint16_t printable[95] = {
    1500, 15, 60, 3, 3, 2, 3, 35, 25, 25, 5, 6, 90, 40, 100, 20,                /* blank ! " # ... / */
    20, 20, 16, 12, 12, 12, 10, 10, 10, 10, 35, 15, 15, 25, 15, 20,             /* 0 ... 9 : ; < = > ? */
    1, 30, 16, 22, 18, 18, 14, 13, 22, 45, 9, 8, 16, 24, 20, 18,                /* @ A ... O */
    20, 2, 18, 32, 36, 8, 6, 22, 2, 14, 2, 8, 3, 8, 1, 15,                      /* P ... Z [ \ ] ^ _ */
    2, 550, 100, 200, 250, 800, 130, 130, 330, 450, 15, 60, 280, 170, 460, 500, /* ` a ... o */
    150, 8, 400, 430, 600, 200, 70, 130, 20, 130, 8, 8, 2, 8, 1,                /* p ... z { | } ~ */
};

static uint32_t share(uint8_t byte)
{
    if (byte >= ' ' && byte <= '~')
        return printable[byte - ' '];
    if (byte == '\n')
        return 180;
    if (byte == '\t')
        return 20;
    return byte >= 0x80 ? 3 : 1;
}

/* ---- Sequences ---- */

typedef enum kind {
    kind_lower,
    kind_upper,
    kind_digit,
    kind_blank,
    kind_sign,
    kind_other, /* controls, non-ASCII */
    kind_count
} kind;

/* What stands after a byte of a kind, in shares of 1; ours, as above. */
static const double after[kind_count][kind_count] = {
    /* to:      lower  upper  digit  blank  sign   other */
    [kind_lower] = {0.76, 0.005, 0.002, 0.18, 0.05, 0.003},
    [kind_upper] = {0.60, 0.20, 0.01, 0.12, 0.07, 0.00},
    [kind_digit] = {0.05, 0.02, 0.45, 0.22, 0.26, 0.00},
    [kind_blank] = {0.72, 0.14, 0.03, 0.05, 0.06, 0.00},
    [kind_sign] = {0.12, 0.06, 0.06, 0.62, 0.14, 0.00},
    [kind_other] = {0.05, 0.01, 0.01, 0.13, 0.05, 0.75},
};

static kind kind_of(uint8_t byte)
{
    if (byte >= 'a' && byte <= 'z')
        return kind_lower;
    if (byte >= 'A' && byte <= 'Z')
        return kind_upper;
    if (byte >= '0' && byte <= '9')
        return kind_digit;
    if (byte == ' ' || (byte >= 9 && byte <= 13))
        return kind_blank;
    return byte > ' ' && byte < 0x7F ? kind_sign : kind_other;
}

/* Shares of all bytes, by kind: what the table above adds up to. */
static const double whole[kind_count] = {6571, 455, 132, 1703, 614, 412};

/* Shares of the members of `set`, by kind. */
static void kind_shares(const pii__byte_set *set, double ret[kind_count])
{
    for (int k = 0; k < kind_count; k++)
        ret[k] = 0;
    for (int word = 0; word < 4; word++)
        for (uint64_t bits = set->bits[word]; bits; bits &= bits - 1) {
            uint8_t byte = (uint8_t)(64 * word + __builtin_ctzll(bits));
            ret[kind_of(byte)] += share(byte);
        }
}

double pii__sequence_share(const pii__byte_set *sets, unsigned count)
{
    static const pii__byte_set every_byte = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    double now[kind_count], sum = 0;
    kind_shares(&sets[0], now);
    for (unsigned i = 1; i < count; i++) {
        double next[kind_count] = {0}, in_set[kind_count];
        if (pii__byte_set_equal(&sets[i], &every_byte))
            continue; /* anything may follow, and then nothing more is known */
        kind_shares(&sets[i], in_set);
        for (int from = 0; from < kind_count; from++)
            for (int to = 0; to < kind_count; to++)
                next[to] += now[from] * after[from][to] * in_set[to] / whole[to];
        for (int k = 0; k < kind_count; k++)
            now[k] = next[k];
    }
    for (int k = 0; k < kind_count; k++)
        sum += now[k];
    return sum * 1000000 / PII__SHARE_ALL;
}

uint32_t pii__byte_share(const pii__byte_set *set)
{
    uint32_t sum = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        if (pii__byte_set_has(set, (uint8_t)byte))
            sum += share((uint8_t)byte);
    return sum < PII__SHARE_ALL ? sum : PII__SHARE_ALL;
}
