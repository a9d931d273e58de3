/* piiglet_known.h - values that are known beforehand, looked for beside the rules.
 *
 * What a platform knows about a student - name, username, school, class code -
 * or the names of a whole roster. Values are found in any case, with or without
 * diacritics, at word bounds; the name of a person also in the ways that names
 * are written (docs/KNOWN.md). Findings have the rule id PII_KNOWN_RULE,
 * confidence 1 and the entity that the value was added with; they count whatever
 * the policy says of that entity, since handing a value over is asking for it.
 *
 *   pii_known_builder   takes values, one thread at a time
 *   pii_known           made of them; immutable, reference-counted, shared by threads
 *
 * Neither holds a value: both keep 64-bit sums of folded words, which nothing can
 * be printed from. */
#ifndef PIIGLET_KNOWN_H
#define PIIGLET_KNOWN_H

#include "piiglet_scan.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PII_KNOWN_RULE "known.value"

typedef struct pii_known_builder pii_known_builder;
typedef struct pii_known pii_known;

/* How a value is looked for; flags, 0 for none. */
enum {
    PII_KNOWN_EXACT = 1,         /* PERSON: only as it is, no variants of the name */
    PII_KNOWN_GIVEN_ALONE = 2,   /* PERSON: the first name, and its short forms, without the surname, too */
    PII_KNOWN_SURNAME_ALONE = 4  /* PERSON: the surname without the first name, too; in capital letters */
};

/* Makes an empty builder. `allocator` as in pii_compiler_new. */
PII_API PII_MUST_CHECK pii_status pii_known_builder_new(const pii_allocator *allocator, pii_known_builder **ret);

/* Wipes and frees; NULL is allowed. What was made of it lives on. */
PII_API void pii_known_builder_free(pii_known_builder *builder);

/* Adds `size` bytes of UTF-8 at `value`, of which nothing is kept, as an `entity`
 * such as "PERSON". Names are "first last" or "last, first". Options other than 0
 * are for PERSON only. PII_ERROR_ARGUMENT: no name of an entity, unknown options, or
 * a value with fewer than two letters or digits; PII_ERROR_LIMIT: it is longer, or
 * there are more, than docs/LIMITS.md says. After any error the builder is as it
 * was before the call. */
PII_API PII_MUST_CHECK pii_status pii_known_builder_add(pii_known_builder *builder, const char *entity,
                                                        const void *value, size_t size, unsigned options);

/* Adds the values of a list, `size` bytes of UTF-8 of which nothing is kept: one a line, VALUE (a PERSON),
 * ENTITY<TAB>VALUE or ENTITY<TAB>VALUE<TAB>HOW, as docs/KNOWN.md says; empty lines are none. After PII_ERROR_ARGUMENT
 * and PII_ERROR_LIMIT for a line, `*ret_line` is its number, from 1 on, and `*ret_fault` a constant text; after
 * PII_ERROR_MEMORY `*ret_line` alone. The values of the lines before are then in the builder. A pointer that is NULL
 * is PII_ERROR_ARGUMENT with both untouched; `list` may be when `size` is 0. */
PII_API PII_MUST_CHECK pii_status pii_known_builder_add_list(pii_known_builder *builder, const char *list, size_t size,
                                                             size_t *ret_line, const char **ret_fault);

/* Makes an object of all values added so far, with one reference owned by the
 * caller; none at all is allowed. The builder may take more values afterwards. */
PII_API PII_MUST_CHECK pii_status pii_known_builder_finish(const pii_known_builder *builder, pii_known **ret);

/* Takes, and drops, a reference; thread-safe, lock-free. NULL is allowed in both. */
PII_API pii_known *pii_known_ref(pii_known *known);
PII_API void pii_known_free(pii_known *known);

/* How many values it was made of. */
PII_API size_t pii_known_size(const pii_known *known);

/* Bytes that a stream holds back because of it, at most; or what
 * pii_ruleset_hold_back says, if that is more. */
PII_API size_t pii_known_hold_back(const pii_known *known);

/* From the next call on the scrubber looks for these values, too, to which it takes
 * a reference; NULL: for none any more. Costs nothing but that. PII_ERROR_BUSY when
 * the scrubber is in use; PII_ERROR_ARGUMENT when its ruleset does not have one of
 * the entities: it then keeps what it had. For the region calls all scrubbers of one
 * text must have the same values. */
PII_API PII_MUST_CHECK pii_status pii_scrubber_set_known(pii_scrubber *scrubber, pii_known *known);

/* The same for a stream, before its first byte, or after pii_stream_reset, which
 * keeps the values; else PII_ERROR_STATE. */
PII_API PII_MUST_CHECK pii_status pii_stream_set_known(pii_stream *stream, pii_known *known);

#ifdef __cplusplus
}
#endif

#endif
