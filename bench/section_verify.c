/* Before any time is taken: does every engine find the same spans? The reference is PCRE2, rule by rule, on
 * the bytes as they are. piiglet matches a view of the text (Unicode folded, invisible characters left out), so
 * where a span holds or touches such bytes a difference is meant; it is counted on its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

#define NEAR 8 /* bytes around a span in which folding can make a difference */

static bool plain_byte(unsigned char byte)
{
    return (byte >= 0x20 && byte < 0x7F) || (byte >= '\t' && byte <= '\r');
}

/* Whether the view differs from the source in or beside the span. */
static bool is_folded(const bench_corpus *corpus, const bench_span *span)
{
    size_t begin = span->begin > NEAR ? (size_t)span->begin - NEAR : 0;
    size_t end = span->end + NEAR < corpus->size ? (size_t)span->end + NEAR : corpus->size;
    for (size_t i = begin; i < end; i++)
        if (!plain_byte((unsigned char)corpus->data[i]))
            return true;
    return false;
}

/* Both lists are sorted. */
static void compare_lists(const bench_corpus *corpus, const bench_span_list *wanted, const bench_span_list *got,
                          bench_agreement *ret)
{
    size_t i = 0;
    size_t j = 0;
    while (i < wanted->count || j < got->count) {
        const bench_span *left = i < wanted->count ? &wanted->spans[i] : NULL;
        const bench_span *right = j < got->count ? &got->spans[j] : NULL;
        if (left != NULL && right != NULL && left->begin == right->begin && left->end == right->end) {
            ret->equal++;
            i++;
            j++;
        } else if (right == NULL || (left != NULL && left->begin <= right->begin)) {
            ret->only_reference++;
            ret->folded += is_folded(corpus, left);
            i++;
        } else {
            ret->only_contestant++;
            ret->folded += is_folded(corpus, right);
            j++;
        }
    }
}

static void verify_one(bench_session *session, const bench_corpus *corpus, const bench_entry *entry,
                       const bench_spans *reference)
{
    bench_spans *spans = bench_spans_new(session->rules.count);
    uint64_t count;
    if (!entry->contestant->run(entry->state, corpus->data, corpus->size, spans, &count))
        bench_fail("%s refused the corpus %s", entry->contestant->name, corpus->name);
    bench_spans_sort(spans);
    size_t missing = 0;
    size_t added = 0;
    size_t folded = 0;
    for (size_t rule = 0; rule < session->rules.count; rule++) {
        bench_agreement agreement = {
            .corpus = corpus->name,
            .contestant = entry->contestant->name,
            .rule = session->rules.list[rule].id,
            .reference_count = reference->rules[rule].count,
            .hash = bench_spans_hash(&spans->rules[rule]),
        };
        compare_lists(corpus, &reference->rules[rule], &spans->rules[rule], &agreement);
        bench_results_agreement(session->results, &agreement);
        missing += agreement.only_reference;
        added += agreement.only_contestant;
        folded += agreement.folded;
        if (agreement.only_reference + agreement.only_contestant > agreement.folded)
            printf("    %s %s: %zu equal, %zu missing, %zu added, %zu of them beside folded bytes\n",
                   agreement.contestant, agreement.rule, agreement.equal, agreement.only_reference,
                   agreement.only_contestant, agreement.folded);
    }
    printf("  %-26s %9zu spans, %zu missing, %zu added, of these %zu beside folded bytes: %s\n",
           entry->contestant->name, bench_spans_total(spans), missing, added, folded,
           missing + added == folded ? "equal" : "DIFFERENT");
    fflush(stdout);
    if (missing + added != folded && strstr(entry->contestant->name, "piiglet") != NULL)
        session->different = true;
    bench_spans_free(spans);
}

static void verify_corpus(bench_session *session, const bench_corpus *corpus, const bench_entry *judge)
{
    bench_spans *reference = bench_spans_new(session->rules.count);
    uint64_t count;
    if (!judge->contestant->run(judge->state, corpus->data, corpus->size, reference, &count))
        bench_fail("the reference refused the corpus %s", corpus->name);
    bench_spans_sort(reference);
    printf("\nverify: %s, %zu bytes, %zu spans in the reference\n", corpus->name, corpus->size,
           bench_spans_total(reference));
    for (size_t i = 0; i < session->entry_count; i++)
        if (session->entries[i].contestant->has_spans && &session->entries[i] != judge)
            verify_one(session, corpus, &session->entries[i], reference);
    bench_spans_free(reference);
}

void bench_section_verify(bench_session *session)
{
    const bench_entry *judge = bench_session_find(session, BENCH_REFERENCE);
    if (judge == NULL)
        bench_fail("without " BENCH_REFERENCE " nothing can be verified");
    size_t size = session->options.quick ? BENCH_MIB : session->options.size;
    for (size_t i = 0; i < bench_corpus_count; i++) {
        bench_corpus corpus;
        if (!bench_wanted(&session->options.corpora, bench_corpora[i].name))
            continue;
        if (!bench_corpus_load(&session->options, bench_corpora[i].name, size, &corpus))
            continue;
        verify_corpus(session, &corpus, judge);
        bench_corpus_free(&corpus);
    }
}
