/* binding_pool.h - the scrubbers behind one object of a language.
 *
 * A pii_scrubber is for one thread at a time; the Scrubber of a language is for all of them. Each call
 * takes a scrubber that is idle, or a new one, and gives it back. None of this locks: it is called
 * while the language lets one thread run only (the GIL, the GVL, the main thread of Node). */
#ifndef PII__BINDING_POOL_H
#define PII__BINDING_POOL_H

#include "piiglet.h"

/* Scrubbers kept for the next calls; more threads than that at once make, and free, their own. */
#define PII__POOL_IDLE 32

typedef struct pii__pool {
    pii_ruleset *ruleset; /* a reference of its own */
    const pii_policy *policy; /* the caller's: outlives the pool; NULL: the default one */
    pii_scrubber *idle[PII__POOL_IDLE];
    size_t idle_count;
} pii__pool;

/* Opens a pool with one scrubber in it, so that a policy that does not go with the ruleset is refused
 * at once: PII_ERROR_ARGUMENT. After an error `*pool` is empty, and may be closed. */
PII_MUST_CHECK pii_status pii__pool_open(pii__pool *pool, pii_ruleset *ruleset, const pii_policy *policy);
void pii__pool_close(pii__pool *pool);

/* `known` (NULL: none) counts until the scrubber is given back. PII_ERROR_ARGUMENT: the rules do not have one of its
 * entities. */
PII_MUST_CHECK pii_status pii__pool_take(pii__pool *pool, pii_known *known, pii_scrubber **ret);
void pii__pool_give(pii__pool *pool, pii_scrubber *scrubber);

#endif
