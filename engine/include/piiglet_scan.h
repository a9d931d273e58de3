/* piiglet_scan.h - finding and redacting.
 *
 * Objects and threads
 *   pii_ruleset   immutable, shared by all threads        (piiglet_compile.h)
 *   pii_policy    which entities, and what becomes of them; read-only once used
 *                                                         (piiglet_policy.h)
 *   pii_scrubber  one per thread: all working memory of pii_scrub and friends
 *   pii_stream    one per stream of bytes: the same, for input in pieces
 *
 * Fail closed: a call that does not answer PII_OK has released no byte that was
 * not already final and scrubbed. Findings carry positions, never values. */
#ifndef PIIGLET_SCAN_H
#define PIIGLET_SCAN_H

#include "piiglet_compile.h"
#include "piiglet_policy.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pii_scrubber pii_scrubber;
typedef struct pii_stream pii_stream;

/* ---- Findings --------------------------------------------------------- */

/* One redacted span: half-open [begin, end) in bytes of the source. Findings of
 * one input are in order and disjoint. Strings live as long as the ruleset; path,
 * block and hash as long as the finding. */
typedef struct pii_finding {
    const char *entity;
    const char *rule;
    uint64_t begin;
    uint64_t end;
    double confidence;
    size_t replacement_size; /* bytes that take its place */
    pii_action_kind action;  /* with PII_ACTION_KEEP its bytes are those of the source */
    const char *path; /* of the field: a JSON Pointer; "" in plain text. Names that hold findings do not show */
    const char *block; /* id of the block or node around it, as the kind of project names it, if it stands before the
                          finding; "": none, or longer than 64 bytes, no plain ASCII, or itself a finding */
    const char *allow_hash; /* 64 hexadecimal digits (pii_policy_report_hashes), else "" */
} pii_finding;

typedef enum pii_outcome {
    PII_OUTCOME_CLEAN = 0,    /* nothing found, bytes unchanged */
    PII_OUTCOME_REDACTED = 1, /* there are findings; each became what the policy says */
    PII_OUTCOME_BLOCKED = 2,  /* PII_ERROR_BLOCKED; there are findings, and no data */
    PII_OUTCOME_LIMIT = 3,    /* PII_ERROR_LIMIT or PII_ERROR_ENGINE */
    PII_OUTCOME_INVALID = 4   /* PII_ERROR_INVALID */
} pii_outcome;

/* What one call found. `data` is the very input pointer when nothing changed,
 * else memory of the scrubber; it and `findings` are valid until the next call
 * on that scrubber. After an error `data` is NULL and `size` 0; only after
 * PII_ERROR_BLOCKED there are findings, so that one can be shown what to change. */
typedef struct pii_result {
    pii_outcome outcome;
    const char *data;
    size_t size;
    const pii_finding *findings;
    size_t finding_count;
    pii_format format;     /* as which it was read: with PII_FORMAT_AUTO, what was chosen */
    uint64_t error_offset; /* bytes from the start of the input, for errors and faults */
    uint64_t fields_met; /* bit n: in the document was a field of the n-th pii_policy_set_field; bit 63: of one
                            from the 64th on */
    const char *fault; /* how the input first breaks the rules of its format, constant text; NULL: it does
                          not. With PII_ERROR_INVALID, or, by PII_INVALID_TEXT, with PII_OK */
} pii_result;

/* ---- One shot --------------------------------------------------------- */

/* Makes a scrubber; takes a reference to `ruleset` and to `policy` (NULL: the
 * default one), copies `allocator`. PII_ERROR_ARGUMENT if the policy names an
 * entity that the ruleset does not have, or has a text of which the rules find
 * something; PII_ERROR_KEY if an action of it lacks its key. Its memory holds parts
 * of what it has scrubbed until it is freed, and wiped; answers do not depend on them. */
PII_API PII_MUST_CHECK pii_status pii_scrubber_new(pii_ruleset *ruleset, const pii_policy *policy,
                                                   const pii_allocator *allocator, pii_scrubber **ret);
PII_API void pii_scrubber_free(pii_scrubber *scrubber);

/* Scrubs `size` bytes at `data` (NULL only when size is 0), which are not
 * changed and must stay as they are until the call returns. Always fills
 * `*ret`. PII_ERROR_BUSY if the scrubber is in use already; `*ret` is then an
 * empty result. After any error the scrubber can be used again. */
PII_API PII_MUST_CHECK pii_status pii_scrub(pii_scrubber *scrubber, pii_format format, const void *data, size_t size,
                                            pii_result *ret);

/* The same without making the redacted text: `data` stays NULL, `size` 0. */
PII_API PII_MUST_CHECK pii_status pii_scan(pii_scrubber *scrubber, pii_format format, const void *data, size_t size,
                                           pii_result *ret);

/* ---- Explain ---------------------------------------------------------- */

