/* rule_file.h - a rule file checked against its schema (docs/RULES.md).
 *
 * Only the form is checked here: keys, types, ranges, names. What the values
 * mean - patterns, lists, entities, validators - is the business of
 * rule_build.c. Every text points into the YAML tree. */
#ifndef PII__RULE_FILE_H
#define PII__RULE_FILE_H

#include "yaml_tree.h"


/* Words that speak for or against a candidate. */
typedef struct pii__words_source {
    const pii__yaml_node *words; /* sequence of texts; NULL: none */
    double weight;
} pii__words_source;

typedef struct pii__rule_source {
    size_t index; /* position in the file, for field paths */
    const pii__yaml_node *id;
    const pii__yaml_node *entity;
    const pii__yaml_node *description;
    const pii__yaml_node *pattern;
    const pii__yaml_node *validator; /* NULL: none */
    double confidence;
    uint32_t before;
    uint32_t after;
    pii__words_source boost;
    pii__words_source suppress;
    const pii__yaml_node *match; /* sequences of texts, none empty */
    const pii__yaml_node *pass;
} pii__rule_source;

typedef struct pii__rule_file {
    const char *family;
    const pii__yaml_node *entities; /* sequence of valid names, or NULL */
    const pii__yaml_node *lists;    /* mapping of valid names to sequences of texts, or NULL */
    pii__rule_source *rules;
    size_t rule_count;
} pii__rule_file;

/* Reads the file out of its tree. All errors go to the report; PII_ERROR_RULE
 * when there was one. */
PII_MUST_CHECK pii_status pii__rule_file_read(pii__arena *arena, pii__report *report, const pii__yaml_tree *tree,
                                              pii__rule_file *ret);

/* Whether `text` is [a-z][a-z0-9_]* of at most PII__NAME_SIZE_MAX bytes. */
bool pii__plain_name(const char *text, size_t size);

#endif
