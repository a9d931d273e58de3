#include "rule_build.h"

#include <string.h>

#include "entity.h"
#include "limits.h"
#include "pattern.h"
#include "pattern_analysis.h"
#include "rule_remarks.h"
#include "text_of.h"
#include "validate.h"
#include "word_heads.h"

/* A context word stands between bytes that belong to no other word: ASCII
 * alphanumerics and two-byte UTF-8, which holds the letters of the Latin, Greek,
 * Cyrillic, Hebrew and Arabic scripts. An emoji beside a word is no letter. */
#define WORD_START "(?i)(?<![A-Za-z0-9])(?<![\\xc3-\\xdf][\\x80-\\xbf])"
#define WORD_END "(?![A-Za-z0-9\\xc3-\\xdf])"

static const char *field_of(pii__rule_builder *builder, const pii__rule_source *source, const char *key)
{
    return pii__arena_format(builder->scratch, "rules[%zu].%s", source->index, key);
}

static void remark(pii__rule_builder *builder, pii_severity severity, pii__place place, const char *field,
                   const char *message, const char *expected)
{
    pii__report_add(builder->report, severity, place, field, message, expected);
}

static const char *keep(pii__rule_builder *builder, const pii__yaml_node *node)
{
    return pii__arena_copy(builder->texts, node->text, node->size);
}

static bool has_nul(const pii__yaml_node *node)
{
    return memchr(node->text, 0, node->size) != NULL;
}

/* ---- Names ---- */

static bool declared(const pii__rule_file *file, const char *entity)
{
    for (const pii__yaml_node *item = file->entities ? file->entities->first : NULL; item; item = item->next)
        if (!strcmp(item->text, entity))
            return true;
    return false;
}

static bool resolve_names(pii__rule_builder *builder, const pii__rule_source *source, pii__rule_definition *rule)
{
    bool good = true;
    const pii__entity *entity = pii__entity_find(source->entity->text);
    rule->entity_on = !entity || entity->on;
    if (has_nul(source->entity) || (!entity && !declared(builder->file, source->entity->text))) {
        remark(builder, PII_SEVERITY_ERROR, source->entity->place, field_of(builder, source, "entity"),
               "unknown entity", "a built-in entity, or one that this file declares under \"entities\"");
        good = false;
    }
    if (!source->validator)
        return good;
    rule->validator = has_nul(source->validator) ? NULL : pii__validator_find(source->validator->text);
    if (!rule->validator) {
        remark(builder, PII_SEVERITY_ERROR, source->validator->place, field_of(builder, source, "validator"),
               "unknown validator", "a validator of docs/RULES.md");
        return false;
    }
    if (rule->validator->behind > PII__RULE_REACH_MAX || rule->validator->ahead > PII__RULE_REACH_MAX) {
        remark(builder, PII_SEVERITY_ERROR, source->validator->place, field_of(builder, source, "validator"),
               "the validator sees too far", "at most " PII__TEXT_OF(PII__RULE_REACH_MAX) " bytes");
        return false;
    }
    return good;
}

/* ---- Context words ---- */

/* The words of a sequence, with "@name" standing for a list. */
static pii_status gather_words(pii__rule_builder *builder, const pii__yaml_node *sequence, const char *field,
                               pii__word **ret_words, size_t *ret_count)
{
    pii__word *words = NULL;
    for (int pass = 0; pass < 2; pass++) {
        size_t count = 0;
        for (const pii__yaml_node *item = sequence->first; item; item = item->next) {
            pii__word single = {item->text, item->size};
            const pii__word *source = &single;
            size_t size = 1;
            if (item->text[0] == '@') {
                const pii__word_list *list = NULL;
                pii_status status = pii__word_lists_find(&builder->lists, item->text + 1, item->size - 1, &list);
                if (status == PII_ERROR_ARGUMENT) {
                    remark(builder, PII_SEVERITY_ERROR, item->place, field, "unknown word list",
                           "@ and the name of a list of this file or of rules/data");
                    return PII_ERROR_RULE;
                }
                if (status != PII_OK)
                    return status;
                source = list->words;
                size = list->count;
            }
            if (words)
                memcpy(words + count, source, size * sizeof *words);
            count += size;
        }
        if (!pass && !(words = pii__arena_take_array(builder->scratch, count, sizeof *words)))
            return PII_ERROR_MEMORY;
        *ret_count = count;
    }
    *ret_words = words;
    return PII_OK;
}

