#include "explain_print.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "code_point.h"
#include "message.h"
#include "print_text.h"
#include "wide_text.h"

#define SHAPE_SIZE_MAX 80

struct place {
    size_t line;
    size_t column;
};

/* Characters in front of `offset` on the line of the cursor; counts from the last place asked for, to either side. */
static uint64_t characters_before(const struct explain_page *page, uint64_t offset)
{
    struct explain_cursor *cursor = page->cursor;
    if (cursor->counted < cursor->line_begin || cursor->counted > cursor->known) {
        cursor->counted = cursor->line_begin;
        cursor->characters = 0;
    }
    const char *bytes = page->content->bytes;
    unsigned unit_size = wide_text_of(bytes, page->content->size).unit_size;
    if (unit_size)
        return (offset - cursor->line_begin) / unit_size;
    if (offset >= cursor->counted)
        cursor->characters += code_point_count(bytes + cursor->counted, (size_t)(offset - cursor->counted));
    else
        cursor->characters -= code_point_count(bytes + offset, (size_t)(cursor->counted - offset));
    cursor->counted = offset;
    return cursor->characters;
}

/* From 1, the column in characters. Goes on from the last place asked for, as the next one is near. */
static struct place locate(const struct explain_page *page, uint64_t offset)
{
    const char *bytes = page->content->bytes;
    struct explain_cursor *cursor = page->cursor;
    while (offset < cursor->line_begin) {
        const char *before = memrchr(bytes, '\n', (size_t)cursor->line_begin - 1);
        cursor->line_begin = before ? (uint64_t)(before - bytes) + 1 : 0;
        cursor->known = cursor->line_begin;
        cursor->line--;
    }
    for (const char *end; cursor->known < offset; cursor->line++) {
        end = memchr(bytes + cursor->known, '\n', (size_t)(offset - cursor->known));
        if (!end)
            break;
        cursor->known = cursor->line_begin = (uint64_t)(end - bytes) + 1;
    }
    if (cursor->known < offset)
        cursor->known = offset;
    return (struct place){cursor->line, (size_t)characters_before(page, offset) + 1};
}

/* The finding that an accepted candidate became, or became a part of: findings are in order and disjoint. */
static const pii_finding *finding_of(const struct explain_page *page, const pii_explanation *it)
{
    size_t low = 0, high = page->result->finding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->result->findings[middle].end <= it->begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low < page->result->finding_count ? &page->result->findings[low] : NULL;
}

/* ---- For people ---- */

/* A word of a rule: it stands in the rule file, so showing it tells nothing. */
static void print_word(const struct explain_page *page, const pii_explained_context *context)
{
    struct place place = locate(page, context->begin);
    if (context->begin == context->end) {
        writer_format(page->writer, "the name of the field at %zu:%zu", place.line, place.column);
        return;
    }
    writer_text(page->writer, "\"");
    wide_text_print(page->writer, wide_text_of(page->content->bytes, page->content->size),
                    page->content->bytes + context->begin, (size_t)(context->end - context->begin));
    writer_format(page->writer, "\" at %zu:%zu", place.line, place.column);
}

static void print_decision(const struct explain_page *page, const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    struct writer *writer = page->writer;
    if (candidate->off) {
        writer_format(writer, "  decision    left out: %s is not looked for\n", it->entity);
        return;
    }
    switch (it->decision) {
    case PII_DECISION_ACCEPTED:
        writer_format(writer, "  decision    accepted: %.2f, and %.2f is needed\n", it->confidence, it->minimum);
        break;
    case PII_DECISION_INVALID: writer_text(writer, "  decision    refused by the validator\n"); break;
    case PII_DECISION_LOW_CONFIDENCE:
        writer_format(writer, "  decision    refused: %.2f, but %.2f is needed\n", it->confidence, it->minimum);
        break;
    }
}

static void print_score(const struct explain_page *page, const pii_explanation *it)
{
    struct writer *writer = page->writer;
    writer_format(writer, "  score       %.2f rule", it->rule_confidence);
    double change = it->base - it->rule_confidence;
    if (change != 0)
        writer_format(writer, " %c %.2f validator", change < 0 ? '-' : '+', change < 0 ? -change : change);
    if (it->boost > 0) {
        writer_format(writer, " + %.2f for ", it->boost);
        print_word(page, &it->boost_context);
    }
    if (it->suppress > 0) {
        writer_format(writer, " - %.2f for ", it->suppress);
        print_word(page, &it->suppress_context);
    }
    writer_format(writer, " = %.2f\n", it->base + it->boost - it->suppress);
}

