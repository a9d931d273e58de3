/* scrubber.c - one-shot calls, in the main thread or off it. */
#include "native.h"

#include <stdlib.h>

static const napi_type_tag tag = {0x70696967725f7363, 0x7275626265720003};

typedef struct call call;

typedef struct scrubber {
    pii__pool pool;
    napi_ref policy; /* keeps what the pool refers to; NULL: none */
    size_t running;  /* calls off the main thread: no more than the pool keeps scrubbers */
    call *waiting;   /* the others, in order */
    call **last;
} scrubber;

typedef enum wanted {
    WANTED_OUTPUT = 0,
    WANTED_FINDINGS = 1,
    WANTED_RESULT = 2
} wanted;

/* One call. The job comes first: it is what libuv hands back. */
struct call {
    js__job job;
    call *next;
    bool queued;
    scrubber *self;
    pii_scrubber *engine;
    wanted wanted;
    pii_format format;
    pii_known *known; /* of calls off the main thread a reference of its own */
    js__input input;
    pii_status status;
    pii_result result;
};

static void free_call(call *work)
{
    pii_known_free(work->known);
    js__input_close(&work->input);
    free(work);
}

/* Calls are still waiting only when JavaScript ends: each of them keeps the object alive. */
static void release(napi_env env, void *data, void *hint)
{
    scrubber *self = data;
    while (self->waiting) {
        call *work = self->waiting;
        self->waiting = work->next;
        free_call(work);
    }
    pii__pool_close(&self->pool);
    if (self->policy)
        napi_delete_reference(env, self->policy);
    free(self);
}

/* new Scrubber(ruleset, policy) */
static napi_value scrubber_new(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    napi_value this = NULL;
    pii_ruleset *ruleset = NULL;
    const pii_policy *policy = NULL;
    if (!js__arguments(env, info, 2, arguments, &this) || !js__ruleset_of(env, arguments[0], &ruleset) ||
        !js__policy_of(env, arguments[1], &policy))
        return NULL;
    scrubber *self = calloc(1, sizeof *self);
    pii_status status = self ? pii__pool_open(&self->pool, ruleset, policy) : PII_ERROR_MEMORY;
    if (status != PII_OK) {
        free(self);
        return js__throw(env, status, "the policy does not go with the rules", -1, NULL);
    }
    self->last = &self->waiting;
    if (policy && !js__good(env, napi_create_reference(env, arguments[1], 1, &self->policy))) {
        release(env, self, NULL);
        return NULL;
    }
    return js__wrap(env, this, &tag, self, release) ? this : NULL;
}

static void run(call *work)
{
    const js__input *input = &work->input;
    if (work->wanted == WANTED_FINDINGS)
        work->status = pii_scan(work->engine, work->format, input->data, input->size, &work->result);
    else
        work->status = pii_scrub(work->engine, work->format, input->data, input->size, &work->result);
}

static napi_value output(napi_env env, const call *work)
{
    const js__input *input = &work->input;
    const pii_result *result = &work->result;
    napi_value made = NULL;
    if (input->value && result->data == input->data && result->size == input->size)
        return input->value;
    napi_status status = input->text ? napi_create_string_utf8(env, result->data, result->size, &made)
                                     : napi_create_buffer_copy(env, result->size, result->data, NULL, &made);
    return js__good(env, status) ? made : NULL;
}

static napi_value findings(napi_env env, const call *work)
{
    return js__findings(env, work->result.findings, work->result.finding_count, &work->input);
}

/* [output, findings, format, fault, faultOffset] */
static napi_value result_array(napi_env env, const call *work)
{
    const char *fault = work->result.fault;
    napi_value offset = js__undefined(env);
    if (fault && !js__good(env, napi_create_double(env, (double)js__units(&work->input, work->result.error_offset),
                                                   &offset)))
        return NULL;
    const napi_value values[] = {output(env, work), findings(env, work),
                                 js__string(env, pii_format_name(work->result.format)),
                                 fault ? js__string(env, fault) : js__undefined(env), offset};
    napi_value array = NULL;
    bool good = js__good(env, napi_create_array_with_length(env, 5, &array));
    for (uint32_t i = 0; good && i < 5; i++)
        good = values[i] && js__good(env, napi_set_element(env, array, i, values[i]));
    return good ? array : NULL;
}

