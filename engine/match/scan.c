#include "scan.h"

#include <string.h>

#include "memory.h"
#include "rule_scan.h"

typedef pii__rule_scan job;
enum {
    near_enough = 128, /* bytes that are looked through for words before anything else is asked */
    starts_between = 8, /* trying so many starts in vain costs less than another call of PCRE2 */
    starts_together = 4096
};

typedef pii__start_window window;

pii_status pii__scanner_init(pii__scanner *scanner, const pii_allocator *allocator, const pii_ruleset *ruleset,
                             const pii__kernel *kernel)
{
    *scanner = (pii__scanner){.allocator = allocator, .ruleset = ruleset, .gated = true};
    scanner->states = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->states);
    scanner->gate_on = pii__allocate_array(allocator, ruleset->gate_count, sizeof *scanner->gate_on);
    pii__word_map_init(&scanner->words, allocator, ruleset->lexicon, kernel);
    scanner->windows.allocator = allocator;
    scanner->gate_runs = pii__allocate_array(allocator, ruleset->gate_count, sizeof *scanner->gate_runs);
    scanner->rule_runs = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->rule_runs);
    scanner->waiting = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->waiting);
    scanner->waiting_rules = pii__allocate_array(allocator, ruleset->rule_count, sizeof *scanner->waiting_rules);
    if (!scanner->states || !scanner->gate_on || !scanner->gate_runs || !scanner->rule_runs || !scanner->waiting ||
        !scanner->waiting_rules)
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
    pii__release(scanner->allocator, scanner->gate_runs);
    pii__release(scanner->allocator, scanner->rule_runs);
    pii__release(scanner->allocator, scanner->waiting);
    pii__release(scanner->allocator, scanner->waiting_rules);
    pii__word_map_free(&scanner->words);
    pii__start_windows_free(&scanner->windows);
    pii__release(scanner->allocator, scanner->hits);
}

void pii__scanner_choose(pii__scanner *scanner, const bool *rule_on, const double *minimums)
{
    scanner->rule_on = rule_on;
    scanner->minimums = minimums;
    for (size_t i = 0; i < scanner->ruleset->gate_count; i++)
        scanner->gate_on[i] = rule_on[scanner->ruleset->gates[i].rule];
    pii__sifter_choose(&scanner->sifter, scanner->gate_on);
}

