/* entity_names.h - the named character references of HTML, made by embed_entities.py. */
#ifndef PII__ENTITY_NAMES_H
#define PII__ENTITY_NAMES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct pii__entity_name {
    uint32_t at : 15; /* into the text */
    uint32_t bare : 1;
    uint32_t second : 16; /* code point, or 0 */
    uint32_t code_point;
} pii__entity_name;

enum { PII__ENTITY_NAME_COUNT = 2125 };

extern const pii__entity_name pii__entity_names[PII__ENTITY_NAME_COUNT];
extern const char pii__entity_name_text[];

#endif
