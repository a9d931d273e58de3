#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "field_bounds.h"
#include "memory.h"

/* One rule at work on one text. */
typedef struct job {
    pii__scanner *scanner;
    const pii__rule *rule;
    uint32_t rank;
    const pii__subject *text;
    const pii__field_view *field; /* what the rule sees of it: all, or the field at hand */
    size_t from;                  /* the starts of this call */
    size_t until;
} job;

typedef pii__start_window window;

pii_status pii__scanner_init(pii__scanner *scanner, const pii_allocator *allocator, const pii_ruleset *ruleset,
                             const pii__kernel *kernel)
{
    *scanner = (pii__scanner){.allocator = allocator, .ruleset = ruleset, .gated = true};
    scanner->states = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->states);
    scanner->gate_on = pii__allocate_array(allocator, ruleset->gate_count, sizeof *scanner->gate_on);
    scanner->word_memories = pii__allocate_array(allocator, ruleset->gate_count, sizeof *scanner->word_memories);
    scanner->cue_memories = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->cue_memories);
    if (!scanner->states || !scanner->gate_on || !scanner->word_memories || !scanner->cue_memories)
        return PII_ERROR_MEMORY;
    pii_status status = pii__sifter_init(&scanner->sifter, allocator, ruleset->plan, kernel);
    return status == PII_OK ? pii__matcher_new(allocator, &scanner->matcher) : status;
}

void pii__scanner_free(pii__scanner *scanner)
{
    if (!scanner->allocator)
        return;
    pii__matcher_free(scanner->matcher);
    pii__sifter_free(&scanner->sifter);
    pii__release(scanner->allocator, scanner->states);
    pii__release(scanner->allocator, scanner->gate_on);
    pii__release(scanner->allocator, scanner->word_memories);
    pii__release(scanner->allocator, scanner->cue_memories);
    pii__release(scanner->allocator, scanner->windows);
    pii__release(scanner->allocator, scanner->hits);
}

void pii__scanner_choose(pii__scanner *scanner, const bool *rule_on)
{
    scanner->rule_on = rule_on;
    for (size_t i = 0; i < scanner->ruleset->gate_count; i++)
        scanner->gate_on[i] = rule_on[scanner->ruleset->gates[i].rule];
}

void pii__scanner_restart(pii__scanner *scanner)
{
    memset(scanner->states, 0, scanner->ruleset->rule_count * sizeof *scanner->states);
    scanner->hit_count = scanner->open_count = 0;
    scanner->origin = 0;
    scanner->fenced = false;
}

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

/* Where a word of a context pattern stands in text[begin, end), if there is none
 * in `*ret` yet. The pattern looks at one byte on either side to see whole words. */
static pii_status find_words(const job *j, const pii__pattern *words, size_t begin, size_t end, pii__word_place *ret)
{
    if (ret->end || begin >= end)
        return PII_OK;
    size_t first = larger(minus(begin, 1), j->field->around_first);
    size_t last = smaller(end + 1, j->field->around.size);
    pii__subject around = {
        .text = j->field->around.text + first,
        .size = last - first,
        .at_start = first == 0 ? j->field->around.at_start : first == j->field->around_first,
        .at_end = j->field->around.at_end && last == j->field->around.size,
    };
    pii__match match;
    bool hit;
    pii_status status =
        pii__pattern_search(words, j->scanner->matcher, &around, begin - first, end - first, &hit, &match);
    if (status == PII_OK && hit && match.end + first <= end)
        *ret = (pii__word_place){match.begin + first, match.end + first};
    return status;
}

/* The weight of a context, 0 when none of its words is near the span, and the
 * word that was found first. */
