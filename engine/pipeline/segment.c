#include "segment.h"

#include <string.h>

#include "entity.h"
#include "field_findings.h"
#include "memory.h"

static const char known_rule[] = PII_KNOWN_RULE;

/* One step: what of the caller's bytes it looks at. */
typedef struct step {
    pii__segment *segment;
    const uint8_t *bytes; /* the caller's */
    size_t size;
    uint64_t base;
    bool last;
    size_t view_begin; /* into bytes: where the view starts */
    bool whole;        /* the view takes in all that the caller has */
    bool at_end;       /* and that is the end of the segment */
} step;

/* What the library knows may be lacking in a ruleset: a policy is for any rules. */
static bool entity_unknown(void *context, const char *entity)
{
    return pii__ruleset_find_entity(context, entity) == SIZE_MAX && !pii__entity_find(entity);
}

static void choose_rules(pii__segment *segment, const pii_policy *policy)
{
    const pii_ruleset *ruleset = segment->ruleset;
    for (size_t i = 0; i < ruleset->rule_count; i++) {
        const pii__ruleset_entity *entity = &ruleset->entities[ruleset->rules[i].entity];
        segment->rule_on[i] = pii__policy_on(policy, entity->name, entity->on);
        segment->minimums[i] = pii__policy_min_confidence(policy, entity->name);
    }
    pii__scanner_choose(&segment->scanner, segment->rule_on, segment->minimums);
    segment->lenient = policy && policy->on_invalid == PII_INVALID_TEXT;
    segment->scanner.redact_limits = policy && policy->on_limit == PII_LIMIT_REDACT;
}

/* A text of a policy. */
typedef struct text_check {
    pii__segment *segment;
    pii_status status;
} text_check;

static bool text_found(void *context, const pii_action *action)
{
    text_check *check = context;
    if (action->kind != PII_ACTION_TEXT || check->status != PII_OK)
        return false;
    pii__segment_restart(check->segment);
    check->status =
        pii__segment_feed(check->segment, (const uint8_t *)action->text, strlen(action->text), 0, true);
    return check->status == PII_OK && check->segment->resolver.closed_count > 0;
}

/* A text that takes the place of a finding must not be one. */
static pii_status check_texts(pii__segment *segment, const pii_policy *policy)
{
    text_check check = {segment, PII_OK};
    bool found = pii__policy_any_action(policy, text_found, &check);
    pii__segment_restart(segment);
    return found ? PII_ERROR_ARGUMENT : check.status;
}

