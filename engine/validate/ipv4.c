#include "ascii.h"
#include "validators.h"

#define OCTETS 4

typedef struct octets {
    unsigned value[OCTETS];
    size_t count;
    bool padded; /* a zero stands before another digit */
} octets;

/* Reads up to four numbers of 0 to 255 parted by dots; none when one is larger. */
static octets read_octets(const uint8_t *text, size_t begin, size_t end)
{
    octets read = {0};
    size_t at = begin;
    while (at < end && read.count < OCTETS) {
        unsigned value = 0;
        size_t first = at;
        while (at < end && pii__is_digit(text[at]) && at - first < 3)
            value = value * 10 + (unsigned)(text[at++] - '0');
        if (at == first || value > 255)
            return (octets){0};
        read.padded |= at - first > 1 && text[first] == '0';
        read.value[read.count++] = value;
        if (at == end || text[at] != '.')
            break;
        at++;
    }
    return read;
}

/* Addresses of a home or school network, and of the machine itself, name no
 * one outside; they count less, so that a word against them is enough. */
static bool is_local(const unsigned *octet)
{
    return octet[0] == 10 || octet[0] == 127 || (octet[0] == 192 && octet[1] == 168) ||
           (octet[0] == 172 && octet[1] >= 16 && octet[1] <= 31);
}

static bool is_line_end(uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

/* Nothing else stands on the line. */
static bool is_alone(const pii__candidate *candidate)
{
    return (candidate->begin == 0 || is_line_end(candidate->text[candidate->begin - 1])) &&
           (candidate->end == candidate->size || is_line_end(candidate->text[candidate->end]));
}

void pii__validate_ipv4(const pii__candidate *candidate, pii__verdict *verdict)
{
    octets read = read_octets(candidate->text, candidate->begin, candidate->end);
    if (read.count != OCTETS) {
        pii__verdict_refuse(verdict, "not four numbers up to 255");
        return;
    }
    const unsigned *octet = read.value;
    bool small = octet[0] < 10 && octet[1] < 20 && octet[2] < 20 && octet[3] < 20;
    bool alone = is_alone(candidate);
    pii__verdict_feature(verdict, "local", is_local(octet));
    pii__verdict_feature(verdict, "like a version", small);
    pii__verdict_feature(verdict, "alone on its line", alone);
    if (read.padded) {
        verdict->confidence -= 0.35;
        verdict->reason = "numbers are seldom filled up with zeros";
    } else if (small && !alone) {
        verdict->confidence -= 0.2;
        verdict->reason = "small numbers are more often a version";
    } else {
        verdict->reason = is_local(octet) ? "address of a local network" : "four numbers up to 255";
    }
}
