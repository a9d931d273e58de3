/* allocation - every allocation of the library fails once, alone and together with all after it.
 *
 * Whatever fails: the call says PII_ERROR_MEMORY (or answers rightly, where it could do without),
 * its outputs are untouched, no unscrubbed byte came out, nothing leaks, the object works again
 * afterwards, and no block is given back while it holds a word of the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samples.h"
#include "tally.h"

/* ---- an allocator that fails on demand ---- */

struct heap {
    size_t calls;
    size_t fail_at; /* counted from 1; 0: never */
    bool ever_after;
    size_t injected;
    size_t live;
    bool tainted; /* a block came back that held the canary */
    const struct sample *sample; /* for what is tried */
};

union header {
    size_t size;
    max_align_t align;
};

static void *heap_allocate(void *context, size_t size)
{
    struct heap *heap = context;
    heap->calls++;
    if (heap->fail_at != 0 && (heap->ever_after ? heap->calls >= heap->fail_at : heap->calls == heap->fail_at)) {
        heap->injected++;
        return NULL;
    }
    union header *header = calloc(1, sizeof *header + size); /* nothing of what malloc had there before */
    if (header == NULL)
        return NULL;
    header->size = size;
    heap->live++;
    return header + 1;
}

static void heap_release(void *context, void *block)
{
    struct heap *heap = context;
    union header *header = (union header *)block - 1;
    const char *bytes = block;
    for (size_t i = 0; i + strlen(CANARY) <= header->size; i++)
        if (memcmp(bytes + i, CANARY, strlen(CANARY)) == 0)
            heap->tainted = true;
    heap->live--;
    free(header);
}

static pii_allocator allocator_of(struct heap *heap)
{
    return (pii_allocator){heap_allocate, heap_release, heap};
}

static void arm(struct heap *heap, size_t fail_at, bool ever_after)
{
    heap->calls = 0;
    heap->injected = 0;
    heap->fail_at = fail_at;
    heap->ever_after = ever_after;
}

/* ---- what is tried ---- */

static bool load(const pii_allocator *allocator, pii_ruleset **ret)
{
    pii_compiler *compiler = NULL;
    bool good = pii_compiler_new(allocator, &compiler) == PII_OK &&
                pii_compiler_add(compiler, "sample.yaml", rules, strlen(rules)) == PII_OK &&
                pii_compiler_finish(compiler, ret) == PII_OK;
    pii_compiler_free(compiler);
    return good;
}

static bool answers(pii_status status, const pii_ruleset *ruleset)
{
    return status == PII_OK ? ruleset != NULL : status == PII_ERROR_MEMORY && ruleset == NULL;
}

/* Compiling: the first call that fails says so and leaves its output alone. */
static bool try_compile(struct heap *heap)
{
    pii_allocator allocator = allocator_of(heap);
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_new(&allocator, &compiler);
    if (status == PII_OK)
        status = pii_compiler_add(compiler, "sample.yaml", rules, strlen(rules));
    if (status == PII_OK)
        status = pii_compiler_finish(compiler, &ruleset);
    bool good = answers(status, ruleset);
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
    return good;
}

static bool scrubs(pii_scrubber *scrubber, const struct sample *sample)
{
    pii_result result;
    return pii_scrub(scrubber, sample->format, sample->text, strlen(sample->text), &result) == PII_OK &&
           result.size == strlen(sample->scrubbed) && memcmp(result.data, sample->scrubbed, result.size) == 0 &&
           result.finding_count == sample->findings;
}

static bool try_scrub(struct heap *heap)
{
    size_t fail_at = heap->fail_at;
    bool ever_after = heap->ever_after;
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_scrubber *scrubber = NULL;
    arm(heap, 0, false);
    bool good = load(&allocator, &ruleset);
    arm(heap, fail_at, ever_after);

    pii_status status = pii_scrubber_new(ruleset, NULL, &allocator, &scrubber);
    good = good && (status == PII_OK) == (scrubber != NULL);
    if (status == PII_OK) {
        pii_result result;
        status = pii_scrub(scrubber, heap->sample->format, heap->sample->text, strlen(heap->sample->text), &result);
        if (status != PII_OK)
            good = good && result.data == NULL && result.size == 0;
        size_t injected = heap->injected;
        arm(heap, 0, false);
        good = good && scrubs(scrubber, heap->sample);
        heap->injected = injected;
    }
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    return good;
}