void pii__scanner_restart(pii__scanner *scanner)
{
    memset(scanner->states, 0, scanner->ruleset->rule_count * sizeof *scanner->states);
    scanner->hit_count = scanner->open_count = 0;
    scanner->origin = 0;
    scanner->fenced = false;
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

/* The words without which the rule cannot reach the minimum, or 0. A trace shows
 * candidates that lack them, too. */
static uint64_t needed_cue(const job *j)
{
    const pii__rule_definition *rule = &j->rule->definition;
    double most = rule->confidence + (rule->validator ? rule->validator->raise : 0);
    bool free = pii__confidence_reaches(most, j->scanner->minimums[j->rank]) || j->scanner->trace;
    return free ? 0 : j->rule->boost_sets;
}

/* Where a match that starts in the window must have ended. */
static size_t last_end(const job *j, window tried)
{
    const pii__rule_definition *rule = &j->rule->definition;
    size_t at = tried.end - 1, last = smaller(at + rule->width_max, j->text->size);
    return pii__run_end(&j->scanner->rule_runs[j->rank], j->scanner->call, &rule->bytes, j->text->text, j->text->size,
                        at, last);
}

/* Whether a cue begins anywhere where it could speak for a match that starts in
 * the window, if the rule needs one. Mostly none is near at all, and then it is of no
 * matter where the match ends. */
static bool cue_near(const job *j, window tried)
{
    const pii__rule_definition *rule = &j->rule->definition;
    uint64_t cue = needed_cue(j);
    if (!cue)
        return true;
    pii__word_map *map = &j->scanner->words;
    size_t first = minus(tried.begin, rule->context_before);
    if (rule->width_max <= near_enough &&
        !pii__word_map_any(map, first, tried.end + rule->width_max + rule->context_after, cue))
        return false;
    return pii__word_map_any(map, first, tried.end, cue) ||
           pii__word_map_any(map, tried.end, last_end(j, tried) + rule->context_after, cue);
}

/* Whether a word of the gate may begin near the pivot: after it, only bytes that
 * may come between lead to it. */
static bool word_near(const job *j, size_t gate_index, size_t pivot)
{
    const pii__ruleset_gate *gate = &j->scanner->ruleset->gates[gate_index];
    const pii__word_gate *words = gate->gate.words;
    pii__word_map *map = &j->scanner->words;
    pii__run_memory *run = &j->scanner->gate_runs[gate_index];
    if (words->before) {
        size_t first = minus(pivot, words->far);
        size_t end = pii__run_begin(run, j->scanner->call, &words->between, j->text->text, pivot, first);
        if (end > first + words->width)
            first = end - words->width;
        return pii__word_map_any(map, first, minus(pivot + 1, words->near), gate->word_sets);
    }
    size_t at = pii__run_end(run, j->scanner->call, &words->between, j->text->text, j->text->size, pivot,
                             smaller(pivot + words->far, j->text->size));
    return pii__word_map_any(map, pivot + words->near, at + 1, gate->word_sets);
}

/* Whether an ending of the gate may stand close before the pivot. */
static bool ending_before(const job *j, const pii__ending_gate *ending, size_t pivot)
{
    for (size_t distance = ending->near; distance <= ending->far; distance++) {
        if (pivot < distance + PII__ENDING_SIZE)
            return true; /* what stood before the text is not known */
        const uint8_t *at = j->text->text + pivot - distance;
        uint32_t code = (at[-1] & 31u) | (at[-2] & 31u) << 5 | (at[-3] & 31u) << 10;
        if (ending->bits[code / 64] >> code % 64 & 1)
            return true;
    }
    return false;
}

/* All matches that start in the window, but for starts that have been dealt with. */
static pii_status scan_window(const job *j, window starts)
{
    starts.begin = larger(starts.begin, pii__rule_next_start(j));
    return starts.begin < starts.end ? pii__rule_scan_window(j, starts) : PII_OK;
}

/* Whether the second window, which begins no earlier, may as well be scanned with the first; if so, that one grows.
 * Starts between the two match nothing. */
static bool join(window *first, window second)
{
    if (second.rule != first->rule || second.begin > first->end + starts_between ||
        second.end > first->begin + starts_together)
        return false;
    first->end = larger(first->end, second.end);
    return true;
}

/* Of a rule whose windows come in ascending order. */
static pii_status wait_for_more(const job *j, window starts)
{
    pii__scanner *scanner = j->scanner;
    window *waiting = &scanner->waiting[j->rank], due = *waiting;
    if (due.begin == due.end) {
        scanner->waiting_rules[scanner->waiting_count++] = j->rank;
        *waiting = starts;
        return PII_OK;
    }
    if (join(waiting, starts))
        return PII_OK;
    *waiting = starts;
    return scan_window(j, due);
}

/* Windows of different gates or groups come in any order, but a rule takes
 * starts in ascending order: those wait until all are known. */
static pii_status take_window(const job *j, window starts)
{
    bool alone = j->rule->definition.gate_count <= 1;
    return alone ? wait_for_more(j, starts) : pii__start_windows_add(&j->scanner->windows, starts);
}

/* Where a match begins with a word of the gate, only those starts are tried at which one may begin. */
static pii_status take_words(const job *j, uint64_t sets, window starts)
{
    pii__word_map *map = &j->scanner->words;
    window part = starts;
    if (!pii__word_map_any(map, starts.begin, starts.end, sets))
        return PII_OK;
    pii_status status = PII_OK;
    while (status == PII_OK && pii__word_map_next(map, &part.begin, starts.end, sets, &part.end)) {
        status = take_window(j, part);
        part.begin = part.end;
    }
    return status;
}

static pii_status scan_pivot(void *context, size_t gate_index, size_t at)
{
    const job *all = context;
    const pii__ruleset_gate *gate = &all->scanner->ruleset->gates[gate_index];
    if (at < all->from + gate->gate.near || (gate->gate.ending && !ending_before(all, gate->gate.ending, at)) ||
        (gate->word_sets && !word_near(all, gate_index, at)))
        return PII_OK;
    job j = *all;
    j.rank = gate->rule;
    j.rule = &j.scanner->ruleset->rules[j.rank];
    bool alone = j.rule->definition.gate_count <= 1;
    size_t first = alone ? larger(pii__rule_next_start(&j), j.scanner->waiting[j.rank].end) : j.from;
    window starts = window_of(&j, &gate->gate, at, first);
    if (starts.begin >= starts.end || !cue_near(&j, starts))
        return PII_OK;
    const pii__word_gate *words = gate->word_sets ? gate->gate.words : NULL;
    bool word_first = words && words->before && words->far == gate->gate.far;
    return word_first ? take_words(&j, gate->word_sets, starts) : take_window(&j, starts);
}

/* Whether some pivot of the gate in [begin, end) may have the words near it that
 * it needs. */
static bool worth_scanning(void *context, size_t gate_index, size_t begin, size_t end)
{
    job j = *(const job *)context;
    const pii__ruleset_gate *own = &j.scanner->ruleset->gates[gate_index];
    const pii__gate *gate = &own->gate;
    j.rank = own->rule;
    j.rule = &j.scanner->ruleset->rules[j.rank];
    size_t before = own->word_sets && gate->words->before ? gate->words->far : 0;
    size_t after = own->word_sets && !gate->words->before ? gate->words->far : 0;
    if (own->word_sets &&
        !pii__word_map_any(&j.scanner->words, minus(begin, before), end + after, own->word_sets))
        return false;
    return cue_near(&j, (window){j.rank, minus(begin, gate->far), end});
}

static pii_status scan_window_of(const job *context, window starts)
{
    job j = *context;
    j.rank = starts.rule;
    j.rule = &j.scanner->ruleset->rules[j.rank];
    return scan_window(&j, starts);
}

static pii_status scan_kept_windows(const job *j)
{
    pii__start_windows *windows = &j->scanner->windows;
    pii_status status = PII_OK;
    pii__start_windows_sort(windows);
    for (size_t i = 0, next; i < windows->count && status == PII_OK; i = next) {
        window starts = windows->list[i];
        for (next = i + 1; next < windows->count && join(&starts, windows->list[next]);)
            next++;
        status = scan_window_of(j, starts);
    }
    return status;
}

static void forget_windows(pii__scanner *scanner)
{
    for (size_t i = 0; i < scanner->waiting_count; i++)
        scanner->waiting[scanner->waiting_rules[i]] = (window){0};
    scanner->waiting_count = scanner->windows.count = 0;
}

static pii_status scan_waiting_windows(const job *j)
{
    pii_status status = PII_OK;
    for (size_t i = 0; i < j->scanner->waiting_count && status == PII_OK; i++)
        status = scan_window_of(j, j->scanner->waiting[j->scanner->waiting_rules[i]]);
    return status;
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
        pii_status status = pii__rule_go_on(j);
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
        pii_status status = pii__rule_scan_window(j, (window){j->rank, pii__rule_next_start(j), j->until});
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

static pii_status scan_gated(job *j)
{
    pii__scanner *scanner = j->scanner;
    scanner->call++;
    pii_status status = pii__word_map_start(&scanner->words, j->text->text, j->text->size);
    if (status != PII_OK)
        return status;
    pii__pivot_listener listener = {scan_pivot, worth_scanning, j};
    size_t end = smaller(j->until + scanner->ruleset->far, j->text->size);
    status = pii__sift(&scanner->sifter, j->text->text, j->text->size, j->from, end, &listener);
    if (status == PII_OK)
        status = scan_waiting_windows(j);
    return status == PII_OK ? scan_kept_windows(j) : status;
}

pii_status pii__scan(pii__scanner *scanner, const pii__subject *text, size_t from, size_t until)
{
    pii__field_view all = {.text = *text, .around = *text, .begins = text->at_start};
    job j = {.scanner = scanner, .text = text, .field = &all, .from = from, .until = until};
    scanner->hit_count = 0;
    pii_status status = go_on_with_runs(&j);
    if (status != PII_OK)
        return status;
    forget_windows(scanner);
    status = scanner->gated ? scan_gated(&j) : scan_every_start(&j);
    scanner->origin += until - from;
    return status;
}
