/* coordinates.h - a place on earth as numbers. */
#ifndef PII__COORDINATES_H
#define PII__COORDINATES_H

#include "value_text.h"

/* Latitude and longitude, in the order of the text. */
typedef struct pii__coordinates {
    int64_t millionths[2]; /* of a degree; south and west are negative */
    pii__stretch at[2];    /* unless lettered: where the two numbers stand, without signs */
    bool lettered;         /* written with N, S, E, W, perhaps with minutes and seconds */
} pii__coordinates;

/* Reads folded coordinates in the forms of rules/gps.yaml; false for others. */
bool pii__coordinates_read(const pii__value_text *text, pii__coordinates *ret);

#endif
