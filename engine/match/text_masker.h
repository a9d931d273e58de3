/* text_masker.h - the masks that front-ends read by (text_masks.h), made by a kernel. */
#ifndef PII__TEXT_MASKER_H
#define PII__TEXT_MASKER_H

#include "kernel.h"
#include "text_masks.h"

typedef struct pii__text_masker {
    const pii__kernel *kernel;
    pii__classes classes[PII__MASKS_COUNT]; /* in the order of pii__text_masks */
} pii__text_masker;

/* `kernel` is borrowed. */
void pii__text_masker_init(pii__text_masker *masker, const pii__kernel *kernel);

/* What front-ends get of it, as long as it stays where it is. */
pii__masker pii__text_masker_of(const pii__text_masker *masker);

#endif
