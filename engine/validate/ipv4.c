#include "ascii.h"
#include "validators.h"

#define OCTETS 4

/* Reads up to four numbers of 0 to 255 parted by dots; returns how many. */
static size_t read_octets(const uint8_t *text, size_t begin, size_t end, unsigned *octets)
{
    size_t count = 0;
    size_t at = begin;
    while (at < end && count < OCTETS) {
        unsigned value = 0;
        size_t first = at;
        while (at < end && pii__is_digit(text[at]) && at - first < 3)
            value = value * 10 + (unsigned)(text[at++] - '0');
        bool leading_zero = at - first > 1 && text[first] == '0';
        if (at == first || value > 255 || leading_zero)
            return 0;
        octets[count++] = value;
        if (at < end && text[at] == '.')
            at++;
        else
            break;
    }
    return count;
}

/* Addresses of a home or school network, and of the machine itself, name no
 * one outside; they count less, so that a word against them is enough. */
static bool is_local(const unsigned *octets)
{
    return octets[0] == 10 || octets[0] == 127 || (octets[0] == 192 && octets[1] == 168) ||
           (octets[0] == 172 && octets[1] >= 16 && octets[1] <= 31);
}

void pii__validate_ipv4(const pii__candidate *candidate, pii__verdict *verdict)
{
    unsigned octets[OCTETS];
    if (read_octets(candidate->text, candidate->begin, candidate->end, octets) != OCTETS) {
        pii__verdict_refuse(verdict, "not four numbers up to 255");
        return;
    }
    bool small = octets[0] < 10 && octets[1] < 20 && octets[2] < 20 && octets[3] < 20;
    pii__verdict_feature(verdict, "local", is_local(octets));
    pii__verdict_feature(verdict, "like a version", small);
    if (small) {
        verdict->confidence -= 0.2;
        verdict->reason = "small numbers are more often a version";
    } else {
        verdict->reason = is_local(octets) ? "address of a local network" : "four numbers up to 255";
    }
}
