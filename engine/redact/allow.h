/* allow.h - findings that are left alone.
 *
 * An entry names an entity, and the whole finding must be what it names. Whatever
 * goes wrong on the way - a limit of the match engine, a value that is not at
 * hand - the finding stays one. */
#ifndef PII__ALLOW_H
#define PII__ALLOW_H

#include "pattern.h"
#include "place_pattern.h"
#include "value_text.h"

enum {
    PII__ALLOW_HASH_SIZE = 32,
    PII__ALLOW_CONTEXT = 32 /* bytes before and after a finding, of its field, that are hashed with it */
};

typedef enum pii__allow_kind { PII__ALLOW_VALUE, PII__ALLOW_DOMAIN, PII__ALLOW_PATTERN } pii__allow_kind;

typedef struct pii__allow_entry {
    pii__allow_kind kind;
    char *entity;
    pii__place_pattern where;
    char *text; /* VALUE: the one form of all its writings; DOMAIN: in small letters */
    size_t size;
    pii__pattern *pattern;
} pii__allow_entry;

typedef struct pii__allow_hash {
    uint8_t bytes[PII__ALLOW_HASH_SIZE];
} pii__allow_hash;

typedef struct pii__allow_list {
    pii__allow_entry *entries;
    size_t count, capacity;
    pii__allow_hash *hashes; /* in order */
    size_t hash_count, hash_capacity;
} pii__allow_list;

/* A finding as an allow list, or an action, looks at it. */
typedef struct pii__found {
    const char *entity;
    const char *label;    /* "[EMAIL]" */
    const char *project;  /* kind of project of the document, or "" */
    const char *path;     /* of the field; "" in plain text */
    const uint8_t *value; /* its text; NULL: longer than PII__VALUE_SIZE_MAX */
    size_t size;
    size_t before; /* bytes of its field before `value`, PII__ALLOW_CONTEXT at most */
    size_t after;  /* and behind it */
    const uint8_t *subject; /* whom its record is about; NULL: nothing says it */
    size_t subject_size;
    bool placed;   /* `before` and `after` are true: it lies in a document */
} pii__found;

void pii__allow_list_free(const pii_allocator *allocator, pii__allow_list *list);

/* Adds an entry; `text` as it is written. */
PII_MUST_CHECK pii_status pii__allow_add(const pii_allocator *allocator, pii__allow_list *list, pii__allow_kind kind,
                                         const pii_place *where, const char *entity, const void *text, size_t size);
PII_MUST_CHECK pii_status pii__allow_add_hash(const pii_allocator *allocator, pii__allow_list *list,
                                              const uint8_t hash[PII__ALLOW_HASH_SIZE]);

/* What tells a finding in a document; false: it is in none. */
bool pii__allow_hash_of(const pii__found *found, uint8_t ret[PII__ALLOW_HASH_SIZE]);

/* The working memory of one thread. */
typedef struct pii__allow_memory {
    pii__view view;
    pii__matcher *matcher; /* NULL before the first pattern */
    pii__value_text form;  /* of a value; wiped after use */
} pii__allow_memory;

void pii__allow_memory_init(pii__allow_memory *memory, const pii_allocator *allocator);
void pii__allow_memory_free(pii__allow_memory *memory);

/* Whether the list names the finding. Out of memory is the only error. */
PII_MUST_CHECK pii_status pii__allowed(const pii__allow_list *list, pii__allow_memory *memory, const pii__found *found,
                                       bool *ret);

#endif
