#include "rule_remarks.h"

enum {
    rare_share = 200,         /* of a million bytes: such a gate costs next to nothing */
    low_share = 2000,
    weak_gate_share = 20000,  /* beyond this PCRE2 runs so often that the rule is slow */
    every_byte_share = 500000 /* the gate leaves next to nothing out */
};

/* The policy's own minimum, as long as nobody sets another. */
static const double usual_minimum = 0.5;

/* A rule at work: builder and source, which each remark needs. */
typedef struct author {
    pii__rule_builder *builder;
    const pii__rule_source *source;
} author;

static void warn(const author *to, const char *key, pii__place place, const char *message, const char *expected)
{
    const char *field = pii__arena_format(to->builder->scratch, "rules[%zu].%s", to->source->index, key);
    pii__report_add(to->builder->report, PII_SEVERITY_WARNING, place, field, message, expected);
}

static void note(const author *to, pii__place place, const char *message)
{
    pii__report_add(to->builder->report, PII_SEVERITY_NOTE, place, NULL, message, NULL);
}

static void note_width(const author *to, const pii__rule_definition *rule)
{
    note(to, to->source->pattern->place,
         pii__arena_format(to->builder->scratch,
                           "width: matches %u to %u bytes; %u bytes before and %u after can matter", rule->width_min,
                           rule->width_max, rule->behind, rule->ahead));
}

static void note_gate(const author *to, const pii__pattern_facts *facts, const pii__rule_definition *rule)
{
    const char *text = facts->gate_share < every_byte_share
                           ? pii__arena_format(to->builder->scratch, "gate: %s", rule->gate_text)
                           : "gate: none, as no byte class of the pattern is rare; PCRE2 is tried at every byte";
    note(to, to->source->pattern->place, text);
}

/* Whether the rule finds nothing without one of the words that speak for it. */
static bool needs_word(const pii__rule_definition *rule)
{
    double most = rule->confidence + (rule->validator ? rule->validator->raise : 0);
    return rule->boost.pattern && most + 1e-9 < usual_minimum;
}

/* Whether a listed word must be near wherever a gate stops. */
static bool needs_list(const pii__pattern_facts *facts)
{
    for (size_t i = 0; i < facts->gate_count; i++)
        if (!facts->gates[i].words)
            return false;
    return facts->gate_count > 0;
}

static void note_cost(const author *to, const pii__pattern_facts *facts, const pii__rule_definition *rule)
{
    const char *grade = facts->gate_share <= rare_share        ? "next to nothing"
                        : facts->gate_share <= low_share       ? "little"
                        : facts->gate_share <= weak_gate_share ? "some"
                                                               : "much";
    const char *text =
        facts->gate_share < every_byte_share
            ? pii__arena_format(to->builder->scratch,
                                "cost: %s; about %u places in a million bytes of ordinary text look like the gate",
                                grade, facts->gate_share)
            : "cost: very much; without a gate, about 0.1 s for a million bytes of text";
    if (needs_list(facts))
        text = text ? pii__arena_format(to->builder->scratch, "%s, and a listed word must be near", text) : NULL;
    if (needs_word(rule))
        text = text ? pii__arena_format(to->builder->scratch, "%s; tried only near a word of boost", text) : NULL;
    note(to, to->source->pattern->place, text);
}

static unsigned items_of(const pii__yaml_node *sequence)
{
    unsigned count = 0;
    for (const pii__yaml_node *item = sequence ? sequence->first : NULL; item; item = item->next)
        count++;
    return count;
}

static void note_tests(const author *to)
{
    note(to, to->source->match->place,
         pii__arena_format(to->builder->scratch, "tests: %u match, %u pass", items_of(to->source->match),
                           items_of(to->source->pass)));
}

static void add_warnings(const author *to, const pii__pattern_facts *facts, const pii__rule_definition *rule)
{
    pii__place place = to->source->pattern->place;
    if (facts->gate_share > weak_gate_share)
        warn(to, "pattern", place, "the gate stops at common bytes, so the rule is slow",
             "a digit, a special character or a rare letter in every match, near its start");
    if (facts->cut_end)
        warn(to, "pattern", place,
             "a longer text than the pattern can cover is matched in part",
             "a greedy class{m,n} at the end, or a look-ahead that says what may follow");
    if (!rule->validator && rule->confidence + rule->boost.weight < usual_minimum)
        warn(to, "confidence", place, "the rule finds nothing under the default policy",
             "confidence and boost that reach 0.5 together");
}

void pii__rule_remarks_add(pii__rule_builder *builder, const pii__rule_source *source,
                           const pii__pattern_facts *facts, const pii__rule_definition *rule)
{
    author to = {builder, source};
    note_width(&to, rule);
    note_gate(&to, facts, rule);
    note_cost(&to, facts, rule);
    note_tests(&to);
    add_warnings(&to, facts, rule);
}