static pii_status weigh(const job *j, const pii__context *context, const pii__pattern *words, size_t begin, size_t end,
                        double *ret, pii__word_place *ret_word)
{
    *ret = 0;
    if (!words)
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
static void validate(const job *j, const pii__match *match, bool overlong, pii__verdict *verdict)
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

static void tell(const job *j, const pii__verdict *verdict, pii__trace trace)
{
    if (!j->scanner->trace)
        return;
    trace.rule = j->rule;
    trace.verdict = verdict;
    trace.begin = verdict->begin;
    trace.end = verdict->end;
    trace.base = verdict->confidence;
    j->scanner->trace(j->scanner->trace_context, &trace);
}

/* 0.7 - 0.2 is a little less than 0.5 in binary, but not to the author of a rule. */
static bool reaches(double confidence, double minimum)
{
    return confidence + 1e-9 >= minimum;
}

static double clamp(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* Validator, context words, minimum: sets `*ret_accepted` and `*ret`. */
static pii_status judge(const job *j, const pii__match *match, bool overlong, bool *ret_accepted, pii__verdict *ret)
{
    const pii__rule_definition *rule = &j->rule->definition;
    pii__trace trace = {.decision = PII_DECISION_INVALID};
    *ret = (pii__verdict){.valid = true, .confidence = rule->confidence, .reason = ""};
    ret->begin = match->span_begin;
    ret->end = match->span_end;
    *ret_accepted = false;
    if (rule->validator)
        validate(j, match, overlong, ret);
    if (!ret->valid) {
        tell(j, ret, trace);
        return PII_OK;
    }
    pii_status status =
        weigh(j, &rule->boost, j->rule->boost, ret->begin, ret->end, &trace.boost, &trace.boost_word);
    if (status == PII_OK)
        status = weigh(j, &rule->suppress, j->rule->suppress, ret->begin, ret->end, &trace.suppress,
                       &trace.suppress_word);
    if (status != PII_OK)
        return status;
    trace.confidence = clamp(ret->confidence + trace.boost - trace.suppress);
    *ret_accepted = reaches(trace.confidence, j->scanner->min_confidence);
    trace.decision = *ret_accepted ? PII_DECISION_ACCEPTED : PII_DECISION_LOW_CONFIDENCE;
    tell(j, ret, trace);
    ret->confidence = trace.confidence;
    return PII_OK;
}

static pii__rule_state *state_of(const job *j)
{
    return &j->scanner->states[j->rank];
}

/* Offsets into the text <-> places in the segment. */
static uint64_t place_of(const job *j, size_t at)
{
    return j->scanner->origin + at - j->from;
}

/* The first start of this call that the rule has not dealt with. */
static size_t next_start(const job *j)
{
    uint64_t next = state_of(j)->next;
    return next > j->scanner->origin ? (size_t)(next - j->scanner->origin) + j->from : j->from;
}

/* End of the run of tail bytes that starts at `from`; text->size when it goes
 * on beyond what is known. */
static size_t run_end(const job *j, size_t from)
{
    const uint8_t *text = j->text->text;
    while (from < j->text->size && pii__byte_set_has(&j->rule->definition.tail, text[from]) &&
           !(j->scanner->fenced && pii__is_fence(text[from])))
        from++;
    return from;
}

/* Records a run that reaches `hit.end`; it stays open where the text is cut
 * there. */
static pii_status add_run(const job *j, pii__hit hit)
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
static pii_status take_match(const job *j, const pii__match *match)
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
static pii_status redact_window(const job *j, window tried)
{
    size_t end = smaller(tried.end + j->rule->definition.width_max, j->field->text.size);
    pii__hit hit = {.begin = tried.begin, .end = end, .rule = j->rank, .confidence = 1};
    state_of(j)->next = place_of(j, tried.end);
    return add_hit(j->scanner, hit);
}

/* The leftmost match that starts in the window. */
static pii_status search(const job *j, window tried, bool *ret_found, pii__match *ret)
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
static pii_status scan_field_window(const job *j, window tried)
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
        tried.begin = next_start(j);
    }
    if (next_start(j) < tried.end)
        state_of(j)->next = place_of(j, tried.end);
    return PII_OK;
}

/* The part of the window that lies in the field where it begins; a rule sees no
 * more than that field, which is a whole text to it. */
static pii_status scan_first_field(const job *context, window *tried)
{
    const pii_ruleset *ruleset = context->scanner->ruleset;
    pii__field_view field =
        pii__field_around(context->text, tried->begin, tried->end, ruleset->behind, ruleset->reach);
    job j = *context;
    j.field = &field;
    window inside = *tried;
    inside.end = smaller(tried->end, field.text.size);
    pii_status status = scan_field_window(&j, inside);
    tried->begin = larger(field.text.size + 1, next_start(&j));
    return status;
}

/* All matches that start in the window. */
static pii_status scan_window(const job *j, window tried)
{
    if (!j->scanner->fenced)
        return scan_field_window(j, tried);
    pii_status status = PII_OK;
    while (status == PII_OK && tried.begin < tried.end)
        status = scan_first_field(j, &tried);
    return status;
}

/* Whether a word of the list begins at `at`. */
static bool word_at(const pii__word_gate *gate, const pii__subject *text, size_t at)
{
    if (at && pii__byte_set_has(&gate->not_before, text->text[at - 1]))
        return false;
    uint32_t hash = 0;
    size_t last = smaller(at + PII__WORD_SIZE_MAX, text->size);
    for (; at < last && pii__byte_set_has(&gate->word, text->text[at]); at++)
        hash = pii__word_hash(hash, text->text[at]);
    return gate->bits[hash % PII__WORD_BITS / 64] >> hash % 64 & 1;
}

