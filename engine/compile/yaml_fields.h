/* yaml_fields.h - the keys and values of a mapping, checked, with a remark about
 * each that is wrong. */
#ifndef PII__YAML_FIELDS_H
#define PII__YAML_FIELDS_H

#include "yaml_tree.h"

typedef enum pii__value_kind {
    PII__VALUE_TEXT,     /* a scalar that is not empty */
    PII__VALUE_NUMBER,   /* 0 to 1 */
    PII__VALUE_COUNT,    /* below PII__RULE_REACH_MAX */
    PII__VALUE_TEXTS,    /* a sequence of one or more texts */
    PII__VALUE_SEQUENCE, /* of one or more values */
    PII__VALUE_MAPPING,
    PII__VALUE_ANY
} pii__value_kind;

typedef struct pii__yaml_key {
    const char *name;
    pii__value_kind kind;
    bool required;
} pii__yaml_key;

typedef struct pii__yaml_reader {
    pii__arena *arena; /* of the tree; also of field paths */
    pii__report *report;
} pii__yaml_reader;

/* Adds an error to the report. */
void pii__yaml_refuse(pii__yaml_reader *reader, pii__place place, const char *field, const char *message,
                      const char *expected);

/* Whether it is a text, or a sequence of one or more; refused if not. */
bool pii__yaml_check_text(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field);
bool pii__yaml_check_texts(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field);

/* "path.name"; NULL when out of memory, which is to be handed on. */
const char *pii__yaml_join(pii__yaml_reader *reader, const char *path, const char *name);

/* Fills values[i] with the value of keys[i], NULL where it is missing or
 * wrong; false after any error. */
bool pii__yaml_read_mapping(pii__yaml_reader *reader, const pii__yaml_node *map, const char *path,
                            const pii__yaml_key *keys, size_t count, const pii__yaml_node **values);

/* Of a value that has been found to be a number, or `absent` when it is NULL. */
double pii__yaml_number_of(const pii__yaml_node *node, double absent);

/* The version of all our files, which each begins with. */
#define PII__YAML_SCHEMA 1

/* Whether `schema` is the first key of `root` and says so. */
bool pii__yaml_check_schema(pii__yaml_reader *reader, const pii__yaml_node *root, const pii__yaml_node *schema);

#endif