/* The whole text through a stream, in pieces of 11 bytes. */
static pii_status write_all(pii_stream *stream, const struct sample *sample, test_bytes *output)
{
    pii_status status = PII_OK;
    for (size_t at = 0; status == PII_OK && at < strlen(sample->text); at += 11) {
        size_t rest = strlen(sample->text) - at;
        status = pii_stream_write(stream, sample->text + at, rest < 11 ? rest : 11, bytes_sink, output);
    }
    return status == PII_OK ? pii_stream_finish(stream, bytes_sink, output) : status;
}

static bool is_beginning(const test_bytes *output, const struct sample *sample, bool all)
{
    size_t size = strlen(sample->scrubbed);
    return output->size >= (all ? size : 0) && output->size <= size &&
           memcmp(output->data, sample->scrubbed, output->size) == 0;
}

static bool try_stream(struct heap *heap)
{
    size_t fail_at = heap->fail_at;
    bool ever_after = heap->ever_after;
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_stream *stream = NULL;
    test_bytes output = {0};
    bytes_append_text(&output, "");
    arm(heap, 0, false);
    bool good = load(&allocator, &ruleset);
    arm(heap, fail_at, ever_after);

    pii_status status = pii_stream_new(ruleset, NULL, heap->sample->format, &allocator, &stream);
    good = good && (status == PII_OK) == (stream != NULL);
    if (stream != NULL) {
        status = write_all(stream, heap->sample, &output);
        good = good && is_beginning(&output, heap->sample, status == PII_OK);
        size_t injected = heap->injected;
        arm(heap, 0, false);
        if (status != PII_OK)
            good = good && pii_stream_write(stream, "x", 1, bytes_sink, &output) == PII_ERROR_STATE;
        pii_stream_reset(stream);
        output.size = 0;
        good = good && write_all(stream, heap->sample, &output) == PII_OK &&
               is_beginning(&output, heap->sample, true);
        heap->injected = injected;
    }
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    pii_stream_free(stream);
    pii_ruleset_free(ruleset);
    bytes_free(&output);
    return good;
}

/* The text in two regions; the border lies in the first address. */
static pii_status scan_regions(pii_scrubber *scrubber, pii_seam *seams[2], test_bytes *output)
{
    size_t size = strlen(text), border = strlen("mail " CANARY "@" CANARY);
    pii_region first = {.data = text, .size = size, .ends = true, .until = border};
    pii_region second = {.data = text, .size = size, .ends = true, .from = border, .until = size};
    pii_result result;
    pii_status status = pii_region_guess(scrubber, PII_FORMAT_TEXT, &first, seams[0], seams[1], &result);
    if (status == PII_OK)
        status = pii_region_write(scrubber, &first, bytes_sink, output);
    if (status == PII_OK)
        status = pii_region_scan(scrubber, PII_FORMAT_TEXT, &second, seams[1], seams[0], &result);
    return status == PII_OK ? pii_region_write(scrubber, &second, bytes_sink, output) : status;
}

static bool try_regions(struct heap *heap)
{
    size_t fail_at = heap->fail_at;
    bool ever_after = heap->ever_after;
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_scrubber *scrubber = NULL;
    pii_seam *seams[2] = {NULL, NULL};
    test_bytes output = {0};
    bytes_append_text(&output, "");
    arm(heap, 0, false);
    bool good = load(&allocator, &ruleset) && pii_scrubber_new(ruleset, NULL, &allocator, &scrubber) == PII_OK;
    arm(heap, fail_at, ever_after);

    pii_status status = pii_seam_new(&allocator, &seams[0]);
    if (status == PII_OK)
        status = pii_seam_new(&allocator, &seams[1]);
    if (status == PII_OK) {
        status = scan_regions(scrubber, seams, &output);
        good = good && is_beginning(&output, &plain, status == PII_OK);
        size_t injected = heap->injected;
        arm(heap, 0, false);
        output.size = 0;
        good = good && scan_regions(scrubber, seams, &output) == PII_OK &&
               is_beginning(&output, &plain, true);
        heap->injected = injected;
    }
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    pii_seam_free(seams[0]);
    pii_seam_free(seams[1]);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    bytes_free(&output);
    return good;
}

static pii_status make_known(const pii_allocator *allocator, pii_known **ret)
{
    pii_known_builder *builder = NULL;
    pii_status status = pii_known_builder_new(allocator, &builder);
    for (size_t i = 0; i < 8 && status == PII_OK; i++) {
        char value[] = "Abigail " CANARY "-A\xc3\xbc";
        value[sizeof value - 4] = (char)('A' + (int)i);
        status = pii_known_builder_add(builder, "PERSON", value, strlen(value), 0);
    }
    if (status == PII_OK)
        status = pii_known_builder_add(builder, "URL", CANARY "/home", strlen(CANARY "/home"), 0);
    if (status == PII_OK)
        status = pii_known_builder_finish(builder, ret);
    pii_known_builder_free(builder);
    return status;
}

