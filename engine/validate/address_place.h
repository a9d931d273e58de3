/* address_place.h - what follows the street: unit, city, state, postal code and
 * country, and where the address ends. */
#ifndef PII__ADDRESS_PLACE_H
#define PII__ADDRESS_PLACE_H

#include "address_postcode.h"

typedef struct pii__address_place {
    size_t end; /* after the last token of the address */
    bool unit;
    bool city;              /* a word after the street that may be a city */
    bool city_capital;      /* that begins with a capital */
    bool state;             /* of the United States */
    bool zip;               /* 62704 */
    pii__postcode postcode; /* of another country */
    bool country;
} pii__address_place;

/* Reads what follows token `from - 1`, the last one of the street. */
void pii__address_place_read(pii__address_place *place, const pii__tokens *tokens, size_t from);

/* First token from `from` on that cannot belong to the address. */
size_t pii__address_run_end(const pii__tokens *tokens, size_t from);

#endif
