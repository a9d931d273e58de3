/* ip_value.h - internet addresses as numbers. */
#ifndef PII__IP_VALUE_H
#define PII__IP_VALUE_H

#include "value_text.h"

enum { PII__IPV4_BYTES = 4, PII__IPV6_BYTES = 16 };

typedef struct pii__ip {
    bool v6;
    uint8_t bytes[PII__IPV6_BYTES]; /* the first four of an IPv4 address */
    unsigned prefix;                /* bits that name the network: all unless given, "/24" */
} pii__ip;

/* Reads a folded address; a zone ("%eth0") is left out, and an IPv4 address that
 * is written as IPv6 ("::ffff:192.0.2.1") becomes what it is. False for what is
 * no address. */
bool pii__ip_read(const pii__value_text *text, pii__ip *ret);

#endif