/* Known values: made, and looked for; what was made before a failure still works. */
static bool try_known(struct heap *heap)
{
    static const char known_text[] = "abby " CANARY " A\xc3\xbc, " CANARY "/home; Abigail of " CANARY;
    static const struct sample sample = {
        PII_FORMAT_TEXT, known_text, "[PERSON], [URL]; Abigail of " CANARY, 2};
    size_t fail_at = heap->fail_at;
    bool ever_after = heap->ever_after;
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_scrubber *scrubber = NULL;
    pii_known *known = NULL;
    arm(heap, 0, false);
    bool good = load(&allocator, &ruleset) && pii_scrubber_new(ruleset, NULL, &allocator, &scrubber) == PII_OK;
    arm(heap, fail_at, ever_after);

    pii_status status = make_known(&allocator, &known);
    good = good && (status == PII_OK) == (known != NULL);
    if (status == PII_OK) {
        pii_result result;
        good = good && pii_scrubber_set_known(scrubber, known) == PII_OK;
        status = pii_scrub(scrubber, sample.format, sample.text, strlen(sample.text), &result);
        good = good && (status == PII_OK || (!result.data && !result.size));
    }
    size_t injected = heap->injected;
    arm(heap, 0, false);
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    good = good && (known || make_known(&allocator, &known) == PII_OK);
    good = good && pii_scrubber_set_known(scrubber, known) == PII_OK && scrubs(scrubber, &sample);
    heap->injected = injected;
    pii_known_free(known);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    return good;
}

/* The embedded rules as they were compiled beforehand. */
static bool try_default(struct heap *heap)
{
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_ruleset_default(&allocator, &ruleset);
    bool good = answers(status, ruleset);
    pii_ruleset_free(ruleset);
    return good;
}

static pii_status compile_files(pii_compiler *compiler)
{
    const char *name, *yaml;
    size_t size, count = pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL);
    pii_status status = PII_OK;
    for (size_t i = 0; i < count && status == PII_OK; i++) {
        (void)pii_default_rule_file(i, &name, &yaml, &size);
        status = pii_compiler_add(compiler, name, yaml, size);
    }
    return status;
}

/* Their files have too many allocations to fail each: every 97th does. */
static bool try_files(struct heap *heap)
{
    pii_allocator allocator = allocator_of(heap);
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_new(&allocator, &compiler);
    if (status == PII_OK)
        status = compile_files(compiler);
    if (status == PII_OK)
        status = pii_compiler_finish(compiler, &ruleset);
    bool good = answers(status, ruleset);
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
    return good;
}

/* The ready rules before rules of the user. */
static bool try_both(struct heap *heap)
{
    pii_allocator allocator = allocator_of(heap);
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_new(&allocator, &compiler);
    if (status == PII_OK)
        status = pii_compiler_add_default(compiler);
    if (status == PII_OK)
        status = pii_compiler_add(compiler, "sample.yaml", rules, strlen(rules));
    if (status == PII_OK)
        status = pii_compiler_finish(compiler, &ruleset);
    bool good = answers(status, ruleset);
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
    return good;
}

static const char policy_file[] = "piiglet: 1\n"
                                  "policy: sample\n"
                                  "description: a policy of a test\n"
                                  "action: number\n"
                                  "entities:\n"
                                  "  EMAIL: {action: pseudonym, min_confidence: 0.4}\n"
                                  "  URL: {action: text, text: gone, min_confidence: 0.4}\n"
                                  "places:\n"
                                  "  - {path: /part/*, entity: PHONE, action: {action: mask, first: 1}}\n"
                                  "allow:\n"
                                  "  - {entity: PHONE, values: [555-0123], path: /n}\n"
                                  "  - {entity: EMAIL, domains: [example.net], patterns: ['z[0-9]{1,9}@b\\.org']}\n"
                                  "allow_hashes: [\"00000000000000000000000000000000"
                                  "00000000000000000000000000000000\"]\n";

static pii_status load_policy(const pii_allocator *allocator, pii_policy **ret)
{
    pii_status status = pii_policy_load(allocator, policy_file, strlen(policy_file), ret, NULL);
    if (status == PII_OK)
        status = pii_policy_set_subject(*ret, CANARY, strlen(CANARY));
    if (status == PII_OK)
        status = pii_policy_allow_value(*ret, NULL, "EMAIL", "x" CANARY "@b.org", strlen("x" CANARY "@b.org"));
    return status == PII_OK ? pii_policy_add_key(*ret, "k1", CANARY CANARY CANARY CANARY, 32) : status;
}