/* None where one of the words cannot be looked up. */
static pii_status build_word_set(pii__rule_builder *builder, const pii__word *words, size_t count, pii__word_set *ret)
{
    pii__arena_mark mark = pii__arena_mark_get(builder->scratch);
    pii__word_heads heads = {.keys = pii__arena_take_array(builder->scratch, PII__WORD_HEADS_MAX, sizeof *heads.keys)};
    if (!heads.keys)
        return PII_ERROR_MEMORY;
    bool good = true;
    for (size_t i = 0; i < count && good; i++)
        good = pii__word_heads_add(&heads, words[i].text, words[i].size);
    if (good)
        *ret = pii__word_heads_finish(&heads, builder->texts);
    pii__arena_rewind(builder->scratch, mark);
    return good && !ret->keys ? PII_ERROR_MEMORY : PII_OK;
}

static pii_status build_context(pii__rule_builder *builder, const pii__words_source *source, const char *field,
                                pii__context *ret)
{
    pii__word *words = NULL;
    size_t count = 0;
    pii__pattern_error error = {0};
    if (!source->words)
        return PII_OK;
    pii_status status = gather_words(builder, source->words, field, &words, &count);
    if (status != PII_OK)
        return status;
    count = pii__words_sort(words, count);
    status = build_word_set(builder, words, count, &ret->words);
    if (status != PII_OK)
        return status;
    pii__buffer pattern;
    pii__buffer_init(&pattern, builder->scratch->allocator, PII__PATTERN_SIZE_MAX);
    status = pii__buffer_append_text(&pattern, WORD_START);
    if (status == PII_OK)
        status = pii__words_append(builder->scratch, &pattern, PII__WORDS_TRIE, words, count);
    if (status == PII_OK)
        status = pii__buffer_append_text(&pattern, WORD_END);
    if (status == PII_OK) {
        ret->pattern = pii__arena_copy(builder->texts, pattern.bytes, pattern.size);
        ret->weight = source->weight;
        status = ret->pattern ? pii__pattern_check(builder->texts->allocator, ret->pattern, &error) : PII_ERROR_MEMORY;
    }
    pii__buffer_free(&pattern);
    if (status == PII_ERROR_RULE)
        remark(builder, PII_SEVERITY_ERROR, source->words->place, field, error.message,
               "words that PCRE2 accepts as one pattern");
    if (status != PII_ERROR_LIMIT)
        return status;
    remark(builder, PII_SEVERITY_ERROR, source->words->place, field, "too many context words",
           "at most " PII__TEXT_OF(PII__PATTERN_SIZE_MAX) " bytes as a pattern");
    return PII_ERROR_RULE;
}

static pii_status build_contexts(pii__rule_builder *builder, const pii__rule_source *source, pii__rule_definition *rule)
{
    const char *boost = field_of(builder, source, "context.boost.words");
    const char *suppress = field_of(builder, source, "context.suppress.words");
    if (!boost || !suppress)
        return PII_ERROR_MEMORY;
    pii_status status = build_context(builder, &source->boost, boost, &rule->boost);
    if (status == PII_OK)
        status = build_context(builder, &source->suppress, suppress, &rule->suppress);
    if (status == PII_OK && (rule->boost.pattern || rule->suppress.pattern)) {
        rule->context_before = source->before;
        rule->context_after = source->after;
    }
    return status;
}

/* ---- Pattern ---- */

