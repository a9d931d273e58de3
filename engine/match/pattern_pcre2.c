/* pattern_pcre2.c - pattern.h on PCRE2. Facts about PCRE2 that shape this file
 * (10.42): the match limit restarts at each start offset, JIT and interpreter
 * differ in which limits they know, and where executable memory is refused
 * pcre2_jit_compile fails while pcre2_match goes on in the interpreter. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <string.h>

#include "limits.h"
#include "memory.h"

/* A pattern has two forms, each compiled at its first use. For many starts PCRE2
 * looks for a first byte, and for a byte that every match must hold - up to
 * thousands of bytes ahead, which is wasted where a gate has left some starts
 * only. Machine code of both forms also takes twice the room in the caches. */
typedef enum form {
    form_many_starts,
    form_few_starts,
    form_count
} form;

enum {
    few_starts = 32,
    /* Pairs of offsets a match reports; the group "pii" must be among them. */
    ovector_pairs = 64,
    compile_options = PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF |
                      PCRE2_NEVER_UCP
};

/* What the first use makes of a pattern. */
typedef struct compiled {
    pcre2_code *code;
    bool jit;
    uint32_t span_group; /* 0: the whole match */
} compiled;

struct pii__pattern {
    pii_allocator allocator;
    char *source;
    size_t size;
    _Atomic(compiled *) forms[form_count]; /* NULL until the first use */
};

struct pii__matcher {
    pii_allocator allocator;
    pcre2_general_context *general;
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *jit_stack; /* NULL where JIT cannot work */
};

static void *pcre2_allocate(PCRE2_SIZE size, void *allocator)
{
    return pii__allocate(allocator, size);
}

static void pcre2_release(void *block, void *allocator)
{
    pii__release(allocator, block);
}

/* The context keeps the pointer to `allocator`, which must outlive it. */
static pcre2_general_context *general_context(const pii_allocator *allocator)
{
    return pcre2_general_context_create(pcre2_allocate, pcre2_release, (void *)(uintptr_t)allocator);
}

static uint32_t find_span_group(const pcre2_code *code)
{
    int number = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "pii");
    return number > 0 && number < ovector_pairs ? (uint32_t)number : 0;
}

/* Offset limits let one call try only a window of start offsets. */
static pii_status compile_code(const pii_allocator *allocator, const char *source, size_t size, form wanted,
                               pcre2_code **ret, int *ret_error, size_t *ret_offset)
{
    uint32_t options = compile_options | PCRE2_USE_OFFSET_LIMIT;
    if (wanted == form_few_starts)
        options |= PCRE2_NO_START_OPTIMIZE;
    pii_status status = PII_ERROR_MEMORY;
    pcre2_general_context *general = general_context(allocator);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    if (context) {
        pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
        *ret = pcre2_compile((PCRE2_SPTR)source, size, options, ret_error, ret_offset, context);
        if (*ret)
            status = PII_OK;
        else if (*ret_error != PCRE2_ERROR_HEAP_FAILED)
            status = PII_ERROR_RULE;
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    return status;
}

static void free_compiled(const pii_allocator *allocator, compiled *made)
{
    if (!made)
        return;
    pcre2_code_free(made->code);
    pii__release(allocator, made);
}

static pii_status make_compiled(const pii__pattern *pattern, form wanted, compiled **ret)
{
    int error;
    size_t offset;
    compiled *made = pii__allocate(&pattern->allocator, sizeof *made);
    if (!made)
        return PII_ERROR_MEMORY;
    pii_status status =
        compile_code(&pattern->allocator, pattern->source, pattern->size, wanted, &made->code, &error, &offset);
    if (status != PII_OK) {
        pii__release(&pattern->allocator, made);
        return status == PII_ERROR_RULE ? PII_ERROR_ENGINE : status;
    }
    made->jit = pcre2_jit_compile(made->code, PCRE2_JIT_COMPLETE) == 0;
    made->span_group = find_span_group(made->code);
    *ret = made;
    return PII_OK;
}

/* Compiles once for all threads; the loser of a race drops its result. */
static pii_status get_compiled(const pii__pattern *pattern, form wanted, const compiled **ret)
{
    _Atomic(compiled *) *slot = &((pii__pattern *)(uintptr_t)pattern)->forms[wanted];
    compiled *seen = atomic_load_explicit(slot, memory_order_acquire);
    if (!seen) {
        compiled *mine;
        pii_status status = make_compiled(pattern, wanted, &mine);
        if (status != PII_OK)
            return status;
        if (atomic_compare_exchange_strong(slot, &seen, mine))
            seen = mine;
        else
            free_compiled(&pattern->allocator, mine);
    }
    *ret = seen;
    return PII_OK;
}

pii_status pii__pattern_new(const pii_allocator *allocator, const char *source, pii__pattern **ret)
{
    pii__pattern *pattern = pii__allocate(allocator, sizeof *pattern);
    if (!pattern)
        return PII_ERROR_MEMORY;
    pattern->allocator = *allocator;
    pattern->size = strlen(source);
    pattern->source = pii__copy_string(allocator, source, pattern->size);
    if (!pattern->source) {
        pii__release(allocator, pattern);
        return PII_ERROR_MEMORY;
    }
    *ret = pattern;
    return PII_OK;
}

void pii__pattern_free(pii__pattern *pattern)
{
    if (!pattern)
        return;
    pii_allocator allocator = pattern->allocator;
    for (int i = 0; i < form_count; i++)
        free_compiled(&allocator, atomic_load(&pattern->forms[i]));
    pii__release(&allocator, pattern->source);
    pii__release(&allocator, pattern);
}

pii_status pii__pattern_check(const pii_allocator *allocator, const char *source, pii__pattern_error *ret_error)
{
    pcre2_code *code;
    int error;
    size_t offset;
    pii_status status = compile_code(allocator, source, strlen(source), form_many_starts, &code, &error, &offset);
    if (status == PII_OK) {
        pcre2_code_free(code);
    } else if (status == PII_ERROR_RULE) {
        ret_error->offset = offset;
        if (pcre2_get_error_message(error, (PCRE2_UCHAR *)ret_error->message, sizeof ret_error->message) < 0)
            memcpy(ret_error->message, "not a valid pattern", sizeof "not a valid pattern");
    }
    return status;
}

pii_status pii__matcher_new(const pii_allocator *allocator, pii__matcher **ret)
{
    pii__matcher *matcher = pii__allocate(allocator, sizeof *matcher);
    if (!matcher)
        return PII_ERROR_MEMORY;
    matcher->allocator = *allocator;
    matcher->general = general_context(&matcher->allocator);
    matcher->context = matcher->general ? pcre2_match_context_create(matcher->general) : NULL;
    matcher->data = matcher->general ? pcre2_match_data_create(ovector_pairs, matcher->general) : NULL;
    if (!matcher->context || !matcher->data) {
        pii__matcher_free(matcher);
        return PII_ERROR_MEMORY;
    }
    pcre2_set_match_limit(matcher->context, PII__MATCH_LIMIT);
    pcre2_set_heap_limit(matcher->context, PII__HEAP_LIMIT_KIB);
    pcre2_set_depth_limit(matcher->context, PII__DEPTH_LIMIT);
    matcher->jit_stack = pcre2_jit_stack_create(PII__JIT_STACK_FIRST, PII__JIT_STACK_MAX, matcher->general);
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->jit_stack);
    *ret = matcher;
    return PII_OK;
}