/* A policy file, and what becomes of a document by it. */
static bool try_policy(struct heap *heap)
{
    size_t fail_at = heap->fail_at;
    bool ever_after = heap->ever_after;
    pii_allocator allocator = allocator_of(heap);
    pii_ruleset *ruleset = NULL;
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    arm(heap, 0, false);
    bool good = load(&allocator, &ruleset);
    arm(heap, fail_at, ever_after);
    pii_status status = load_policy(&allocator, &policy);
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    if (status == PII_OK)
        status = pii_scrubber_new(ruleset, policy, &allocator, &scrubber);
    pii_policy_free(policy);
    if (status == PII_OK) {
        pii_result result;
        status = pii_scrub(scrubber, heap->sample->format, heap->sample->text, strlen(heap->sample->text), &result);
        good = good && (status == PII_OK ? result.finding_count == heap->sample->findings &&
                                               !memmem(result.data, result.size, "@", 1)
                                         : !result.data && !result.size);
    }
    good = good && (status == PII_OK || status == PII_ERROR_MEMORY);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    return good;
}

/* Fails each `step`th allocation of `work`, until it runs through without meeting a failure. */
static void fail_each(const char *name, const struct sample *sample, bool (*work)(struct heap *), size_t step)
{
    for (int ever_after = 0; ever_after <= 1; ever_after++) {
        size_t at = 1;
        struct heap heap = {.injected = 1};
        while (heap.injected > 0) {
            heap = (struct heap){.fail_at = at, .ever_after = ever_after, .sample = sample};
            bool good = work(&heap) && heap.live == 0 && !heap.tainted;
            tally_case(good, "%s: allocation %zu%s%s%s", name, at, ever_after ? " and all after it" : "",
                       heap.live > 0 ? ", leak" : "", heap.tainted ? ", not wiped" : "");
            at += step;
        }
        tally_case(at > 3 * step, "%s: only %zu allocations were met", name, at);
    }
}

/* A file that is refused as a whole, before anything of it is read: the remark takes memory. */
static bool try_large_policy(struct heap *heap)
{
    static const char zeros[(4 << 20) + 1];
    pii_allocator allocator = allocator_of(heap);
    pii_policy *policy = NULL;
    pii_policy_error error = {0};
    pii_status status = pii_policy_load(&allocator, zeros, sizeof zeros, &policy, &error);
    return !policy && (status == PII_ERROR_MEMORY || (status == PII_ERROR_RULE && *error.message));
}

/* With an argument, only every so many allocations fail: for slow tools. */
int main(int argc, char **argv)
{
    size_t stride = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
    fail_each("compile", NULL, try_compile, stride);
    fail_each("scrub", &plain, try_scrub, stride);
    fail_each("stream", &plain, try_stream, stride);
    fail_each("scrub JSON", &json, try_scrub, stride);
    fail_each("stream JSON", &json, try_stream, stride);
    fail_each("scrub XML", &xml, try_scrub, stride);
    fail_each("stream XML", &xml, try_stream, stride);
    fail_each("scrub HTML", &html, try_scrub, stride);
    fail_each("stream HTML", &html, try_stream, stride);
    fail_each("scrub project", &project, try_scrub, stride);
    fail_each("stream project", &project, try_stream, stride);
    fail_each("scrub blocks", &blocks, try_scrub, stride);
    fail_each("stream blocks", &blocks, try_stream, stride);
    fail_each("scrub CSV", &csv, try_scrub, stride);
    fail_each("stream CSV", &csv, try_stream, stride);
    fail_each("scrub Python", &python, try_scrub, stride);
    fail_each("stream Python", &python, try_stream, stride);
    fail_each("scrub JavaScript", &javascript, try_scrub, stride);
    fail_each("stream JavaScript", &javascript, try_stream, stride);
    fail_each("scrub log", &log_line, try_scrub, stride);
    fail_each("stream log", &log_line, try_stream, stride);
    fail_each("regions", NULL, try_regions, stride);
    fail_each("policy", &plain, try_policy, stride);
    fail_each("policy in JSON", &json, try_policy, stride);
    fail_each("policy that is too large", NULL, try_large_policy, 1); /* it has few */
    fail_each("known values", NULL, try_known, stride);
    fail_each("default rules", NULL, try_default, stride);
    fail_each("default rule files", NULL, try_files, 97 * stride);
    fail_each("default rules and more", NULL, try_both, 29 * stride);
    return tally_end();
}