static pii_status refuse_pattern(pii__rule_builder *builder, const pii__rule_source *source, size_t offset,
                                 const char *message, const char *expected)
{
    remark(builder, PII_SEVERITY_ERROR, pii__yaml_place_in(builder->tree, source->pattern, offset),
           field_of(builder, source, "pattern"), message, expected);
    return PII_ERROR_RULE;
}

static pii_status expand(pii__rule_builder *builder, const pii__rule_source *source, pii__expansion *ret)
{
    size_t offset = 0;
    const pii__yaml_node *pattern = source->pattern;
    pii_status status =
        pii__word_lists_expand(&builder->lists, PII__WORDS_FLAT, pattern->text, pattern->size, ret, &offset);
    if (status == PII_ERROR_RULE)
        return refuse_pattern(builder, source, offset, "unknown word list",
                              "(?&name) with the name of a list of this file or of rules/data");
    if (status == PII_ERROR_LIMIT)
        return refuse_pattern(builder, source, 0, "the pattern is too long",
                              "at most " PII__TEXT_OF(PII__PATTERN_SIZE_MAX) " bytes with its word lists");
    return status;
}

static pii_status analyse(pii__rule_builder *builder, const pii__rule_source *source, const pii__expansion *expansion,
                          pii__pattern_facts *ret)
{
    pii__syntax syntax;
    pii__pattern_problem problem = {0};
    pii_status status = pii__pattern_parse(builder->scratch, expansion->pattern, expansion->size, &syntax, &problem);
    if (status == PII_OK)
        status = pii__pattern_analyse(builder->scratch, &syntax, ret, &problem);
    if (status == PII_ERROR_RULE)
        return refuse_pattern(builder, source, pii__expansion_source(expansion, problem.offset), problem.message,
                              problem.expected);
    return status;
}

static bool same_bounds(const pii__pattern_facts *a, const pii__pattern_facts *b)
{
    return a->width_min == b->width_min && a->width_max == b->width_max && a->behind == b->behind &&
           a->ahead == b->ahead;
}

/* The pattern with its lists as tries. NULL where that form is refused, as it
 * nests more groups, or where it reads as another pattern than the flat one. */
static pii_status expand_tries(pii__rule_builder *builder, const pii__rule_source *source,
                               const pii__pattern_facts *flat, const char **ret)
{
    size_t offset;
    pii__expansion trie = {0};
    pii__syntax syntax;
    pii__pattern_facts facts = {0};
    pii__pattern_problem problem;
    pii__pattern_error error;
    const pii__yaml_node *pattern = source->pattern;
    pii_status status =
        pii__word_lists_expand(&builder->lists, PII__WORDS_TRIE, pattern->text, pattern->size, &trie, &offset);
    if (status == PII_OK)
        status = pii__pattern_parse(builder->scratch, trie.pattern, trie.size, &syntax, &problem);
    if (status == PII_OK)
        status = pii__pattern_bounds(&syntax, &facts, &problem);
    if (status == PII_OK)
        status = pii__pattern_check(builder->texts->allocator, trie.pattern, &error);
    *ret = status == PII_OK && same_bounds(&facts, flat) ? trie.pattern : NULL;
    return status == PII_ERROR_RULE || status == PII_ERROR_LIMIT ? PII_OK : status;
}