static void print_features(const struct explain_page *page, const struct candidate *candidate)
{
    size_t count = candidate->explanation.feature_count;
    const char *format = features_are_weights(candidate) ? "%s%s %+.2f" : "%s%s %.4g";
    for (size_t i = 0; i < count; i++)
        writer_format(page->writer, format, i == 0 ? "  features    " : ", ", candidate->features[i].name,
                      candidate->features[i].value);
    writer_text(page->writer, count > 0 ? "\n" : "");
}

static void print_text(const struct explain_page *page, const pii_explanation *it)
{
    size_t size = (size_t)(it->end - it->begin), text_size;
    size_t shown = size < SHAPE_SIZE_MAX ? size : SHAPE_SIZE_MAX;
    struct wide_text form = wide_text_of(page->content->bytes, page->content->size);
    char *text = wide_text_copy(form, page->content->bytes + it->begin, shown, &text_size);
    writer_text(page->writer, page->show_values ? "  text        " : "  shape       ");
    if (text && page->show_values)
        print_visible(page->writer, text, text_size);
    else if (text)
        print_shape(page->writer, text, text_size);
    else
        page->writer->code = exit_worst(page->writer->code, message_memory());
    if (text)
        explicit_bzero(text, text_size);
    free(text);
    writer_text(page->writer, shown < size ? "...\n" : "\n");
}

/* "a word that speaks for it, up to 40 bytes before or 16 after" */
static void print_absent_word(const struct explain_page *page, const pii_explanation *it, const char *side)
{
    writer_format(page->writer, "with a word of the rule that speaks %s it, up to %zu bytes before", side,
                  it->context_before);
    if (it->context_after > 0)
        writer_format(page->writer, " or %zu after", it->context_after);
}

static void print_change(const struct explain_page *page, const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    struct change change = change_of(candidate);
    struct writer *writer = page->writer;
    bool accepted = it->decision == PII_DECISION_ACCEPTED;
    writer_text(writer, "  otherwise   ");
    switch (change.kind) {
    case CHANGE_NONE:
        writer_format(writer, "no single thing would have it %s\n", accepted ? "refused" : "accepted");
        return;
    case CHANGE_ENTITY_ON: writer_format(writer, "--only %s: accepted\n", it->entity); return;
    case CHANGE_VALIDATOR: writer_text(writer, "only a text that passes the validator\n"); return;
    case CHANGE_MINIMUM:
        writer_format(writer, "only with --min-confidence %s %.2f\n", accepted ? "above" : "of at most",
                      change.confidence);
        return;
    case CHANGE_WITHOUT_BOOST:
    case CHANGE_WITHOUT_SUPPRESS:
        writer_text(writer, "without ");
        print_word(page, change.kind == CHANGE_WITHOUT_BOOST ? &it->boost_context : &it->suppress_context);
        break;
    case CHANGE_WITH_BOOST: print_absent_word(page, it, "for"); break;
    case CHANGE_WITH_SUPPRESS: print_absent_word(page, it, "against"); break;
    case CHANGE_WITHOUT_FEATURE: writer_format(writer, "without \"%s\"", change.feature->name); break;
    }
    writer_format(writer, ": %.2f, %s\n", change.confidence, accepted ? "refused" : "accepted");
}

void explain_print(const struct explain_page *page, const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    struct writer *writer = page->writer;
    struct place place = locate(page, it->begin);
    print_visible(writer, page->file, strlen(page->file));
    writer_format(writer, ":%zu:%zu bytes %" PRIu64 " to %" PRIu64 ": %s %s\n", place.line, place.column, it->begin,
                  it->end, it->entity, it->rule);
    print_text(page, it);
    print_decision(page, candidate);
    if (it->decision != PII_DECISION_INVALID)
        print_score(page, it);
    if (*it->validator)
        writer_format(writer, "  validator   %s: %s\n", it->validator, it->reason);
    print_features(page, candidate);
    print_change(page, candidate);
    const pii_finding *finding = it->decision == PII_DECISION_ACCEPTED ? finding_of(page, it) : NULL;
    if (finding && !candidate->off &&
        (finding->begin != it->begin || finding->end != it->end || strcmp(finding->entity, it->entity) != 0))
        writer_format(writer, "  finding     part of bytes %" PRIu64 " to %" PRIu64 ", %s %s\n", finding->begin,
                      finding->end, finding->entity, finding->rule);
}

static void print_nearest(const struct explain_page *page, const struct candidate *nearest)
{
    const pii_explanation *it = &nearest->explanation;
    struct place place = locate(page, it->begin);
    writer_format(page->writer, "nearest: %s %s at %zu:%zu, ", it->entity, it->rule, place.line, place.column);
    if (nearest->off)
        writer_format(page->writer, "but %s is not looked for\n", it->entity);
    else if (it->decision == PII_DECISION_INVALID)
        writer_format(page->writer, "refused by the validator: %s\n", it->reason);
    else
        writer_format(page->writer, "%.2f short\n", it->minimum - it->confidence);
}

