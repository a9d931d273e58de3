/* ready_rules - the ruleset that was compiled into the library is the one that its embedded rule
 * files make: the same facts of each rule, and the same findings in every rule vector. */
#include <stdio.h>
#include <string.h>

#include "session.h"
#include "tally.h"

static bool same_info(const pii_rule_info *a, const pii_rule_info *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->entity, b->entity) == 0 &&
           strcmp(a->description, b->description) == 0 && strcmp(a->pattern, b->pattern) == 0 &&
           strcmp(a->validator, b->validator) == 0 && strcmp(a->gate, b->gate) == 0 &&
           !(a->confidence < b->confidence) && !(b->confidence < a->confidence) && a->width_min == b->width_min &&
           a->width_max == b->width_max && a->behind == b->behind && a->ahead == b->ahead;
}

static void compare_rules(const pii_ruleset *ready, const pii_ruleset *made)
{
    tally_case(pii_ruleset_size(ready) == pii_ruleset_size(made), "number of rules");
    tally_case(pii_ruleset_hold_back(ready) == pii_ruleset_hold_back(made), "hold-back");
    for (size_t i = 0; i < pii_ruleset_size(ready); i++) {
        pii_rule_info a, b;
        bool known = pii_ruleset_rule(ready, i, &a) == PII_OK && pii_ruleset_rule(made, i, &b) == PII_OK;
        tally_case(known && same_info(&a, &b), "rule %zu: %s", i, known ? a.id : "missing");
    }
}

static void compare_findings(const test_session *session, pii_scrubber *ready, pii_scrubber *made)
{
    test_answer a = {0}, b = {0};
    for (size_t i = 0; i < session->vector_count; i++) {
        const pii_rule_test *vector = &session->vectors[i];
        bool same = answer_take(ready, vector->text, vector->size, &a) &&
                    answer_take(made, vector->text, vector->size, &b) &&
                    findings_equal(a.findings.list, a.findings.count, b.findings.list, b.findings.count);
        tally_case(same, "%s:%u", vector->file, vector->line);
    }
    answer_free(&a);
    answer_free(&b);
}

int main(void)
{
    test_session session;
    if (!session_open(&session))
        return 1;
    pii_ruleset *made = NULL;
    pii_scrubber *with_ready = NULL, *with_made = NULL;
    if (pii_compiler_finish(session.compiler, &made) == PII_OK &&
        pii_scrubber_new(session.ruleset, session.policy, NULL, &with_ready) == PII_OK &&
        pii_scrubber_new(made, session.policy, NULL, &with_made) == PII_OK) {
        compare_rules(session.ruleset, made);
        compare_findings(&session, with_ready, with_made);
    }
    pii_scrubber_free(with_ready);
    pii_scrubber_free(with_made);
    pii_ruleset_free(made);
    session_close(&session);
    return tally_end();
}
