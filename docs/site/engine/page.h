/* page.h - what the functions of the page have in common: one session, made of rules, a policy and a result.
 *
 * Compiled to WebAssembly by docs/site/build_engine.py; the functions marked EXPORT are called by
 * docs/site/assets/engine.js. Texts go in and out as bytes in the module's memory. A module has one thread. */
#ifndef PAGE_H
#define PAGE_H

#include "piiglet.h"

#define EXPORT(name) __attribute__((export_name(#name), visibility("default")))

/* The tests of a rule file run one at a time; what the last one found. */
struct page_verdict {
    const pii_rule_test *test;
    bool exact;
    size_t found;
    uint64_t begin; /* of the first finding */
    uint64_t end;
};

struct page {
    pii_compiler *compiler; /* of the reader's rules; NULL: there are none */
    pii_ruleset *ruleset;
    pii_policy *policy;
    pii_scrubber *scrubber; /* made at the first scan after a change of rules or policy */
    pii_scrubber *tester;   /* with every entity on */
    pii_result result;
    struct page_verdict verdict;
};

/* Rules or policy are about to change. */
void page_forget(struct page *page);

#endif
