/* native.h - what the files of the addon share. Names carry `js__`; they are hidden from other libraries.
 *
 * A function that answers NULL, or false, has left an exception pending. */
#ifndef PII__NODE_NATIVE_H
#define PII__NODE_NATIVE_H

#include <node_api.h>
#include <stdbool.h>

#include "binding_collect.h"
#include "binding_policy.h"
#include "binding_pool.h"
#include "binding_text.h"

/* Add the classes of one file to the exports. */
bool js__add_rules(napi_env env, napi_value exports);
bool js__add_known(napi_env env, napi_value exports);
bool js__add_messages(napi_env env, napi_value exports);
bool js__add_scrubber(napi_env env, napi_value exports);
bool js__add_stream(napi_env env, napi_value exports);

/* ---- values ---- */

/* Whether a call of N-API went well; if not, an exception is pending. */
bool js__good(napi_env env, napi_status status);

/* Fills `arguments` (missing ones: undefined) and `*ret_this`. */
bool js__arguments(napi_env env, napi_callback_info info, size_t count, napi_value *arguments, napi_value *ret_this);

/* The data wrapped in an object of the class that `tag` marks; NULL: it is something else. */
void *js__unwrap(napi_env env, napi_value object, const napi_type_tag *tag);
bool js__wrap(napi_env env, napi_value object, const napi_type_tag *tag, void *data, napi_finalize release);

bool js__is_missing(napi_env env, napi_value value); /* undefined or null */
napi_value js__undefined(napi_env env);
napi_value js__string(napi_env env, const char *text);

/* Adds a class with its methods; the name of each is that which the exports have. */
bool js__add_class(napi_env env, napi_value exports, const char *name, napi_callback constructor, size_t method_count,
                   const napi_property_descriptor *methods);

/* A short word, such as the name of an entity, copied. Longer ones are no such words: false. */
#define JS_WORD_SIZE 256
bool js__word(napi_env env, napi_value value, char word[JS_WORD_SIZE]);

/* The format of a name; missing: text. */
bool js__format(napi_env env, napi_value name, pii_format *ret);

/* The ruleset of a Ruleset, and the policy of a Policy; missing: NULL. */
bool js__ruleset_of(napi_env env, napi_value object, pii_ruleset **ret);
bool js__policy_of(napi_env env, napi_value object, const pii_policy **ret);

/* The values of a Known; missing: NULL. */
bool js__known_of(napi_env env, napi_value object, pii_known **ret);

/* ---- input ---- */

/* Bytes to scan. */
typedef struct js__input {
    napi_value value; /* what the caller gave: while its call lasts */
    const char *data;
    size_t size;
    bool text;     /* a string: places are counted in UTF-16 units, and the output is one */
    pii__unit unit;
    char *copy;    /* NULL, or where `data` is; wiped when closed */
    char small[2048]; /* for short strings */
} js__input;

/* Opens a string or a Uint8Array (a Buffer is one). `keep`: it is read after the call, so it is
 * copied; a NUL stands after it then, as after strings. */
bool js__input_open(napi_env env, napi_value value, bool keep, js__input *ret);
void js__input_close(js__input *input);

/* ---- results ---- */

/* Findings as one flat array, of which findings.js makes objects, counted in the unit of `input` (NULL: bytes). */
napi_value js__findings(napi_env env, const pii_finding *findings, size_t count, const js__input *input);

/* The UTF-16 units, or bytes, of the input before a byte. */
size_t js__units(const js__input *input, uint64_t byte);

/* Throws what a status that is not PII_OK means. `fault` may be NULL, `offset` -1, `details` NULL. Returns NULL. */
napi_value js__throw(napi_env env, pii_status status, const char *fault, double offset, napi_value details);

/* ---- calls off the main thread ---- */

/* One call. `run` is made by a thread of libuv and touches no object; the others by the main thread. */
typedef struct js__job js__job;
struct js__job {
    void (*run)(js__job *job);
    napi_value (*answer)(napi_env env, js__job *job);
    void (*release)(napi_env env, js__job *job); /* frees the job, too */
    napi_async_work work;
    napi_deferred deferred;
    napi_ref owner; /* keeps the object whose call it is */
};

/* Makes the promise of a job, which is not queued yet. Takes over `job`, and releases it when it fails. */
napi_value js__job_promise(napi_env env, js__job *job, napi_value owner);
bool js__job_queue(napi_env env, js__job *job);

#endif
