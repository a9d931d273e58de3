/* rule_tests.h - the test vectors of rules, with their markers taken out. */
#ifndef PII__RULE_TESTS_H
#define PII__RULE_TESTS_H

#include "rule_file.h"

typedef struct pii__rule_tests {
    pii__arena *arena; /* of the texts; outlives this */
    pii_rule_test *items;
    size_t count;
    size_t capacity;
} pii__rule_tests;

void pii__rule_tests_init(pii__rule_tests *tests, pii__arena *arena);
void pii__rule_tests_free(pii__rule_tests *tests);

/* Adds those of one rule, under the file and rule that the report is at.
 * PII_ERROR_RULE: markers are wrong, see the report. */
PII_MUST_CHECK pii_status pii__rule_tests_add(pii__rule_tests *tests, pii__report *report,
                                              const pii__rule_source *source);

#endif