/* Places of a gate come in ascending order, more or less; where one has looked
 * for a word in vain, the next need not look again. */
static bool word_follows(const pii__word_gate *gate, pii__word_memory *memory, const pii__subject *text, size_t pivot)
{
    size_t last = smaller(pivot + gate->far, text->size), at = pivot;
    bool known = pivot >= memory->begin && pivot < memory->end;
    if (known && memory->stopped)
        return false;
    if (known)
        at = memory->end;
    else
        memory->begin = pivot;
    memory->stopped = false;
    for (; at <= last; at++) {
        if (at >= pivot + gate->near && word_at(gate, text, at)) {
            memory->end = memory->begin; /* nothing is known to be in vain beyond it */
            return true;
        }
        memory->stopped = at == text->size || !pii__byte_set_has(&gate->between, text->text[at]);
        if (memory->stopped)
            break;
    }
    memory->end = at;
    return false;
}

/* `first` is the first start that could have this pivot. */
static bool word_precedes(const pii__word_gate *gate, const pii__subject *text, size_t first, size_t pivot)
{
    if (pivot > gate->far && first < pivot - gate->far)
        first = pivot - gate->far;
    for (size_t at = first; at + gate->near <= pivot; at++)
        if (word_at(gate, text, at))
            return true;
    return false;
}

/* The starts from `first` on from which a match could have its pivot at `at`. */
static window window_of(const job *j, const pii__gate *gate, size_t at, size_t first)
{
    if (at > gate->far && first < at - gate->far)
        first = at - gate->far;
    window starts = {.rule = j->rank, .begin = at, .end = smaller(at - gate->near + 1, j->until)};
    while (starts.begin > first && pii__byte_set_has(&gate->lead, j->text->text[starts.begin - 1]))
        starts.begin--;
    if (starts.begin < first)
        starts.begin = first;
    return starts;
}

/* Windows of different gates or groups come in any order, but a rule takes
 * starts in ascending order: those wait until all are known. */
static pii_status keep_window(pii__scanner *scanner, window starts)
{
    if (starts.begin >= starts.end)
        return PII_OK;
    window *windows = pii__grow(scanner->allocator, scanner->windows, &scanner->window_capacity, scanner->window_count,
                                sizeof *windows);
    if (!windows)
        return PII_ERROR_MEMORY;
    scanner->windows = windows;
    scanner->windows[scanner->window_count++] = starts;
    return PII_OK;
}

/* ---- Cues: a rule that needs one of its words is not tried where there is none ---- */

static bool needs_cue(const job *j)
{
    const pii__rule_definition *rule = &j->rule->definition;
    double raise = rule->validator ? rule->validator->raise : 0;
    return rule->cue && !reaches(rule->confidence + raise, j->scanner->min_confidence) && !j->scanner->trace;
}