pii_status pii__segment_init(pii__segment *segment, pii_ruleset *ruleset, const pii_policy *policy,
                             const pii_allocator *allocator)
{
    *segment = (pii__segment){.allocator = pii__allocator_or_default(allocator)};
    pii__view_init(&segment->view, &segment->allocator);
    pii__resolver_init(&segment->resolver, &segment->allocator);
    if (pii__policy_any_entity(policy, entity_unknown, ruleset))
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__policy_check_keys(policy);
    if (status != PII_OK)
        return status;
    pii__treatment_init(&segment->treatment, &segment->allocator, policy);
    segment->ruleset = pii_ruleset_ref(ruleset);
    segment->rule_on = pii__allocate_array(&segment->allocator, ruleset->rule_count, sizeof *segment->rule_on);
    segment->open_begins = pii__allocate_array(&segment->allocator, ruleset->rule_count, sizeof *segment->open_begins);
    segment->minimums = pii__allocate_array(&segment->allocator, ruleset->rule_count, sizeof *segment->minimums);
    if (!segment->rule_on || !segment->open_begins || !segment->minimums)
        return PII_ERROR_MEMORY;
    const pii__kernel *kernel = policy && policy->kernel[0] ? pii__kernel_find(policy->kernel) : pii__kernel_best();
    if (!kernel)
        return PII_ERROR_ARGUMENT;
    status = pii__scanner_init(&segment->scanner, &segment->allocator, ruleset, kernel);
    if (status != PII_OK)
        return status;
    choose_rules(segment, policy);
    segment->view.kept_prefix = kernel->kept_prefix;
    pii__text_masker_init(&segment->masker, kernel);
    segment->known = (pii__known_scanner){.allocator = &segment->allocator, .kernel = kernel};
    status = pii__segment_set_known(segment, NULL);
    if (status == PII_OK)
        status = pii__policy_field_map(ruleset, policy, &segment->allocator, &segment->map);
    return status == PII_OK ? check_texts(segment, policy) : status;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

pii_status pii__segment_set_known(pii__segment *segment, pii_known *known)
{
    const pii_ruleset *ruleset = segment->ruleset;
    uint16_t entities[PII__ENTITIES_MAX];
    for (size_t i = 0; known && i < known->entity_count; i++) {
        size_t entity = pii__ruleset_find_entity(ruleset, known->entities[i]);
        if (entity == SIZE_MAX)
            return PII_ERROR_ARGUMENT;
        entities[i] = (uint16_t)entity;
    }
    if (known)
        memcpy(segment->known_entities, entities, known->entity_count * sizeof entities[0]);
    pii_known *before = segment->known.known;
    segment->known.known = pii_known_ref(known);
    segment->known_version += known != before; /* set anew for each call, mostly to the same */
    pii_known_free(before);
    segment->behind = larger(ruleset->behind, pii__known_behind(&segment->known));
    segment->reach = larger(ruleset->reach, pii__known_reach(&segment->known));
    return PII_OK;
}

void pii__segment_free(pii__segment *segment)
{
    pii__scanner_free(&segment->scanner);
    pii__known_scanner_free(&segment->known);
    pii__view_free(&segment->view);
    pii__resolver_free(&segment->resolver);
    pii__field_map_free(segment->map);
    pii__release(&segment->allocator, segment->spans);
    pii__release(&segment->allocator, segment->open_begins);
    pii__release(&segment->allocator, segment->rule_on);
    pii__release(&segment->allocator, segment->minimums);
    pii__treatment_free(&segment->treatment);
    pii_ruleset_free(segment->ruleset);
}

void pii__segment_restart(pii__segment *segment)
{
    pii__scanner_restart(&segment->scanner);
    pii__resolver_restart(&segment->resolver);
    segment->frontier = segment->keep = segment->error_at = 0;
    segment->lookback = segment->span_count = 0;
    segment->behind_wall = false;
}

/* ---- offsets: view of this step <-> segment ---- */

static uint64_t source_begin(const step *s, size_t at)
{
    return s->base + s->view_begin + pii__view_source_begin(&s->segment->view, at);
}

/* A span ends after a whole character, whatever its last byte. */
static uint64_t source_end(const step *s, size_t at)
{
    const pii__view *view = &s->segment->view;
    while (at < view->size && (view->bytes[at] & 0xC0) == 0x80)
        at++;
    return s->base + s->view_begin + pii__view_source_end(view, at);
}

/* All of a field, which no rule has found (field_findings.h). */
static bool is_field(const pii__segment *segment, const pii__span *span)
{
    return span->rule > UINT32_MAX - segment->ruleset->entity_count;
}

static bool is_known(const pii__segment *segment, const pii__span *span)
{
    return span->rule >= segment->ruleset->rule_count && !is_field(segment, span);
}

static const pii__ruleset_entity *entity_of(const pii__segment *segment, const pii__span *span)
{
    const pii_ruleset *ruleset = segment->ruleset;
    if (is_field(segment, span))
        return &ruleset->entities[UINT32_MAX - span->rule];
    size_t index = is_known(segment, span) ? span->rule - ruleset->rule_count : ruleset->rules[span->rule].entity;
    return &ruleset->entities[index];
}

static const char *rule_of(const pii__segment *segment, const pii__span *span)
{
    if (is_field(segment, span))
        return PII_FIELD_RULE;
    return is_known(segment, span) ? known_rule : segment->ruleset->rules[span->rule].definition.id;
}

/* ---- explain ---- */

static void place_word(const step *s, const pii__word_place *word, pii_explained_context *ret)
{
    if (!word->end)
        return;
    ret->begin = source_begin(s, pii__view_snap(&s->segment->view, word->begin));
    ret->end = source_end(s, word->end);
}

static void explain(void *context, const pii__trace *trace)
{
    const step *s = context;
    pii__segment *segment = s->segment;
    const pii__rule_definition *rule = &trace->rule->definition;
    pii_explanation explanation = {
        .rule = rule->id,
        .entity = rule->entity,
        .validator = rule->validator ? rule->validator->name : "",
        .reason = trace->verdict->reason,
        .decision = trace->decision,
        .begin = source_begin(s, pii__view_snap(&segment->view, trace->begin)),
        .end = source_end(s, trace->end),
        .rule_confidence = rule->confidence,
        .base = trace->base,
        .boost = trace->boost,
        .suppress = trace->suppress,
        .confidence = trace->confidence,
        .minimum = segment->minimums[trace->rule - segment->ruleset->rules],
        .boost_context = {.weight = rule->boost.pattern ? rule->boost.weight : 0},
        .suppress_context = {.weight = rule->suppress.pattern ? rule->suppress.weight : 0},
        .context_before = rule->context_before,
        .context_after = rule->context_after,
        .features = trace->verdict->features,
        .feature_count = trace->verdict->feature_count,
    };
    place_word(s, &trace->boost_word, &explanation.boost_context);
    place_word(s, &trace->suppress_word, &explanation.suppress_context);
    segment->explain(segment->explain_context, &explanation);
}

static void explain_known(const pii__segment *segment, const pii__span *span)
{
    pii_explanation explanation = {
        .rule = known_rule,
        .entity = entity_of(segment, span)->name,
        .validator = "",
        .reason = "a value that is known beforehand",
        .decision = PII_DECISION_ACCEPTED,
        .begin = span->begin,
        .end = span->end,
        .rule_confidence = span->confidence,
        .base = span->confidence,
        .confidence = span->confidence,
        .minimum = pii__policy_min_confidence(segment->treatment.policy, entity_of(segment, span)->name),
    };
    segment->explain(segment->explain_context, &explanation);
}

/* ---- one step ---- */

/* Builds the view of a page that starts at `keep`; `stretch` source bytes more
 * than usual, where ignorable characters fill the page. */
static pii_status build_view(step *s, size_t stretch)
{
    pii__segment *segment = s->segment;
    s->view_begin = (size_t)(segment->keep - s->base);
    size_t page = (size_t)(segment->frontier - segment->keep) + segment->reach + PII__PAGE_SIZE + stretch;
    size_t rest = s->size - s->view_begin;
    size_t size = rest < page ? rest : page;
    s->whole = size == rest;
    s->at_end = s->whole && s->last;
    return pii__view_build(&segment->view, s->bytes + s->view_begin, size, s->at_end, segment->behind_wall);
}

/* The starts of this step end here, in view offsets: those after it do not yet
 * see all that can matter to them. */
static size_t scan_until(const step *s)
{
    const pii__segment *segment = s->segment;
    size_t size = segment->view.size, reach = segment->reach;
    if (s->at_end)
        return size;
    return size > segment->lookback + reach ? pii__view_snap(&segment->view, size - reach) : segment->lookback;
}

pii_status pii__segment_reserve_spans(pii__segment *segment, size_t extra)
{
    size_t count = segment->span_count + extra;
    if (count <= segment->span_capacity)
        return PII_OK;
    pii__span *spans = pii__reallocate(&segment->allocator, segment->spans, count * 4 * sizeof *spans);
    if (!spans)
        return PII_ERROR_MEMORY;
    segment->spans = spans;
    segment->span_capacity = count * 2;
    return PII_OK;
}

/* Hits of the scan become source spans. */
static pii_status collect_spans(const step *s)
{
    pii__segment *segment = s->segment;
    const pii__scanner *scanner = &segment->scanner;
    pii_status status = pii__segment_reserve_spans(segment, scanner->hit_count);
    for (size_t i = 0; status == PII_OK && i < scanner->hit_count; i++) {
        const pii__hit *hit = &scanner->hits[i];
        if (!hit->continued)
            segment->open_begins[hit->rule] = source_begin(s, pii__view_snap(&segment->view, hit->begin));
        segment->spans[segment->span_count++] = (pii__span){
            .begin = segment->open_begins[hit->rule],
            .end = source_end(s, hit->end),
            .confidence = hit->confidence,
            .rule = hit->rule,
        };
    }
    return status;
}

/* Known values go with the rank of a rule after all others. */
static pii_status collect_known(const step *s)
{
    pii__segment *segment = s->segment;
    const pii__known_scanner *known = &segment->known;
    pii_status status = pii__segment_reserve_spans(segment, known->hit_count);
    for (size_t i = 0; status == PII_OK && i < known->hit_count; i++) {
        const pii__known_hit *hit = &known->hits[i];
        pii__span span = {
            .begin = source_begin(s, pii__view_snap(&segment->view, hit->begin)),
            .end = source_end(s, hit->end),
            .confidence = 1,
            .rule = (uint32_t)(segment->ruleset->rule_count + segment->known_entities[hit->entity]),
        };
        segment->spans[segment->span_count++] = span;
        if (segment->explain)
            explain_known(segment, &span);
    }
    return status;
}

/* Spans go to the resolver in order. One that begins at the frontier or behind
 * it - only part of its match is the finding - must wait: a later start may
 * still give a span before it. */
static pii_status resolve_spans(pii__segment *segment)
{
    pii_status status = PII_OK;
    size_t done = 0;
    if (segment->span_count > 1) /* else there may be no room yet */
        pii__resolver_sort(segment->spans, segment->span_count, segment->spans + segment->span_capacity);
    for (; status == PII_OK && done < segment->span_count && segment->spans[done].begin < segment->frontier; done++)
        status = pii__resolver_add(&segment->resolver, segment->spans[done]);
    segment->span_count -= done;
    if (done && segment->span_count)
        memmove(segment->spans, segment->spans + done, segment->span_count * sizeof *segment->spans);
    return status == PII_OK ? pii__resolver_advance(&segment->resolver, segment->frontier) : status;
}

/* Moves frontier and keep on to view offset `until`. */
static void move_on(const step *s, size_t until)
{
    pii__segment *segment = s->segment;
    size_t behind = segment->behind;
    size_t keep = until > behind ? pii__view_snap(&segment->view, until - behind) : 0;
    segment->frontier = source_begin(s, until);
    segment->behind_wall = keep ? pii__view_wall_at(&segment->view, keep) : segment->behind_wall;
    segment->keep = keep ? source_begin(s, keep) : segment->keep;
    segment->lookback = until - keep;
}

static pii_status scan_page(step *s, size_t until)
{
    pii__segment *segment = s->segment;
    pii__subject text = {
        .text = segment->view.bytes,
        .size = segment->view.size,
        .at_start = segment->keep == 0,
        .at_end = s->at_end,
    };
    segment->scanner.trace = segment->explain ? explain : NULL;
    segment->scanner.trace_context = s;
    pii_status status = pii__scan(&segment->scanner, &text, segment->lookback, until);
    if (status != PII_OK) {
        segment->error_at = source_begin(s, segment->scanner.error_at);
        return status;
    }
    status = pii__known_scan(&segment->known, &text, segment->lookback, until);
    if (status == PII_OK)
        status = collect_spans(s);
    if (status == PII_OK)
        status = collect_known(s);
    if (status != PII_OK)
        return status;
    move_on(s, until);
    return resolve_spans(segment);
}

/* The first character of the view at source offset `stop` or behind it, from the
 * frontier on; SIZE_MAX when there is none. */
static size_t find_stop(const step *s, uint64_t stop)
{
    const pii__view *view = &s->segment->view;
    size_t low = s->segment->lookback, high = view->size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source_begin(s, middle) < stop)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < view->size && (view->bytes[low] & 0xC0) == 0x80)
        low++;
    return low < view->size ? low : SIZE_MAX;
}

