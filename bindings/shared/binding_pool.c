#include "binding_pool.h"

pii_status pii__pool_open(pii__pool *pool, pii_ruleset *ruleset, const pii_policy *policy)
{
    *pool = (pii__pool){.ruleset = pii_ruleset_ref(ruleset), .policy = policy};
    pii_scrubber *first = NULL;
    pii_status status = pii__pool_take(pool, NULL, &first);
    if (status != PII_OK) {
        pii__pool_close(pool);
        return status;
    }
    pii__pool_give(pool, first);
    return PII_OK;
}

void pii__pool_close(pii__pool *pool)
{
    while (pool->idle_count > 0)
        pii_scrubber_free(pool->idle[--pool->idle_count]);
    pii_ruleset_free(pool->ruleset);
    *pool = (pii__pool){0};
}

pii_status pii__pool_take(pii__pool *pool, pii_known *known, pii_scrubber **ret)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = PII_OK;
    if (pool->idle_count > 0)
        scrubber = pool->idle[--pool->idle_count];
    else
        status = pii_scrubber_new(pool->ruleset, pool->policy, NULL, &scrubber);
    if (status == PII_OK && known)
        status = pii_scrubber_set_known(scrubber, known);
    if (status == PII_OK)
        *ret = scrubber;
    else
        pii_scrubber_free(scrubber);
    return status;
}

void pii__pool_give(pii__pool *pool, pii_scrubber *scrubber)
{
    bool clean = pii_scrubber_set_known(scrubber, NULL) == PII_OK;
    if (clean && pool->idle_count < PII__POOL_IDLE)
        pool->idle[pool->idle_count++] = scrubber;
    else
        pii_scrubber_free(scrubber);
}
