/* address_layout.h - which words of a candidate are house number and street,
 * and what follows them. */
#ifndef PII__ADDRESS_LAYOUT_H
#define PII__ADDRESS_LAYOUT_H

#include "address_place.h"

typedef enum pii__street_kind {
    PII__STREET_NONE,     /* no word says that this is a street */
    PII__STREET_SUFFIX,   /* "Evergreen Terrace" */
    PII__STREET_USUAL,    /* "Winding Way": an everyday word that ends many names */
    PII__STREET_EVERYDAY, /* "Union Landing": the suffix is an everyday word */
    PII__STREET_PREFIX,   /* "Avenue of the Americas", "Calle Luna" */
    PII__STREET_ROUTE,    /* "County Road 12" */
    PII__STREET_BOX       /* "PO Box 12": begins with words, not with a number */
} pii__street_kind;

typedef struct pii__address_layout {
    pii__street_kind kind;
    size_t name_begin;    /* first token of the street's name */
    size_t street_end;    /* after the last token of the street */
    size_t name_words;    /* words of the name, without direction and suffix */
    size_t name_capitals; /* how many of them begin with a capital */
    size_t name_numbers;  /* how many of them hold a digit */
    bool lead;            /* begins with a street word of another language: "rua" */
    bool direction;
    bool ordinal; /* the name is "24th" */
    pii__address_place place;
} pii__address_layout;

/* Whether token 1 belongs to the house number: "12 1/2", "600.5", "12 - 14". */
bool pii__address_number_goes_on(const pii__tokens *tokens);

/* Token 0 is the house number, or the first word of a post-office box. */
void pii__address_layout_read(pii__address_layout *layout, const pii__tokens *tokens);

#endif