void explain_print_summary(const struct explain_page *page, const struct candidate_list *list)
{
    size_t accepted = 0;
    size_t findings = page->result->finding_count;
    const char *where = page->part ? " there" : "";
    for (size_t i = 0; i < list->count; i++)
        accepted += list->items[i].explanation.decision == PII_DECISION_ACCEPTED && !list->items[i].off;
    writer_format(page->writer, "%zu candidate%s%s, %zu accepted, %zu finding%s in all\n", list->count,
                  list->count == 1 ? "" : "s", where, accepted, findings, findings == 1 ? "" : "s");
    if (list->count == 0)
        writer_format(page->writer, "no pattern of any rule matches%s\n", where);
    else if (accepted == 0)
        print_nearest(page, candidate_list_nearest(list));
}

/* ---- JSON ---- */

static const char *const change_names[] = {
    [CHANGE_NONE] = "none",
    [CHANGE_ENTITY_ON] = "entity on",
    [CHANGE_VALIDATOR] = "validator",
    [CHANGE_WITHOUT_SUPPRESS] = "without suppress",
    [CHANGE_WITHOUT_BOOST] = "without boost",
    [CHANGE_WITH_BOOST] = "with boost",
    [CHANGE_WITH_SUPPRESS] = "with suppress",
    [CHANGE_WITHOUT_FEATURE] = "without feature",
    [CHANGE_MINIMUM] = "minimum",
};

static const char *decision_name(const struct candidate *candidate)
{
    if (candidate->off)
        return "off";
    switch (candidate->explanation.decision) {
    case PII_DECISION_ACCEPTED: return "accepted";
    case PII_DECISION_INVALID: return "invalid";
    case PII_DECISION_LOW_CONFIDENCE: return "low confidence";
    }
    return "";
}

static void print_json_string(struct writer *writer, const char *key, const char *text)
{
    writer_format(writer, ", \"%s\": ", key);
    print_json(writer, text, strlen(text));
}

/* `found` is what its words did to the score: 0 where none stands nearby. */
static void print_json_context(struct writer *writer, const char *key, const pii_explained_context *context,
                               double found)
{
    writer_format(writer, ", \"%s\": {\"weight\": %.4g", key, context->weight);
    if (found > 0)
        writer_format(writer, ", \"begin\": %" PRIu64 ", \"end\": %" PRIu64, context->begin, context->end);
    writer_text(writer, "}");
}

static void print_json_features(struct writer *writer, const struct candidate *candidate)
{
    writer_text(writer, ", \"features\": {");
    for (size_t i = 0; i < candidate->explanation.feature_count; i++) {
        writer_text(writer, i > 0 ? ", " : "");
        print_json(writer, candidate->features[i].name, strlen(candidate->features[i].name));
        writer_format(writer, ": %.4g", candidate->features[i].value);
    }
    writer_text(writer, "}");
}

static void print_json_change(struct writer *writer, const struct candidate *candidate)
{
    struct change change = change_of(candidate);
    writer_format(writer, ", \"change\": {\"kind\": \"%s\"", change_names[change.kind]);
    if (change.feature)
        print_json_string(writer, "feature", change.feature->name);
    if (change.kind != CHANGE_NONE)
        writer_format(writer, ", \"confidence\": %.4g", change.confidence);
    writer_text(writer, "}");
}

void explain_print_json(const struct explain_page *page, const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    struct writer *writer = page->writer;
    struct place place = locate(page, it->begin);
    writer_text(writer, "{\"file\": ");
    print_json(writer, page->file, strlen(page->file));
    writer_format(writer, ", \"begin\": %" PRIu64 ", \"end\": %" PRIu64, it->begin, it->end);
    writer_format(writer, ", \"line\": %zu, \"column\": %zu", place.line, place.column);
    print_json_string(writer, "entity", it->entity);
    print_json_string(writer, "rule", it->rule);
    print_json_string(writer, "decision", decision_name(candidate));
    writer_format(writer, ", \"confidence\": %.4g, \"minimum\": %.4g, \"base\": %.4g", it->confidence, it->minimum,
                  it->rule_confidence);
    if (*it->validator) {
        print_json_string(writer, "validator", it->validator);
        print_json_string(writer, "reason", it->reason);
        writer_format(writer, ", \"validated\": %.4g", it->base);
        print_json_features(writer, candidate);
    }
    print_json_context(writer, "boost", &it->boost_context, it->boost);
    print_json_context(writer, "suppress", &it->suppress_context, it->suppress);
    print_json_change(writer, candidate);
    if (page->show_values) {
        writer_text(writer, ", \"value\": ");
        print_json(writer, page->content->bytes + it->begin, (size_t)(it->end - it->begin));
    }
    writer_text(writer, "}\n");
}
