/* regions RANDOM_TEXTS [sample|all [actions]] - a text that is scanned in regions, by one thread or several, has
 * the output and the findings of one pii_scrub call.
 *
 * Every vector of the embedded rules lies across a border of regions; random texts - over-long runs,
 * floods of characters that are left out, invalid bytes among them - are cut into regions from 1 byte
 * to many pages, with all of the text at hand or only as much as a region needs. One text is one
 * case. `sample` takes every 150th vector only; `actions` gives the entities different actions. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

enum { THREADS = 4, PAGE = 65536 };

struct slot {
    pii_scrubber *scrubber;
    pii_seam *entry;
    pii_seam *exit;
    pii_region region;
    pii_result result;
    pii_status status;
};

struct checker {
    test_session session;
    pii_ruleset *ruleset; /* that of the slots */
    pii_scrubber *scrubber;
    struct slot slots[THREADS];
    test_answer expected;
    test_bytes output;
    test_findings findings;
    size_t guesses;
    size_t guesses_right;
};

/* How a text is to be cut. */
struct plan {
    size_t largest; /* bytes of a region */
    bool even;      /* all of that size, else of random ones */
    bool tight;     /* each region gets no more text than it must have */
    size_t threads;
    bool known; /* no guesses: each region is entered with the exit of the one before */
};

static bool checker_open(struct checker *checker, pii_ruleset *ruleset)
{
    checker->ruleset = ruleset;
    bool good = pii_scrubber_new(ruleset, checker->session.policy, NULL, &checker->scrubber) == PII_OK;
    for (size_t i = 0; i < THREADS; i++) {
        struct slot *slot = &checker->slots[i];
        good = good && pii_scrubber_new(ruleset, checker->session.policy, NULL, &slot->scrubber) == PII_OK &&
               pii_seam_new(NULL, &slot->entry) == PII_OK && pii_seam_new(NULL, &slot->exit) == PII_OK;
    }
    return good;
}

static void checker_close(struct checker *checker)
{
    pii_scrubber_free(checker->scrubber);
    for (size_t i = 0; i < THREADS; i++) {
        pii_scrubber_free(checker->slots[i].scrubber);
        pii_seam_free(checker->slots[i].entry);
        pii_seam_free(checker->slots[i].exit);
    }
}

static pii_region region_of(const struct checker *checker, const test_bytes *text, size_t from, size_t until,
                            bool tight)
{
    size_t margin = pii_region_margin(checker->ruleset);
    size_t base = tight && from > margin ? from - margin : 0;
    size_t end = tight && text->size - until > margin ? until + margin : text->size;
    return (pii_region){
        .data = text->data + base,
        .size = end - base,
        .base = base,
        .ends = end == text->size,
        .from = from,
        .until = until,
    };
}

static void *guess(void *context)
{
    struct slot *slot = context;
    slot->status =
        pii_region_guess(slot->scrubber, PII_FORMAT_TEXT, &slot->region, slot->entry, slot->exit, &slot->result);
    return NULL;
}

