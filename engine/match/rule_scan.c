#include "rule_scan.h"

#include "memory.h"

static pii_status add_hit(pii__scanner *scanner, pii__hit hit)
{
    pii__hit *hits =
        pii__grow(scanner->allocator, scanner->hits, &scanner->hit_capacity, scanner->hit_count, sizeof *hits);
    if (!hits)
        return PII_ERROR_MEMORY;
    scanner->hits = hits;
    scanner->hits[scanner->hit_count++] = hit;
    return PII_OK;
}

static size_t minus(size_t a, size_t b)
{
    return a > b ? a - b : 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* A context as it is looked for: its pattern and, where the lexicon has all of its words,
 * their sets, which mostly tell at once that there is none; 0: not known. */
typedef struct context_words {
    const pii__pattern *pattern;
    uint64_t sets;
} context_words;

/* The leftmost match of a context pattern that starts in text[from, until), as a word that may lie in text[begin, end).
 * The pattern looks at one byte on either side to see whole words. */
static pii_status search_words(const pii__rule_scan *j, const pii__pattern *pattern, pii__start_window tried,
                               size_t begin, size_t end, bool *ret_found, pii__word_place *ret)
{
    const pii__subject *text = &j->field->around;
    size_t first = larger(minus(begin, 1), j->field->around_first);
    size_t last = smaller(end + 1, text->size);
    pii__subject around = {
        .text = text->text + first,
        .size = last - first,
        .at_start = first == 0 ? text->at_start : first == j->field->around_first,
        .at_end = text->at_end && last == text->size,
    };
    pii__match match;
    pii_status status = pii__pattern_search(pattern, j->scanner->matcher, &around, tried.begin - first,
                                            tried.end - first, ret_found, &match);
    if (status == PII_OK && *ret_found && match.end + first <= end)
        *ret = (pii__word_place){match.begin + first, match.end + first};
    return status;
}

/* Where a word of a context pattern stands in text[begin, end), if there is none
 * in `*ret` yet. */
static pii_status find_words(const pii__rule_scan *j, context_words words, size_t begin, size_t end,
                             pii__word_place *ret)
{
    if (ret->end || begin >= end)
        return PII_OK;
    bool found = false;
    pii__start_window tried = {.begin = begin, .end = end};
    if (!words.sets || !j->scanner->gated)
        return search_words(j, words.pattern, tried, begin, end, &found, ret);
    const pii__word_map *map = &j->scanner->words;
    if (!pii__word_map_any(&j->scanner->words, begin, end, words.sets))
        return PII_OK;
    pii_status status = PII_OK;
    while (status == PII_OK && !found && pii__word_map_next(map, &tried.begin, end, words.sets, &tried.end)) {
        status = search_words(j, words.pattern, tried, begin, end, &found, ret);
        tried.begin = tried.end;
    }
    return status;
}

/* The weight of a context, when one of its words is near the span, and the
 * word that was found first. */
static pii_status weigh(const pii__rule_scan *j, const pii__context *context, context_words words, size_t begin,
                        size_t end, double *ret, pii__word_place *ret_word)
{
    if (!words.pattern)
        return PII_OK;
    const pii__rule_definition *rule = &j->rule->definition;
    size_t first = larger(minus(begin, rule->context_before), j->field->around_first);
    pii_status status = find_words(j, words, first, begin, ret_word);
    if (status == PII_OK)
        status = find_words(j, words, end, smaller(end + rule->context_after, j->field->around.size), ret_word);
    if (ret_word->end)
        *ret = context->weight;
    return status;
}

/* The validator sees just as much as it asked for. */
static void validate(const pii__rule_scan *j, const pii__match *match, bool overlong, pii__verdict *verdict)
{
    const pii__validator *validator = j->rule->definition.validator;
    size_t first = larger(minus(match->begin, validator->behind), j->field->first);
    size_t last = smaller(match->end + validator->ahead, j->field->text.size);
    pii__candidate candidate = {
        .text = j->field->text.text + first,
        .size = last - first,
        .match_begin = match->begin - first,
        .match_end = match->end - first,
        .begin = match->span_begin - first,
        .end = match->span_end - first,
        .overlong = overlong,
    };
    verdict->begin = candidate.begin;
    verdict->end = candidate.end;
    validator->validate(&candidate, verdict);
    double most = j->rule->definition.confidence + validator->raise;
    if (verdict->confidence > most)
        verdict->confidence = most;
    verdict->begin += first;
    verdict->end += first;
}

/* What the words around a match add and take away. */
typedef struct word_weights {
    double boost;
    double suppress;
    pii__word_place boost_word;
    pii__word_place suppress_word;
} word_weights;

static void tell(const pii__rule_scan *j, const pii__verdict *verdict, const word_weights *words, double confidence,
                 pii_decision decision)
{
    if (!j->scanner->trace)
        return;
    const pii__trace trace = {
        .rule = j->rule,
        .decision = decision,
        .begin = verdict->begin,
        .end = verdict->end,
        .base = verdict->confidence,
        .boost = words->boost,
        .suppress = words->suppress,
        .confidence = confidence,
        .boost_word = words->boost_word,
        .suppress_word = words->suppress_word,
        .verdict = verdict,
    };
    j->scanner->trace(j->scanner->trace_context, &trace);
}

/* 0.7 - 0.2 is a little less than 0.5 in binary, but not to the author of a rule. */
bool pii__confidence_reaches(double confidence, double minimum)
{
    return confidence + 1e-9 >= minimum;
}

static double clamp(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* Whether words near a match of this confidence can make a difference: not where it stays too low with all that may be
 * added, or certain with all that may be taken away. A trace tells of the words, too. */
static bool words_matter(const pii__rule_scan *j, double confidence)
{
    const pii__rule_definition *rule = &j->rule->definition;
    double least = clamp(confidence - rule->suppress.weight), most = clamp(confidence + rule->boost.weight);
    return j->scanner->trace || (least < 1 && pii__confidence_reaches(most, j->scanner->minimums[j->rank]));
}

static pii_status weigh_words(const pii__rule_scan *j, const pii__verdict *verdict, word_weights *ret)
{
    const pii__rule *rule = j->rule;
    context_words boost = {rule->boost, rule->boost_sets};
    context_words suppress = {rule->suppress, rule->suppress_sets};
    pii_status status = weigh(j, &rule->definition.boost, boost, verdict->begin, verdict->end, &ret->boost,
                              &ret->boost_word);
    if (status == PII_OK)
        status = weigh(j, &rule->definition.suppress, suppress, verdict->begin, verdict->end, &ret->suppress,
                       &ret->suppress_word);
    return status;
}

/* Validator, context words, minimum: sets `*ret_accepted` and `*ret`. */
static pii_status judge(const pii__rule_scan *j, const pii__match *match, bool overlong, bool *ret_accepted,
                        pii__verdict *ret)
{
    const pii__rule_definition *rule = &j->rule->definition;
    word_weights words = {0};
    pii__verdict_start(ret, rule->confidence, match->span_begin, match->span_end);
    *ret_accepted = false;
    if (rule->validator)
        validate(j, match, overlong, ret);
    if (!ret->valid) {
        tell(j, ret, &words, 0, PII_DECISION_INVALID);
        return PII_OK;
    }
    pii_status status = words_matter(j, ret->confidence) ? weigh_words(j, ret, &words) : PII_OK;
    if (status != PII_OK)
        return status;
    double confidence = clamp(ret->confidence + words.boost - words.suppress);
    *ret_accepted = pii__confidence_reaches(confidence, j->scanner->minimums[j->rank]);
    tell(j, ret, &words, confidence, *ret_accepted ? PII_DECISION_ACCEPTED : PII_DECISION_LOW_CONFIDENCE);
    ret->confidence = confidence;
    return PII_OK;
}

static pii__rule_state *state_of(const pii__rule_scan *j)
{
    return &j->scanner->states[j->rank];
}

/* Offsets into the text <-> places in the segment. */
static uint64_t place_of(const pii__rule_scan *j, size_t at)
{
    return j->scanner->origin + at - j->from;
}

size_t pii__rule_next_start(const pii__rule_scan *j)
{
    uint64_t next = state_of(j)->next;
    return next > j->scanner->origin ? (size_t)(next - j->scanner->origin) + j->from : j->from;
}

/* End of the run of tail bytes that starts at `from`; text->size when it goes
 * on beyond what is known. */
static size_t run_end(const pii__rule_scan *j, size_t from)
{
    const uint8_t *text = j->text->text;
    while (from < j->text->size && pii__byte_set_has(&j->rule->definition.tail, text[from]) &&
           !(j->scanner->fenced && pii__is_fence(text[from])))
        from++;
    return from;
}

/* Records a run that reaches `hit.end`; it stays open where the text is cut
 * there. */
static pii_status add_run(const pii__rule_scan *j, pii__hit hit)
{
    pii__rule_state *state = state_of(j);
    hit.rule = j->rank;
    bool open = hit.end == j->text->size && !j->text->at_end;
    j->scanner->open_count += (size_t)open - (size_t)state->open;
    state->open = open;
    state->confidence = hit.confidence;
    state->next = place_of(j, hit.end);
    return add_hit(j->scanner, hit);
}

/* What became of one match: a hit, an open run, or nothing. */
static pii_status take_match(const pii__rule_scan *j, const pii__match *match)
{
    bool accepted;
    pii__verdict verdict;
    const pii__rule_definition *rule = &j->rule->definition;
    bool overlong = rule->has_tail && match->end < j->field->text.size &&
                    pii__byte_set_has(&rule->tail, j->field->text.text[match->end]);
    pii_status status = judge(j, match, overlong, &accepted, &verdict);
    if (status != PII_OK)
        return status;
    state_of(j)->next = place_of(j, match->begin + 1);
    if (!accepted)
        return PII_OK;
    pii__hit hit = {.begin = verdict.begin, .end = verdict.end, .rule = j->rank, .confidence = verdict.confidence};
    if (overlong) {
        hit.end = run_end(j, match->end);
        return add_run(j, hit);
    }
    if (verdict.end > match->begin)
        state_of(j)->next = place_of(j, verdict.end);
    return add_hit(j->scanner, hit);
}

/* A limit was reached somewhere in the window: all of it, and all that a match
 * from it could cover, is redacted. */
static pii_status redact_window(const pii__rule_scan *j, pii__start_window tried)
{
    size_t end = smaller(tried.end + j->rule->definition.width_max, j->field->text.size);
    pii__hit hit = {.begin = tried.begin, .end = end, .rule = j->rank, .confidence = 1};
    state_of(j)->next = place_of(j, tried.end);
    return add_hit(j->scanner, hit);
}

/* The leftmost match that starts in the window. */
static pii_status search(const pii__rule_scan *j, pii__start_window tried, bool *ret_found, pii__match *ret)
{
    pii__subject field = j->field->text;
    field.text += j->field->first;
    field.size -= j->field->first;
    field.at_start = j->field->begins;
    size_t first = j->field->first;
    pii_status status = pii__pattern_search(j->rule->pattern, j->scanner->matcher, &field, tried.begin - first,
                                            tried.end - first, ret_found, ret);
    ret->begin += first;
    ret->end += first;
    ret->span_begin += first;
    ret->span_end += first;
    return status;
}

/* All matches that start in the window, which is of one field. */
static pii_status scan_field_window(const pii__rule_scan *j, pii__start_window tried)
{
    while (tried.begin < tried.end) {
        bool found;
        pii__match match = {0};
        pii_status status = search(j, tried, &found, &match);
        if (status == PII_OK && !found)
            break;
        if (status == PII_OK)
            status = take_match(j, &match);
        if (status == PII_ERROR_LIMIT && j->scanner->redact_limits)
            status = redact_window(j, tried);
        if (status != PII_OK) {
            j->scanner->error_at = tried.begin;
            return status;
        }
        tried.begin = pii__rule_next_start(j);
    }
    if (pii__rule_next_start(j) < tried.end)
        state_of(j)->next = place_of(j, tried.end);
    return PII_OK;
}

/* The part of the window that lies in the field where it begins; a rule sees no
 * more than that field, which is a whole text to it. */
static pii_status scan_first_field(const pii__rule_scan *context, pii__start_window *tried)
{
    const pii_ruleset *ruleset = context->scanner->ruleset;
    pii__field_view field =
        pii__field_around(context->text, tried->begin, tried->end, ruleset->behind, ruleset->reach);
    pii__rule_scan j = *context;
    j.field = &field;
    pii__start_window inside = *tried;
    inside.end = smaller(tried->end, field.text.size);
    pii_status status = scan_field_window(&j, inside);
    tried->begin = larger(field.text.size + 1, pii__rule_next_start(&j));
    return status;
}

pii_status pii__rule_scan_window(const pii__rule_scan *j, pii__start_window tried)
{
    if (!j->scanner->fenced)
        return scan_field_window(j, tried);
    pii_status status = PII_OK;
    while (status == PII_OK && tried.begin < tried.end)
        status = scan_first_field(j, &tried);
    return status;
}

pii_status pii__rule_go_on(const pii__rule_scan *j)
{
    pii__hit rest = {
        .end = run_end(j, pii__rule_next_start(j)), .continued = true, .confidence = state_of(j)->confidence};
    return add_run(j, rest);
}