typedef enum pii_decision {
    PII_DECISION_ACCEPTED = 0,      /* became a finding, or part of a longer one */
    PII_DECISION_INVALID = 1,       /* the validator refused it */
    PII_DECISION_LOW_CONFIDENCE = 2 /* below the policy's minimum */
} pii_decision;

/* Words of a rule that speak for or against a candidate. */
typedef struct pii_explained_context {
    double weight;  /* what one of the words adds or takes away; 0: the rule has none */
    uint64_t begin; /* source span of the word; empty when there is none, or it is the name of a column */
    uint64_t end;
} pii_explained_context;

/* One candidate: what matched and what was made of it. Valid only during the
 * callback; strings live as long as the ruleset. */
typedef struct pii_explanation {
    const char *rule;
    const char *entity;
    const char *validator; /* "" when there is none */
    const char *reason;    /* constant text of the validator or the engine */
    pii_decision decision;
    uint64_t begin; /* source span, bytes */
    uint64_t end;
    double rule_confidence; /* of the rule, before its validator */
    double base;            /* what the validator made of it, or the same */
    double boost;           /* added by context words */
    double suppress;        /* taken away by context words */
    double confidence;      /* the sum, cut to 0..1 */
    double minimum;         /* what the policy asks for */
    pii_explained_context boost_context;
    pii_explained_context suppress_context;
    size_t context_before; /* bytes before and after the span that are searched for words */
    size_t context_after;
    const pii_feature *features;
    size_t feature_count;
} pii_explanation;

typedef void (*pii_explain_callback)(void *context, const pii_explanation *explanation);

/* Scans as pii_scan does and calls back for each candidate in the order in
 * which rules met it (not in text order). The callback must not use the
 * scrubber (PII_ERROR_BUSY). */
PII_API PII_MUST_CHECK pii_status pii_explain(pii_scrubber *scrubber, pii_format format, const void *data, size_t size,
                                              pii_explain_callback callback, void *context, pii_result *ret);

/* ---- Streams ---------------------------------------------------------- */

/* Any division of the input into pieces gives the same output, byte for byte.
 * Memory is bounded by the ruleset (pii_ruleset_hold_back) and by the largest
 * piece handed over, not by the length of the stream. */

/* As pii_scrubber_new; a stream has its own working memory. */
PII_API PII_MUST_CHECK pii_status pii_stream_new(pii_ruleset *ruleset, const pii_policy *policy, pii_format format,
                                                 const pii_allocator *allocator, pii_stream **ret);
PII_API void pii_stream_free(pii_stream *stream);

/* Called for each finding, in order, once it is final. Set before the first
 * byte; NULL switches it off. The callback must not use the stream. */
typedef void (*pii_finding_callback)(void *context, const pii_finding *finding);
PII_API void pii_stream_on_finding(pii_stream *stream, pii_finding_callback callback, void *context);

/* A run of output bytes, valid only during the sink call. */
typedef struct pii_piece {
    const void *data;
    size_t size;
} pii_piece;

/* Takes `count` (1 or more) pieces of output, in order; unchanged input comes
 * by reference to the caller's own buffer. Returns 0 to go on; anything else
 * ends the stream with PII_ERROR_SINK. The sink must not use the stream. */
typedef int (*pii_sink)(void *context, const pii_piece *pieces, size_t count);

/* Hands over the next `size` bytes; the sink gets what is final. Every byte of
 * the call is consumed. After an error (other than PII_ERROR_BUSY) the stream
 * answers PII_ERROR_STATE until it is reset; what the sink got is final. */
PII_API PII_MUST_CHECK pii_status pii_stream_write(pii_stream *stream, const void *data, size_t size, pii_sink sink,
                                                   void *context);

/* The input is complete: the sink gets the rest. Only pii_stream_reset and
 * pii_stream_free may follow. */
PII_API PII_MUST_CHECK pii_status pii_stream_finish(pii_stream *stream, pii_sink sink, void *context);

/* Back to the state after pii_stream_new, memory kept. */
PII_API void pii_stream_reset(pii_stream *stream);

/* Bytes of input consumed so far; after an error, where it was noticed. */
PII_API uint64_t pii_stream_offset(const pii_stream *stream);

/* How the input so far breaks the rules of its format, and where; NULL: it does
 * not. As pii_result has it. */
PII_API const char *pii_stream_fault(const pii_stream *stream, uint64_t *ret_offset);

/* As pii_result.fields_met has it, of the input so far. */
PII_API uint64_t pii_stream_fields_met(const pii_stream *stream);

/* The format as which it is read; PII_FORMAT_AUTO until one has been chosen, for which
 * pii_format_detect_size() bytes are waited for, or the end. */
PII_API pii_format pii_stream_format(const pii_stream *stream);

/* The cursor form, for callers that own both buffers. Invariant on both:
 * 0 <= pos <= size; the call moves `pos` and touches nothing else. */