pii_status pii__segment_feed_until(pii__segment *segment, const uint8_t *bytes, size_t size, uint64_t base, bool last,
                                   uint64_t stop)
{
    step s = {.segment = segment, .bytes = bytes, .size = size, .base = base, .last = last};
    size_t stretch = 0;
    bool stopped;
    do {
        pii_status status = build_view(&s, stretch);
        if (status != PII_OK)
            return status;
        size_t until = scan_until(&s), cut = stop == UINT64_MAX ? SIZE_MAX : find_stop(&s, stop);
        stopped = cut <= until;
        if (stopped)
            until = cut;
        bool ready = until > segment->lookback || (s.at_end && !stopped);
        stretch = ready ? stretch / 2 : (stretch + PII__PAGE_SIZE) * 2; /* a flood goes on, as a rule */
        if (ready)
            status = scan_page(&s, until);
        if (status != PII_OK)
            return status;
    } while (!s.whole && !stopped);
    return last && !stopped ? pii__resolver_advance(&segment->resolver, UINT64_MAX) : PII_OK;
}

pii_status pii__segment_feed(pii__segment *segment, const uint8_t *bytes, size_t size, uint64_t base, bool last)
{
    return pii__segment_feed_until(segment, bytes, size, base, last, UINT64_MAX);
}