/* What PCRE2 gets; it has the last word after our own reading, which says more. */
static pii_status choose_pattern(pii__rule_builder *builder, const pii__rule_source *source, const pii__expansion *flat,
                                 const pii__pattern_facts *facts, const char **ret)
{
    pii__pattern_error error = {0};
    pii_status status = PII_OK;
    *ret = NULL;
    if (flat->splice_count)
        status = expand_tries(builder, source, facts, ret);
    if (status != PII_OK || *ret)
        return status;
    *ret = flat->pattern;
    status = pii__pattern_check(builder->texts->allocator, flat->pattern, &error);
    if (status == PII_ERROR_RULE)
        return refuse_pattern(builder, source, pii__expansion_source(flat, error.offset), error.message,
                              "a pattern that PCRE2 accepts");
    return status;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* A tail is looked for in the byte after the match. */
static void take_facts(const pii__pattern_facts *facts, pii__rule_definition *rule)
{
    size_t behind = facts->behind, ahead = larger(facts->ahead, facts->has_tail);
    if (rule->boost.pattern || rule->suppress.pattern) { /* a byte beside the window shows where words end */
        behind = larger(behind, (size_t)rule->context_before + 1);
        ahead = larger(ahead, (size_t)rule->context_after + 1);
    }
    if (rule->validator) {
        behind = larger(behind, rule->validator->behind);
        ahead = larger(ahead, rule->validator->ahead);
    }
    rule->width_min = facts->width_min;
    rule->width_max = facts->width_max;
    rule->kind_widths = facts->kind_widths;
    rule->behind = (uint32_t)behind;
    rule->ahead = (uint32_t)ahead;
    rule->bytes = facts->bytes;
    rule->has_tail = facts->has_tail;
    rule->tail = facts->tail;
}

/* ---- All together ---- */

/* What is derived lives in scratch memory; the definition outlives it. */
static const pii__word_gate *keep_words(pii__rule_builder *builder, const pii__word_gate *words)
{
    size_t size = words->words.count * sizeof *words->words.keys;
    pii__word_gate *copy = pii__arena_take(builder->texts, sizeof *copy);
    uint64_t *keys = pii__arena_take(builder->texts, size);
    if (!copy || !keys)
        return NULL;
    memcpy(keys, words->words.keys, size);
    *copy = *words;
    copy->words.keys = keys;
    return copy;
}

static bool keep_gates(pii__rule_builder *builder, const pii__pattern_facts *facts, pii__rule_definition *rule)
{
    rule->gate_count = facts->gate_count;
    for (size_t i = 0; i < facts->gate_count; i++) {
        const pii__gate *gate = &facts->gates[i];
        pii__shape *shape = pii__arena_take(builder->texts, sizeof *shape);
        pii__ending_gate *ending = gate->ending ? pii__arena_take(builder->texts, sizeof *ending) : NULL;
        const pii__word_gate *words = gate->words ? keep_words(builder, gate->words) : NULL;
        if (!shape || (gate->words && !words) || (gate->ending && !ending))
            return false;
        if (ending)
            *ending = *gate->ending;
        *shape = *gate->shape;
        rule->gates[i] = *gate;
        rule->gates[i].shape = shape;
        rule->gates[i].words = words;
        rule->gates[i].ending = ending;
    }
    return true;
}

pii_status pii__rule_build(pii__rule_builder *builder, const pii__rule_source *source, pii__rule_definition *ret)
{
    pii__rule_definition rule = {.confidence = source->confidence};
    pii__pattern_facts facts = {0};
    pii__expansion expansion = {0};
    const char *pattern = NULL;
    bool names = resolve_names(builder, source, &rule);
    pii_status contexts = build_contexts(builder, source, &rule);
    if (contexts != PII_OK && contexts != PII_ERROR_RULE)
        return contexts;
    pii_status status = expand(builder, source, &expansion);
    if (status == PII_OK)
        status = analyse(builder, source, &expansion, &facts);
    if (status == PII_OK)
        status = choose_pattern(builder, source, &expansion, &facts, &pattern);
    if (status != PII_OK)
        return status;
    if (!names || contexts != PII_OK)
        return PII_ERROR_RULE;
    take_facts(&facts, &rule);
    bool gates = keep_gates(builder, &facts, &rule);
    rule.id = keep(builder, source->id);
    rule.entity = keep(builder, source->entity);
    rule.description = keep(builder, source->description);
    rule.pattern = pii__arena_copy(builder->texts, pattern, strlen(pattern));
    rule.gate_text = pii__gates_text(builder->texts, facts.gates, facts.gate_count);
    if (!rule.id || !rule.entity || !rule.description || !rule.pattern || !rule.gate_text || !gates)
        return PII_ERROR_MEMORY;
    pii__rule_remarks_add(builder, source, &facts, &rule);
    *ret = rule;
    return PII_OK;
}