typedef struct pii_in {
    const void *data;
    size_t size;
    size_t pos;
} pii_in;

typedef struct pii_out {
    void *data;
    size_t size;
    size_t pos;
} pii_out;

typedef enum pii_directive {
    PII_CONTINUE = 0, /* more input will come; the stream may gather it */
    PII_FLUSH = 1,    /* write all that is final now */
    PII_END = 2       /* this is the last input; repeat until *ret_pending is 0 */
} pii_directive;

/* Consumes input and writes output until the input is used up or the output is
 * full. Forward progress: each call with room in `out`, or input in `in`,
 * moves at least one cursor or leaves *ret_pending at 0. `*ret_pending` is the
 * number of bytes that wait for room in `out`. Do not mix with the sink form on
 * one stream. Errors as for pii_stream_write. */
PII_API PII_MUST_CHECK pii_status pii_stream_run(pii_stream *stream, pii_out *out, pii_in *in, pii_directive directive,
                                                 size_t *ret_pending);

/* ---- One text on several threads -------------------------------------- */

/* A text that is too long for one thread is cut into regions of some megabytes.
 * Each region is scanned by any thread, in any order, by pii_region_guess: it
 * begins some way before the region, and says in what state it came to the
 * beginning and to the end of it. Then the regions are gone through in order:
 *
 *     if (!pii_seam_equal(last, entry))
 *         pii_region_scan(scrubber, format, &region, last, exit, &result);
 *     ... result.findings, pii_region_write(scrubber, &region, sink, context)
 *     last = exit of this region (NULL before the first one)
 *
 * Where the state at the end of one region is the one that the next was scanned
 * with, its result is that of a single pass, and so is the second scan where it
 * is not. So findings and output are those of one pii_scrub call. Guesses fail
 * only where matches crowd, or reach across, all of the text before a region;
 * each region is scanned twice at most, whatever the text. */

/* A part of a text. Offsets are those of the text. */
typedef struct pii_region {
    const void *data; /* bytes of the text from offset `base` on; NULL only when size is 0 */
    size_t size;
    uint64_t base;  /* 0, or at least pii_region_margin bytes before `from` */
    bool ends;      /* the text ends with `data`; else there are at least as many after `until` */
    uint64_t from;  /* the region: [from, until), within the data; from = `until` of the region before it */
    uint64_t until; /* the last region is the one that ends with the text */
} pii_region;

/* Regions are of bytes: where the first one begins as UTF-16 or UTF-32 does (pii_encoding_name), it is
 * answered by PII_ERROR_INVALID. */

/* Bytes of text, at most, that can matter to a region on either side of it. */
PII_API size_t pii_region_margin(const pii_ruleset *ruleset);

/* The state of a scan between two regions; one thread at a time. It holds
 * places, no text, and a reference to the ruleset they are of. Until a region call
 * has filled it, and after one that failed or found no place to begin, it is not
 * known: equal to none. */
typedef struct pii_seam pii_seam;

PII_API PII_MUST_CHECK pii_status pii_seam_new(const pii_allocator *allocator, pii_seam **ret);
PII_API void pii_seam_free(pii_seam *seam);

/* Whether scans that go on from either find the same. NULL: the start of the
 * text. Only for seams of one text and policy; those of two rulesets differ. */
PII_API bool pii_seam_equal(const pii_seam *a, const pii_seam *b);

/* Scans a region of which it is not known what comes before. Fills `entry`,
 * `exit` (both not NULL) and `*ret` as pii_scan does; a finding belongs to the
 * region in which it becomes final, and may have begun in an earlier one.
 * PII_ERROR_ARGUMENT: not such a region, or a policy by which findings depend on
 * earlier ones (pii_policy_in_order). Where `*ret` is not to be used, because
 * the seams differ, an error means nothing either. */
PII_API PII_MUST_CHECK pii_status pii_region_guess(pii_scrubber *scrubber, pii_format format, const pii_region *region,
                                                   pii_seam *entry, pii_seam *exit, pii_result *ret);

/* Scans a region that is entered with `entry`, the known exit of the region
 * before it; NULL: the first one. PII_ERROR_ARGUMENT also when it is not, and when
 * it is the exit of a scrubber with another ruleset. */
PII_API PII_MUST_CHECK pii_status pii_region_scan(pii_scrubber *scrubber, pii_format format, const pii_region *region,
                                                  const pii_seam *entry, pii_seam *exit, pii_result *ret);

/* Hands the sink the region's part of the redacted text: that of the last region
 * call on this scrubber, which must have been for this very region. Unchanged
 * text comes by reference to its data. */
PII_API PII_MUST_CHECK pii_status pii_region_write(pii_scrubber *scrubber, const pii_region *region, pii_sink sink,
                                                   void *context);

#ifdef __cplusplus
}
#endif

#endif