void pii__matcher_free(pii__matcher *matcher)
{
    if (!matcher)
        return;
    pii_allocator allocator = matcher->allocator;
    pcre2_jit_stack_free(matcher->jit_stack);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_general_context_free(matcher->general);
    pii__release(&allocator, matcher);
}

static pii_status status_of(int code)
{
    switch (code) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT: return PII_ERROR_LIMIT;
    case PCRE2_ERROR_NOMEMORY: return PII_ERROR_MEMORY;
    default: return PII_ERROR_ENGINE;
    }
}

/* One PCRE2 call: starts in [from, last]. */
static int match_once(const compiled *code, pii__matcher *matcher, const pii__subject *subject, size_t from,
                      size_t last)
{
    uint32_t options = (subject->at_start ? 0 : PCRE2_NOTBOL) | (subject->at_end ? 0 : PCRE2_NOTEOL);
    PCRE2_SPTR text = subject->text;
    pcre2_set_offset_limit(matcher->context, last);
    int result = PCRE2_ERROR_JIT_STACKLIMIT;
    if (code->jit)
        result = pcre2_jit_match(code->code, text, subject->size, from, options, matcher->data, matcher->context);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(code->code, text, subject->size, from, options | PCRE2_NO_JIT, matcher->data,
                             matcher->context);
    return result;
}

static pii__match read_match(const compiled *code, const pii__matcher *matcher)
{
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(matcher->data);
    pii__match match = {pairs[0], pairs[1], pairs[0], pairs[1]};
    size_t group = code->span_group;
    if (group && pairs[2 * group] != PCRE2_UNSET) {
        match.span_begin = pairs[2 * group];
        match.span_end = pairs[2 * group + 1];
    }
    return match;
}

pii_status pii__pattern_search(const pii__pattern *pattern, pii__matcher *matcher, const pii__subject *subject,
                               size_t from, size_t until, bool *ret_found, pii__match *ret_match)
{
    const compiled *code;
    pii_status status = get_compiled(pattern, until - from <= few_starts ? form_few_starts : form_many_starts, &code);
    if (status != PII_OK)
        return status;
    for (; from < until; from += PII__STARTS_PER_CALL) {
        size_t count = until - from < PII__STARTS_PER_CALL ? until - from : PII__STARTS_PER_CALL;
        int result = match_once(code, matcher, subject, from, from + count - 1);
        if (result >= 0) {
            *ret_match = read_match(code, matcher);
            *ret_found = true;
            return PII_OK;
        }
        if (result != PCRE2_ERROR_NOMATCH)
            return status_of(result);
    }
    *ret_found = false;
    return PII_OK;
}

/* pcre2_config writes its text into a buffer; the version has to be constant
 * without global state, so it is the one this file was compiled against - PCRE2
 * promises that the shared library is not older. */
#define TEXT_OF(x) #x
#define VERSION_TEXT(major, minor, date) TEXT_OF(major) "." TEXT_OF(minor) " " TEXT_OF(date)

const char *pii__pattern_engine_version(void)
{
    return VERSION_TEXT(PCRE2_MAJOR, PCRE2_MINOR, PCRE2_DATE);
}

bool pii__pattern_jit_works(void)
{
    int error;
    size_t offset;
    pcre2_code *code;
    if (compile_code(&pii__default_allocator, "a", 1, form_many_starts, &code, &error, &offset) != PII_OK)
        return false;
    bool works = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
    pcre2_code_free(code);
    return works;
}