uint64_t pii__segment_final(const pii__segment *segment)
{
    return segment->resolver.open ? segment->resolver.cluster.begin : segment->frontier;
}

uint64_t pii__segment_needed(const pii__segment *segment)
{
    const pii__span *cluster = &segment->resolver.cluster;
    bool short_enough = segment->resolver.open && segment->frontier - cluster->begin <= PII__VALUE_SIZE_MAX;
    return short_enough && cluster->begin < segment->keep ? cluster->begin : segment->keep;
}

const char *pii__segment_label(const pii__segment *segment, const pii__span *span)
{
    return entity_of(segment, span)->replacement;
}

pii__found pii__segment_found(const pii__segment *segment, const pii__span *span, const uint8_t *bytes, uint64_t base)
{
    pii__found found = {
        .entity = entity_of(segment, span)->name,
        .label = entity_of(segment, span)->replacement,
        .project = "",
        .path = "",
        .size = (size_t)(span->end - span->begin),
    };
    if (span->begin >= base && found.size <= PII__VALUE_SIZE_MAX)
        found.value = bytes + (span->begin - base);
    return found;
}

pii_status pii__segment_treat(pii__segment *segment, const pii__span *span, const pii__found *found,
                              pii__answer *ret_answer, pii_finding *ret_finding)
{
    pii_status status = pii__treat(&segment->treatment, found, ret_answer);
    *ret_finding = (pii_finding){
        .entity = entity_of(segment, span)->name,
        .rule = rule_of(segment, span),
        .begin = span->begin,
        .end = span->end,
        .confidence = span->confidence,
        .replacement_size = ret_answer->size,
        .action = ret_answer->action,
        .path = "",
        .allow_hash = "",
        .block = "",
    };
    if (ret_answer->kind != PII__ANSWER_REPLACED)
        ret_finding->replacement_size = (size_t)(span->end - span->begin);
    return status;
}
