#include "ascii.h"
#include "validators.h"

#define GROUPS 8

/* What the text of an IPv6 address consists of. */
typedef struct parts {
    unsigned groups;      /* of hexadecimal digits; an IPv4 tail counts two */
    unsigned digits_wide; /* hexadecimal digits in the widest group */
    bool decimal;         /* a digit 0 to 9 occurs */
    bool compressed;      /* "::" occurs */
    bool broken;
} parts;

static size_t skip_hex(const uint8_t *text, size_t at, size_t end, parts *p)
{
    size_t first = at;
    while (at < end && pii__hex_value(text[at]) >= 0) {
        p->decimal |= pii__is_digit(text[at]);
        at++;
    }
    unsigned wide = (unsigned)(at - first);
    p->digits_wide = wide > p->digits_wide ? wide : p->digits_wide;
    p->broken |= wide > 4;
    return at;
}

/* The IPv4 tail of "::ffff:192.0.2.1": three dots between short numbers. */
static size_t skip_ipv4(const uint8_t *text, size_t at, size_t end, parts *p)
{
    unsigned dots = 0;
    for (; at < end && (pii__is_digit(text[at]) || text[at] == '.'); at++)
        dots += text[at] == '.';
    p->broken |= dots != 3;
    p->groups++;
    return at;
}

/* A network's width ("/64") and the zone of a link ("%eth0") are no groups. */
static size_t address_end(const pii__candidate *candidate)
{
    size_t at = candidate->begin;
    while (at < candidate->end && candidate->text[at] != '/' && candidate->text[at] != '%')
        at++;
    return at;
}

static parts read_parts(const uint8_t *text, size_t begin, size_t end)
{
    parts p = {0};
    size_t at = begin;
    while (at < end && !p.broken) {
        if (text[at] == ':' && at + 1 < end && text[at + 1] == ':') {
            p.broken |= p.compressed;
            p.compressed = true;
            at += 2;
            continue;
        }
        if (text[at] == ':')
            at++;
        size_t next = skip_hex(text, at, end, &p);
        p.broken |= next == at;
        p.groups++;
        at = next < end && text[next] == '.' ? skip_ipv4(text, next, end, &p) : next;
        p.broken |= at < end && text[at] != ':';
    }
    return p;
}

/* "::" parts names in program text ("face::add"), so what has letters only is
 * not taken for an address, and two short groups only beside a telling word. */
void pii__validate_ipv6(const pii__candidate *candidate, pii__verdict *verdict)
{
    parts p = read_parts(candidate->text, candidate->begin, address_end(candidate));
    bool whole = p.compressed ? p.groups < GROUPS : p.groups == GROUPS;
    if (p.broken || !whole) {
        pii__verdict_refuse(verdict, "not eight groups of hexadecimal digits");
    } else if (!p.decimal) {
        pii__verdict_refuse(verdict, "no digit, as in names of program text");
    } else if (p.compressed && (p.groups < 2 || (p.groups == 2 && p.digits_wide < 4))) {
        verdict->confidence -= 0.5;
        verdict->reason = "too little of an address to tell it from code";
    } else {
        verdict->reason = "groups of hexadecimal digits";
    }
}
