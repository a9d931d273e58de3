/* binding.h - what the files of the extension share. Names carry `rb__`; they are hidden from other libraries. */
#ifndef PII__RUBY_BINDING_H
#define PII__RUBY_BINDING_H

#include <ruby.h>
#include <ruby/encoding.h>
#include <ruby/thread.h>

#include "binding_collect.h"
#include "binding_policy.h"
#include "binding_pool.h"

/* Makes the classes of one file below the module Piiglet. */
void rb__init_rules(VALUE module);
void rb__init_known(VALUE module);
void rb__init_scrubber(VALUE module);
void rb__init_stream(VALUE module);
void rb__init_results(VALUE module);

/* The ruleset of a Ruleset, and the policy of a Policy or NULL for nil; raise TypeError for anything else. */
pii_ruleset *rb__ruleset_of(VALUE object);
const pii_policy *rb__policy_of(VALUE object);

/* The values of a Known, or NULL for nil. */
pii_known *rb__known_of(VALUE object);

/* The format of a name: a String, a Symbol, or nil for text. */
pii_format rb__format(VALUE name);

/* A frozen String of constant text of the engine: each text is one object. */
VALUE rb__constant(const char *text);

/* An Array of Finding. `text`: the String they are places of, counted in its characters; nil: counted in bytes. */
VALUE rb__findings(const pii_finding *findings, size_t count, VALUE text);

/* Characters of `text` before a byte. */
size_t rb__characters(VALUE text, uint64_t byte);

/* Raises what a status that is not PII_OK means. `fault` may be NULL; `offset` and `details` nil. */
NORETURN(void rb__raise(pii_status status, const char *fault, VALUE offset, VALUE details));

/* A call of the engine that may run beside other threads of Ruby, as it touches no object. Shorter inputs are
 * done before another thread could be woken. */
void rb__run(void *(*call)(void *), void *argument, size_t size);

#endif