static bool guess_all(struct slot *slots, size_t count)
{
    pthread_t threads[THREADS];
    size_t started = 1;
    while (started < count && pthread_create(&threads[started], NULL, guess, &slots[started]) == 0)
        started++;
    (void)guess(&slots[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    return started == count;
}

/* Takes one region's part of the answer; `last` is the exit of the region before it. */
static bool deliver(struct checker *checker, struct slot *slot, const pii_seam *last, bool known)
{
    bool right = !known && pii_seam_equal(last, slot->entry);
    checker->guesses++;
    checker->guesses_right += right;
    if (!right)
        slot->status =
            pii_region_scan(slot->scrubber, PII_FORMAT_TEXT, &slot->region, last, slot->exit, &slot->result);
    if (slot->status != PII_OK || (slot->result.outcome == PII_OUTCOME_CLEAN) != (slot->result.finding_count == 0))
        return false;
    for (size_t i = 0; i < slot->result.finding_count; i++)
        findings_append(&checker->findings, &slot->result.findings[i]);
    return pii_region_write(slot->scrubber, &slot->region, bytes_sink, &checker->output) == PII_OK;
}

static size_t region_size(const struct plan *plan, random_source *random, size_t left)
{
    size_t size = plan->even ? plan->largest : random_below(random, plan->largest + 1);
    return size < left ? size : left;
}

/* The regions from `*from` on, one for each thread; how many. */
static size_t cut_wave(struct checker *checker, const test_bytes *text, const struct plan *plan, random_source *random,
                       size_t *from)
{
    size_t count = 0;
    do {
        size_t until = *from + region_size(plan, random, text->size - *from);
        checker->slots[count++].region = region_of(checker, text, *from, until, plan->tight);
        *from = until;
    } while (count < plan->threads && *from < text->size);
    return count;
}

static bool as_expected(const struct checker *checker)
{
    const test_bytes *expected = &checker->expected.output;
    return checker->output.size == expected->size &&
           (expected->size == 0 || memcmp(checker->output.data, expected->data, expected->size) == 0) &&
           findings_equal(checker->findings.list, checker->findings.count, checker->expected.findings.list,
                          checker->expected.findings.count);
}

static bool take_expected(struct checker *checker, const test_bytes *text)
{
    return answer_take(checker->scrubber, text->data, text->size, &checker->expected);
}

/* Scans the text by plan; the answer has been taken already. */
static bool in_regions(struct checker *checker, const test_bytes *text, const struct plan *plan, random_source *random)
{
    pii_seam *last = NULL;
    size_t from = 0;
    bool good = true;
    checker->output.size = checker->findings.count = 0;
    do {
        size_t count = cut_wave(checker, text, plan, random, &from);
        good = plan->known || guess_all(checker->slots, count);
        for (size_t i = 0; good && i < count; i++) {
            struct slot *slot = &checker->slots[i];
            good = deliver(checker, slot, last, plan->known);
            pii_seam *spare = last;
            last = slot->exit;
            slot->exit = spare;
            if (!slot->exit && pii_seam_new(NULL, &slot->exit) != PII_OK)
                return false;
        }
    } while (good && from < text->size);
    pii_seam_free(last);
    for (size_t i = 0; i < THREADS; i++)
        if (!checker->slots[i].exit && pii_seam_new(NULL, &checker->slots[i].exit) != PII_OK)
            return false;
    return good && as_expected(checker);
}

/* ---- vectors across a border ---- */

/* Whether the text may be cut at every place, with all that is carried over it. */
static bool cut_everywhere(struct checker *checker, const test_bytes *text, random_source *random)
{
    bool good = take_expected(checker, text);
    for (size_t size = 1; good && size <= 3; size++) {
        struct plan plan = {.largest = size, .even = true, .threads = 1, .known = true};
        good = in_regions(checker, text, &plan, random);
    }
    for (size_t at = 1; good && at < text->size; at++) {
        struct plan plan = {.largest = at, .even = true, .threads = 1, .known = true};
        good = in_regions(checker, text, &plan, random);
    }
    return good;
}

/* More characters that are left out than the view hides without a trace. */
static void append_flood(size_t size, test_bytes *ret)
{
    for (size_t end = ret->size + size; ret->size < end;)
        bytes_append_text(ret, "\xe2\x80\x8b");
}

static void check_vector(struct checker *checker, const pii_rule_test *vector, random_source *random)
{
    test_bytes text = {0};
    append_flood(150, &text);
    bytes_append(&text, vector->text, vector->size);
    tally_case(cut_everywhere(checker, &text, random), "%s:%u cut everywhere", vector->file, vector->line);
    text.size = 0;
    size_t lead = 20000;
    while (text.size + 16 < lead)
        bytes_append_text(&text, "x0 the wind on ");
    while (text.size < lead)
        bytes_append_text(&text, " ");
    bytes_append(&text, vector->text, vector->size);
    bytes_append_text(&text, " and more");
    bool good = take_expected(checker, &text);
    for (size_t step = 1 + vector->size / 7, at = 0; good && at <= vector->size; at += step) {
        struct plan plan = {.largest = lead + at, .even = true, .threads = 1};
        good = in_regions(checker, &text, &plan, random);
    }
    struct plan small = {.largest = 4999, .even = true, .threads = 2};
    tally_case(good && in_regions(checker, &text, &small, random), "%s:%u across a border", vector->file, vector->line);
    bytes_free(&text);
}

/* ---- random texts ---- */

/* Below one page every region size is tried that differs in kind; above, those that cost little. */
static bool by_some_plans(struct checker *checker, const test_bytes *text, random_source *random)
{
    static const size_t largest[] = {1, 20, 150, 1000, 6000, 40000, 3 * PAGE};
    bool good = true;
    for (size_t i = 0; good && i < sizeof largest / sizeof *largest; i++) {
        if (text->size / largest[i] > 300)
            continue;
        for (size_t threads = 1; good && threads <= THREADS; threads++) {
            if (threads > 1 && text->size / largest[i] > 40)
                break;
            struct plan plan = {
                .largest = largest[i], .even = random_below(random, 2), .tight = threads % 2 == 0, .threads = threads};
            good = in_regions(checker, text, &plan, random);
        }
    }
    return good;
}

/* Regions are of bytes; what begins as UTF-16 or UTF-32 does is nothing for them (tests/format/wide.c). */
static void begin_as_bytes(test_bytes *text)
{
    if (strcmp(pii_encoding_name(text->data, text->size), "UTF-8") != 0)
        memset(text->data, 'a', text->size < 4 ? text->size : 4);
}

static void check_random_text(struct checker *checker, uint64_t seed, size_t size, const char *rules)
{
    random_source random = {seed};
    test_bytes text = {0};
    random_text(&random, &checker->session, size, &text);
    begin_as_bytes(&text);
    tally_case(take_expected(checker, &text) && by_some_plans(checker, &text, &random),
               "random text with seed %llu, %s rules", (unsigned long long)seed, rules);
    bytes_free(&text);
}

/* Some large ones, mostly of a page or so, some so short that regions can be a byte or two. */
static size_t random_size(random_source *random, uint64_t seed)
{
    static const size_t largest[] = {10 * PAGE, 60000, 60000, 60000, 3000, 300, 60000, 60000};
    return 1 + random_below(random, largest[seed % (sizeof largest / sizeof *largest)]);
}

/* One thing for many pages, with a little before and behind it: a finding with no end, a flood of
 * characters that are left out, text without a character that shows. */
static void check_flood(struct checker *checker, const char *before, const char *repeated)
{
    random_source random = {1};
    test_bytes text = {0};
    for (int i = 0; i < 3000; i++)
        bytes_append_text(&text, "and so on ");
    bytes_append_text(&text, before);
    while (text.size < 6 * PAGE)
        bytes_append_text(&text, repeated);
    bytes_append_text(&text, " then kid@mail.example.com wrote\n");
    struct plan plans[] = {
        {20000, true, true, 2, false}, {9999, false, false, 1, false}, {3 * PAGE, false, true, 3, false}};
    bool good = take_expected(checker, &text);
    for (size_t i = 0; good && i < sizeof plans / sizeof *plans; i++)
        good = in_regions(checker, &text, &plans[i], &random);
    tally_case(good, "a flood after \"%s\"", before);
    bytes_free(&text);
}

/* In ordinary text nothing is scanned twice. */
static void check_guesses(struct checker *checker)
{
    random_source random = {3};
    test_bytes text = {0};
    for (int i = 0; text.size < 40 * PAGE; i++) {
        bytes_append_text(&text, "Then we went on to see the wind, and \xe2\x80\x9ehow\xe2\x80\x9c it blew.\n");
        if (i % 9 == 0)
            bytes_append_text(&text, "Write to kid@mail.example.com or call 415-555-2671.\n");
    }
    struct plan plan = {.largest = 2 * PAGE, .tight = true, .threads = 2};
    checker->guesses = checker->guesses_right = 0;
    bool good = take_expected(checker, &text) && in_regions(checker, &text, &plan, &random);
    tally_case(good && checker->guesses >= 20 && checker->guesses == checker->guesses_right,
               "%zu of %zu guesses right in ordinary text", checker->guesses_right, checker->guesses);
    bytes_free(&text);
}

/* ---- rules that look back and ahead but a little: borders and margins come close ---- */

static const char small_rules[] = "piiglet: 1\n"
                                  "family: small\n"
                                  "description: Rules of small width\n"
                                  "entities: [PIN]\n"
                                  "rules:\n"
                                  "  - id: small.pin\n"
                                  "    entity: PIN\n"
                                  "    description: Digits some words behind a cue\n"
                                  "    pattern: '[a-c] (?:[a-z0-9@.]{1,9} ){1,3}(?<pii>[0-9]{3,6})'\n"
                                  "    confidence: 0.9\n"
                                  "    tests: {match: ['a pin is {{123456}}'], pass: ['x']}\n"
                                  "  - id: small.mail\n"
                                  "    entity: EMAIL\n"
                                  "    description: A short address with a tail\n"
                                  "    pattern: '(?<![a-z])[a-z]{1,9}@[a-z.]{1,9}'\n"
                                  "    confidence: 0.4\n"
                                  "    context: {before: 12, boost: {words: [call, at, to], weight: 0.3}}\n"
                                  "    tests: {match: ['to {{a@b.com}}'], pass: ['a@b.com']}\n"
                                  "  - id: small.digits\n"
                                  "    entity: PHONE\n"
                                  "    description: Digits of any number\n"
                                  "    pattern: '[0-9]{2}[ -][0-9]{2,4}'\n"
                                  "    confidence: 0.6\n"
                                  "    tests: {match: ['{{12-345}}'], pass: ['x']}\n"
                                  "  - id: small.chain\n"
                                  "    entity: PHONE\n"
                                  "    description: In a run of Q each match depends on the one before\n"
                                  "    pattern: 'Q{3}'\n"
                                  "    confidence: 0.6\n"
                                  "    tests: {match: ['{{QQQ}}'], pass: ['x']}\n"
                                  "  - id: small.waiting\n"
                                  "    entity: PHONE\n"
                                  "    description: The same, found behind where it begins\n"
                                  "    pattern: 'W{4}(?<pii>W{2})'\n"
                                  "    confidence: 0.6\n"
                                  "    tests: {match: ['WWWW{{WW}}'], pass: ['x']}\n";

static bool small_ruleset(pii_ruleset **ret)
{
    pii_compiler *compiler;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        return false;
    bool good = pii_compiler_add(compiler, "small.yaml", small_rules, strlen(small_rules)) == PII_OK &&
                pii_compiler_finish(compiler, ret) == PII_OK;
    pii_compiler_free(compiler);
    return good;
}

/* Matches of several rules that meet, behind a flood, cut everywhere. */
static void check_meeting(struct checker *checker, const char *line, size_t flood)
{
    random_source random = {1};
    test_bytes text = {0};
    append_flood(flood, &text);
    bytes_append_text(&text, line);
    tally_case(cut_everywhere(checker, &text, &random), "%zu bytes and \"%s\" cut everywhere", flood, line);
    bytes_free(&text);
}

static void check_small_rules(struct checker *checker, unsigned long random_texts)
{
    pii_ruleset *small = NULL;
    checker_close(checker);
    pii_policy *policy = checker->session.policy;
    checker->session.policy = NULL; /* its entities are those of the embedded rules */
    bool good = small_ruleset(&small) && checker_open(checker, small);
    tally_case(good, "small rules");
    random_source random = {13};
    for (unsigned long seed = 1; good && seed <= random_texts; seed++)
        check_random_text(checker, seed, random_size(&random, seed), "small");
    check_flood(checker, "to kid@", "abc");
    check_flood(checker, "12-34", "\xe2\x80\x8b");
    check_flood(checker, "a b ", "12 34-");
    check_flood(checker, "Q", "Q");
    for (size_t flood = 0; flood <= 3000; flood += 1500)
        check_meeting(checker, "a b@c.de 12-3456 to kid@aWWWWWWWWWWWWW12 34-56 78QQQQQQQQ to a@b", flood);
    for (size_t flood = 0; flood <= 3000; flood += 1500)
        check_meeting(checker, "call a@bc12-34QQQ12-3456 c x 12-34567 c x 123-4567 to b x 12345-67", flood);
    check_flood(checker, "W", "W");
    checker->session.policy = policy;
    pii_ruleset_free(small);
}

/* ---- what is refused ---- */

static void check_refusals(struct checker *checker)
{
    struct slot *slot = &checker->slots[0];
    test_bytes text = {0};
    while (text.size < 3 * pii_region_margin(checker->ruleset))
        bytes_append_text(&text, "and so on ");
    size_t middle = text.size / 2, margin = pii_region_margin(checker->ruleset);
    pii_region good = region_of(checker, &text, middle, middle + 10, true);
    pii_region regions[4] = {good, good, good, good};
    regions[0].from = good.base + margin - 1;
    regions[1].until = good.base + good.size - margin + 1;
    regions[2].until = good.from - 1;
    regions[3].until = good.base + good.size + 1;
    slot->region = good;
    (void)guess(slot);
    tally_case(slot->status == PII_OK && pii_seam_equal(slot->exit, slot->exit), "a region with margins");
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        slot->region = regions[i];
        (void)guess(slot);
        tally_case(slot->status == PII_ERROR_ARGUMENT && slot->result.finding_count == 0, "bad region %zu", i);
    }
    pii_seam *unknown = NULL;
    bool made = pii_seam_new(NULL, &unknown) == PII_OK;
    pii_status entered =
        pii_region_scan(slot->scrubber, PII_FORMAT_TEXT, &good, unknown, slot->exit, &slot->result);
    tally_case(made && entered == PII_ERROR_ARGUMENT, "a region entered by a seam that is not known");
    tally_case(!pii_seam_equal(unknown, unknown) && !pii_seam_equal(unknown, NULL), "not known is equal to none");
    pii_seam_free(unknown);
    bytes_free(&text);
}

int main(int count, char **arguments)
{
    unsigned long random_texts = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    size_t step = count > 2 && strcmp(arguments[2], "sample") == 0 ? 150 : 1;
    static struct checker checker;
    random_source random = {11};
    if (!session_open(&checker.session) || (count > 3 && !session_set_actions(&checker.session, false)) ||
        !checker_open(&checker, checker.session.ruleset))
        return 1;
    check_refusals(&checker);
    check_guesses(&checker);
    for (size_t i = 0; i < checker.session.vector_count; i += step)
        check_vector(&checker, &checker.session.vectors[i], &random);
    for (unsigned long seed = 1; seed <= random_texts; seed++)
        check_random_text(&checker, seed, random_size(&random, seed), "embedded");
    check_flood(&checker, "call 415-555-26", "71");
    check_flood(&checker, "to kid@mail.com", "x");
    check_flood(&checker, "kid@", "\xe2\x80\x8b");
    check_flood(&checker, "nothing ", "\xff");
    check_flood(&checker, "\xe4\xbd\xa0", "\xe5\xa5\xbd");
    check_small_rules(&checker, random_texts);
    checker_close(&checker);
    answer_free(&checker.expected);
    bytes_free(&checker.output);
    findings_free(&checker.findings);
    session_close(&checker.session);
    return tally_end();
}
