/* gates RANDOM_TEXTS - a gate never decides a match: scanning with gates, and trying every start
 * offset without them, give the same hits, over all rule vectors and over random texts, with every
 * kernel that this CPU runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hits.h"
#include "memory.h"
#include "random.h"
#include "tally.h"
#include "view.h"

struct checker {
    test_session session;
    pii_allocator allocator;
    pii__view view;
    pii__scanner gated;
    pii__scanner ungated;
    bool *rule_on;
    double *minimums; /* one per rule */
    size_t hits;
};

static bool agree(struct checker *checker, const test_bytes *text)
{
    if (pii__view_build(&checker->view, (const uint8_t *)text->data, text->size, true, false) != PII_OK)
        return false;
    pii__subject subject = {checker->view.bytes, checker->view.size, true, true};
    pii__scanner_restart(&checker->gated);
    pii__scanner_restart(&checker->ungated);
    if (pii__scan(&checker->gated, &subject, 0, subject.size) != PII_OK ||
        pii__scan(&checker->ungated, &subject, 0, subject.size) != PII_OK)
        return false;
    checker->hits += checker->ungated.hit_count;
    return hits_equal(&checker->gated, &checker->ungated);
}

static bool open_scanner(struct checker *checker, pii__scanner *scanner, const pii__kernel *kernel, double minimum,
                         bool with_gates)
{
    if (pii__scanner_init(scanner, &checker->allocator, checker->session.ruleset, kernel) != PII_OK)
        return false;
    for (size_t i = 0; i < checker->session.ruleset->rule_count; i++)
        checker->minimums[i] = minimum;
    pii__scanner_choose(scanner, checker->rule_on, checker->minimums);
    scanner->gated = with_gates;
    return true;
}

/* At 0 every candidate counts that its validator lets pass; at the usual minimum, rules that need a
 * word near them are not even tried where there is none. */
static const double minimums[] = {0, 0.5};

static void check_all(struct checker *checker, const char *kernel, unsigned long random_texts)
{
    test_bytes text = {0};
    for (size_t i = 0; i < checker->session.vector_count; i++) {
        const pii_rule_test *vector = &checker->session.vectors[i];
        text.size = 0;
        bytes_append(&text, vector->text, vector->size);
        tally_case(agree(checker, &text), "%s:%u with kernel %s", vector->file, vector->line, kernel);
    }
    for (unsigned long seed = 1; seed <= random_texts; seed++) {
        random_source random = {seed};
        text.size = 0;
        random_text(&random, &checker->session, 3000, &text);
        tally_case(agree(checker, &text), "random text with seed %lu and kernel %s", seed, kernel);
    }
    tally_case(checker->hits >= checker->session.vector_count / 4, "too few hits to compare");
    bytes_free(&text);
}

int main(int count, char **arguments)
{
    struct checker checker = {0};
    if (!session_open(&checker.session))
        return 1;
    checker.allocator = pii__allocator_or_default(NULL);
    pii__view_init(&checker.view, &checker.allocator);
    size_t rules = checker.session.ruleset->rule_count;
    checker.rule_on = malloc(rules * sizeof *checker.rule_on);
    checker.minimums = calloc(rules, sizeof *checker.minimums);
    if (checker.rule_on == NULL || checker.minimums == NULL)
        return 1;
    for (size_t i = 0; i < rules; i++)
        checker.rule_on[i] = true;
    for (size_t i = 0; pii__kernel_name(i); i++) {
        const pii__kernel *kernel = pii__kernel_find(pii__kernel_name(i));
        if (!kernel) /* of another CPU */
            continue;
        for (size_t k = 0; k < sizeof minimums / sizeof minimums[0]; k++) {
            bool opened = open_scanner(&checker, &checker.gated, kernel, minimums[k], true) &&
                          open_scanner(&checker, &checker.ungated, kernel, minimums[k], false);
            tally_case(opened, "cannot open scanners with kernel %s", kernel->name);
            if (opened)
                check_all(&checker, kernel->name, count > 1 ? strtoul(arguments[1], NULL, 10) : 0);
            pii__scanner_free(&checker.gated);
            pii__scanner_free(&checker.ungated);
        }
    }
    pii__view_free(&checker.view);
    free(checker.rule_on);
    free(checker.minimums);
    session_close(&checker.session);
    return tally_end();
}