static napi_value answer(napi_env env, call *work)
{
    if (work->status != PII_OK) {
        napi_value found = findings(env, work);
        return found ? js__throw(env, work->status, work->result.fault,
                                 (double)js__units(&work->input, work->result.error_offset), found)
                     : NULL;
    }
    if (work->wanted == WANTED_OUTPUT)
        return output(env, work);
    return work->wanted == WANTED_FINDINGS ? findings(env, work) : result_array(env, work);
}

/* (wanted, data, format, known), common to both ways. */
static bool open_call(napi_env env, napi_callback_info info, bool keep, call *work, napi_value *ret_this)
{
    napi_value arguments[4];
    uint32_t kind = 0;
    if (!js__arguments(env, info, 4, arguments, ret_this) || !(work->self = js__unwrap(env, *ret_this, &tag)) ||
        !js__good(env, napi_get_value_uint32(env, arguments[0], &kind)) ||
        !js__format(env, arguments[2], &work->format) || !js__known_of(env, arguments[3], &work->known) ||
        !js__input_open(env, arguments[1], keep, &work->input))
        return false;
    work->wanted = (wanted)kind;
    return true;
}

/* call(wanted, data, format, known) */
static napi_value call_now(napi_env env, napi_callback_info info)
{
    call work;
    napi_value this = NULL;
    if (!open_call(env, info, false, &work, &this))
        return NULL;
    napi_value made = NULL;
    pii_status status = pii__pool_take(&work.self->pool, work.known, &work.engine);
    if (status == PII_OK) {
        run(&work);
        made = answer(env, &work);
        pii__pool_give(&work.self->pool, work.engine);
    } else {
        js__throw(env, status, "known values do not go with the rules", -1, NULL);
    }
    js__input_close(&work.input);
    return made;
}

static void run_job(js__job *job)
{
    call *work = (call *)job;
    if (work->engine)
        run(work);
}

static napi_value answer_job(napi_env env, js__job *job)
{
    return answer(env, (call *)job);
}

/* Queues calls as long as there may be more at once. One that cannot be begun is answered with its error. */
static void start_waiting(napi_env env, scrubber *self)
{
    while (self->waiting && self->running < PII__POOL_IDLE) {
        call *work = self->waiting;
        self->waiting = work->next;
        if (!self->waiting)
            self->last = &self->waiting;
        self->running++;
        work->queued = true;
        work->status = pii__pool_take(&self->pool, work->known, &work->engine);
        js__job_queue(env, &work->job);
    }
}

static void release_job(napi_env env, js__job *job)
{
    call *work = (call *)job;
    scrubber *self = work->self;
    if (work->engine)
        pii__pool_give(&self->pool, work->engine);
    self->running -= work->queued;
    free_call(work);
    start_waiting(env, self);
}

/* callLater(wanted, data, format, known) -> a promise */
static napi_value call_later(napi_env env, napi_callback_info info)
{
    napi_value this = NULL;
    call *work = calloc(1, sizeof *work);
    if (!work)
        return js__throw(env, PII_ERROR_MEMORY, NULL, -1, NULL);
    if (!open_call(env, info, true, work, &this)) {
        free(work);
        return NULL;
    }
    work->known = pii_known_ref(work->known);
    work->input.value = NULL; /* its handle does not outlive this call */
    work->job.run = run_job;
    work->job.answer = answer_job;
    work->job.release = release_job;
    scrubber *self = work->self;
    napi_value promise = js__job_promise(env, &work->job, this);
    if (!promise)
        return NULL;
    *self->last = work;
    self->last = &work->next;
    start_waiting(env, self);
    return promise;
}

bool js__add_scrubber(napi_env env, napi_value exports)
{
    const napi_property_descriptor methods[] = {
        {"call", NULL, call_now, NULL, NULL, NULL, napi_default, NULL},
        {"callLater", NULL, call_later, NULL, NULL, NULL, napi_default, NULL},
    };
    return js__add_class(env, exports, "Scrubber", scrubber_new, 2, methods);
}
