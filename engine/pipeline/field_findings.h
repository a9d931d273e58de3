/* field_findings.h - fields of which it is said what they are: all of such a field is a finding, whatever it
 * holds. They take part as spans of their own, with an entity in place of a rule. */
#ifndef PII__FIELD_FINDINGS_H
#define PII__FIELD_FINDINGS_H

#include "field_map.h"
#include "segment.h"
#include "tape.h"

/* What a policy says of fields, as a machine; NULL: nothing. PII_ERROR_ARGUMENT: it names an entity that the ruleset
 * does not have. */
PII_MUST_CHECK pii_status pii__policy_field_map(const pii_ruleset *ruleset, const pii_policy *policy,
                                          const pii_allocator *allocator, pii__field_map **ret);

/* The span of the first field from number `*index` on that has ended before place `limit` and is a finding; `*index`
 * moves on behind it. False: there is none. PII_ERROR_ARGUMENT: of an entity that the ruleset does not have. */
PII_MUST_CHECK pii_status pii__field_next(const pii__tape *tape, const pii_ruleset *ruleset, uint64_t limit,
                                          size_t *index, pii__span *ret, bool *ret_found);

#endif