static bool alnum(uint8_t byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Whether the word that begins at `at` is one. The bytes of a long run are looked
 * at once only, however many starts there are in it. */
static bool cue_word(const pii__cue *cue, const pii__subject *text, size_t at)
{
    uint32_t hash = 0;
    size_t last = smaller(at + PII__WORD_SIZE_MAX, text->size);
    for (; at < last && alnum(text->text[at]); at++)
        hash = pii__word_hash(hash, text->text[at]);
    return cue->bits[hash % PII__WORD_BITS / 64] >> hash % 64 & 1;
}

/* The first cue that begins in [from, until), or SIZE_MAX. */
static size_t find_cue(const pii__cue *cue, const pii__subject *text, size_t from, size_t until)
{
    bool in_word = from && alnum(text->text[from - 1]);
    for (size_t at = from; at < until; at++) {
        bool word = alnum(text->text[at]);
        if (word ? !in_word && cue_word(cue, text, at) : pii__byte_set_has(&cue->starts, text->text[at]))
            return at;
        in_word = word;
    }
    return SIZE_MAX;
}

/* Whether a cue begins anywhere where it could speak for a match that starts in
 * the window. What has been looked at is not looked at again, as windows come in
 * ascending order. */
static bool cue_near(const job *j, window tried)
{
    const pii__rule_definition *rule = &j->rule->definition;
    pii__cue_memory *memory = &j->scanner->cue_memories[j->rank];
    size_t from = minus(tried.begin, rule->context_before);
    size_t until = smaller(tried.end + rule->width_max + rule->context_after, j->text->size);
    if (memory->call != j->scanner->call || from < memory->begin || from > memory->end)
        *memory = (pii__cue_memory){.call = j->scanner->call, .begin = from, .end = from, .last = SIZE_MAX};
    if (memory->last != SIZE_MAX && memory->last >= from)
        return true;
    size_t found = find_cue(rule->cue, j->text, memory->end, until);
    memory->last = found;
    memory->end = found == SIZE_MAX ? (until > memory->end ? until : memory->end) : found + 1;
    return found != SIZE_MAX;
}

/* All matches that start in the window, unless there cannot be any. */
static pii_status scan_gated_window(const job *j, window tried)
{
    if (tried.begin >= tried.end || (needs_cue(j) && !cue_near(j, tried)))
        return PII_OK;
    return scan_window(j, tried);
}

static pii_status scan_pivot(void *context, size_t gate_index, size_t at)
{
    job j = *(const job *)context;
    const pii__ruleset_gate *gate = &j.scanner->ruleset->gates[gate_index];
    j.rank = gate->rule;
    j.rule = &j.scanner->ruleset->rules[j.rank];
    if (at < j.from + gate->gate.near)
        return PII_OK;
    const pii__word_gate *words = gate->gate.words;
    pii__word_memory *memory = &j.scanner->word_memories[gate_index];
    if (memory->call != j.scanner->call)
        *memory = (pii__word_memory){.call = j.scanner->call};
    if (words && !words->before && !word_follows(words, memory, j.text, at))
        return PII_OK;
    bool alone = j.rule->definition.gate_count <= 1 && !j.scanner->ruleset->plan->spread[gate_index];
    window starts = window_of(&j, &gate->gate, at, alone ? next_start(&j) : j.from);
    if (words && words->before && !word_precedes(words, j.text, starts.begin, at))
        return PII_OK;
    return alone ? scan_gated_window(&j, starts) : keep_window(j.scanner, starts);
}

static int compare_windows(const void *a, const void *b)
{
    const window *x = a, *y = b;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static pii_status scan_kept_windows(const job *context)
{
    pii__scanner *scanner = context->scanner;
    job j = *context;
    if (scanner->window_count > 1)
        qsort(scanner->windows, scanner->window_count, sizeof *scanner->windows, compare_windows);
    for (size_t i = 0; i < scanner->window_count; i++) {
        window starts = scanner->windows[i];
        j.rank = starts.rule;
        j.rule = &scanner->ruleset->rules[j.rank];
        if (starts.begin < next_start(&j))
            starts.begin = next_start(&j);
        pii_status status = scan_gated_window(&j, starts);
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

/* Matches that an earlier call left open. */
static pii_status go_on_with_runs(job *j)
{
    for (size_t i = 0; j->scanner->open_count && i < j->scanner->ruleset->rule_count; i++) {
        const pii__rule_state *state = &j->scanner->states[i];
        if (!state->open)
            continue;
        j->rule = &j->scanner->ruleset->rules[i];
        j->rank = (uint32_t)i;
        pii__hit rest = {.end = run_end(j, next_start(j)), .continued = true, .confidence = state->confidence};
        pii_status status = add_run(j, rest);
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

static pii_status scan_every_start(job *j)
{
    for (size_t i = 0; i < j->scanner->ruleset->rule_count; i++) {
        if (!j->scanner->rule_on[i])
            continue;
        j->rule = &j->scanner->ruleset->rules[i];
        j->rank = (uint32_t)i;
        pii_status status = scan_window(j, (window){j->rank, next_start(j), j->until});
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

pii_status pii__scan(pii__scanner *scanner, const pii__subject *text, size_t from, size_t until)
{
    pii__field_view all = {.text = *text, .around = *text, .begins = text->at_start};
    job j = {.scanner = scanner, .text = text, .field = &all, .from = from, .until = until};
    scanner->hit_count = 0;
    pii_status status = go_on_with_runs(&j);
    if (status != PII_OK)
        return status;
    scanner->window_count = 0;
    if (scanner->gated) {
        scanner->call++;
        size_t end = smaller(until + scanner->ruleset->far, text->size);
        status = pii__sift(&scanner->sifter, text->text, text->size, from, end, scanner->gate_on, scan_pivot, &j);
        if (status == PII_OK)
            status = scan_kept_windows(&j);
    } else {
        status = scan_every_start(&j);
    }
    scanner->origin += until - from;
    return status;
}
