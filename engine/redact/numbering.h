/* numbering.h - one number for one value of an entity, within a document.
 *
 * Values are known by the one form of all their writings. They are held until the
 * document ends, in memory that is wiped; from PII__NUMBERED_MAX values on new ones
 * get no number. */
#ifndef PII__NUMBERING_H
#define PII__NUMBERING_H

#include "buffer.h"

typedef struct pii__numbered {
    size_t at; /* of its bytes, into `values`: the entity, a NUL, the value */
    uint32_t size;
    uint32_t hash;
    uint32_t number;
    uint32_t next; /* of the same bucket, counted from 1; 0: none */
} pii__numbered;

typedef struct pii__numbering {
    const pii_allocator *allocator; /* borrowed */
    pii__buffer values;
    pii__numbered *items;
    size_t count, capacity;
    uint32_t *buckets; /* items, counted from 1; 0: empty */
    size_t bucket_count;
} pii__numbering;

void pii__numbering_init(pii__numbering *numbering, const pii_allocator *allocator);
void pii__numbering_free(pii__numbering *numbering);

/* A new document begins. */
void pii__numbering_restart(pii__numbering *numbering);

/* The number of a value, from 1 on; 0: it gets none. */
PII_MUST_CHECK pii_status pii__numbering_find(pii__numbering *numbering, const char *entity, const uint8_t *value,
                                              size_t size, uint32_t *ret);

#endif
