/* messages.h - what embed_messages.py makes of rules/messages. */
#ifndef PII__MESSAGES_H
#define PII__MESSAGES_H

#include <stddef.h>

typedef struct pii__reason {
    const char *entity; /* the last one is OTHER: all entities that are not listed */
    const char *code;
} pii__reason;

typedef struct pii__catalogue {
    const char *language;        /* BCP 47, small letters */
    const char *name;            /* of the language, in itself */
    const char *const *messages; /* UTF-8; in the order of pii__reasons */
} pii__catalogue;

extern const pii__reason pii__reasons[];
extern const size_t pii__reason_count;
extern const pii__catalogue pii__catalogues[]; /* English first */
extern const size_t pii__catalogue_count;

#endif
