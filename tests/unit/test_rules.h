/* test_rules.h - a few small rules made by hand, for tests below the compiler. */
#ifndef TEST_RULES_H
#define TEST_RULES_H

#include "memory.h"
#include "ruleset.h"

/* The byte alone. */
static inline pii__shape test_shape(uint8_t byte)
{
    pii__shape shape = {.count = 2, .result = 1};
    shape.ops[1].kind = PII__SHAPE_CLASS;
    pii__byte_set_add(&shape.ops[1].set, byte);
    pii__byte_set_add(&shape.fingerprint[0], byte);
    pii__byte_set_add_range(&shape.fingerprint[1], 0, 255);
    pii__byte_set_add_range(&shape.fingerprint[2], 0, 255);
    return shape;
}

/* "mail": local part of 1..8 letters, '@', a tail of up to 12 letters and dots.
 * "code": three digits, a dash, three digits; "call" before it speaks for it,
 * "score" against it. "word": the letters "abc", nothing to anchor but 'a'. */
static inline pii_ruleset *test_ruleset(void)
{
    pii__shape at_sign, dash;
    pii__rule_definition mail = {
        .id = "test.mail",
        .entity = "EMAIL",
        .entity_on = true,
        .description = "",
        .gate_text = "",
        .pattern = "(?<![a-z])[a-z]{1,8}@[a-z.]{1,12}",
        .confidence = 0.9,
        .width_min = 3,
        .width_max = 21,
        .behind = 1,
        .has_tail = true,
        .gates = {{.shape = &at_sign, .near = 1, .far = 8}},
        .gate_count = 1,
    };
    at_sign = test_shape('@');
    pii__byte_set_add_range(&mail.gates[0].lead, 'a', 'z');
    pii__byte_set_add_range(&mail.tail, 'a', 'z');
    pii__byte_set_add(&mail.tail, '.');
    pii__rule_definition code = {
        .id = "test.code",
        .entity = "PHONE",
        .entity_on = true,
        .description = "",
        .gate_text = "",
        .pattern = "(?<!\\d)(?<pii>\\d{3}-\\d{3})(?!\\d)",
        .confidence = 0.4,
        .boost = {.pattern = "(?i)(?<![a-z])(?:call)(?![a-z])", .weight = 0.3},
        .suppress = {.pattern = "(?i)(?<![a-z])(?:score)(?![a-z])", .weight = 0.5},
        .context_before = 16,
        .context_after = 8,
        .width_min = 7,
        .width_max = 7,
        .behind = 17,
        .ahead = 9,
        .gates = {{.shape = &dash, .near = 3, .far = 3}},
        .gate_count = 1,
    };
    dash = test_shape('-');
    pii__byte_set_add_range(&code.gates[0].lead, '0', '9');
    pii__rule_definition word = {
        .id = "test.word",
        .entity = "ADDRESS",
        .entity_on = true,
        .description = "",
        .gate_text = "",
        .pattern = "abc",
        .confidence = 1,
        .width_min = 3,
        .width_max = 3,
    };
    pii__rule_definition all[] = {mail, code, word};
    pii_ruleset *ruleset = NULL;
    return pii__ruleset_new(&pii__default_allocator, all, 3, NULL, &ruleset) == PII_OK ? ruleset : NULL;
}

#endif
