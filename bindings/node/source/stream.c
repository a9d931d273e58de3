/* stream.c - one stream of bytes in pieces, in the main thread or off it. */
#include "native.h"

#include <stdlib.h>

static const napi_type_tag tag = {0x70696967725f7374, 0x7265616d00000004};

typedef struct stream {
    pii_stream *engine;
    pii__collection collection;
    bool busy; /* a call off the main thread is under way */
} stream;

/* One call: a piece to write, or the end. The job comes first: it is what libuv hands back. */
typedef struct call {
    js__job job;
    stream *self;
    bool finish;
    js__input input;
    pii_status status;
} call;

/* About what the engine takes for a stream: the collector of garbage does not see it otherwise. */
#define STREAM_SIZE (64 * 1024)

static void release(napi_env env, void *data, void *hint)
{
    stream *self = data;
    int64_t total = 0;
    napi_adjust_external_memory(env, -STREAM_SIZE, &total);
    pii_stream_free(self->engine);
    pii__collection_free(&self->collection);
    free(self);
}

/* new Stream(ruleset, policy, format, known) */
static napi_value stream_new(napi_env env, napi_callback_info info)
{
    napi_value arguments[4];
    napi_value this = NULL;
    pii_known *known = NULL;
    pii_ruleset *ruleset = NULL;
    const pii_policy *policy = NULL;
    pii_format format;
    if (!js__arguments(env, info, 4, arguments, &this) || !js__ruleset_of(env, arguments[0], &ruleset) ||
        !js__policy_of(env, arguments[1], &policy) || !js__format(env, arguments[2], &format) ||
        !js__known_of(env, arguments[3], &known))
        return NULL;
    stream *self = calloc(1, sizeof *self);
    pii_status status = self ? pii_stream_new(ruleset, policy, format, NULL, &self->engine) : PII_ERROR_MEMORY;
    if (status == PII_OK && known)
        status = pii_stream_set_known(self->engine, known);
    if (status != PII_OK) {
        if (self)
            pii_stream_free(self->engine);
        free(self);
        return js__throw(env, status, "policy or known values do not go with the rules", -1, NULL);
    }
    pii_stream_on_finding(self->engine, pii__collect_finding, &self->collection);
    int64_t total = 0;
    napi_adjust_external_memory(env, STREAM_SIZE, &total);
    return js__wrap(env, this, &tag, self, release) ? this : NULL;
}

/* The stream, which no call off the main thread uses. */
static stream *idle_stream(napi_env env, napi_value object)
{
    stream *self = js__unwrap(env, object, &tag);
    if (self && self->busy) {
        js__throw(env, PII_ERROR_BUSY, NULL, -1, NULL);
        return NULL;
    }
    return self;
}

static void run(call *work)
{
    stream *self = work->self;
    if (work->finish)
        work->status = pii__collect_finish(&self->collection, self->engine);
    else
        work->status = pii__collect_write(&self->collection, self->engine, work->input.data, work->input.size);
}

/* [output, findings] */
static napi_value answer(napi_env env, call *work)
{
    stream *self = work->self;
    const pii__collection *collection = &self->collection;
    napi_value output = NULL;
    napi_value array = NULL;
    if (!js__good(env, napi_create_buffer_copy(env, collection->size, collection->data, NULL, &output)))
        return NULL;
    if (work->status != PII_OK) {
        uint64_t offset = 0;
        const char *fault = pii_stream_fault(self->engine, &offset);
        return js__throw(env, work->status, fault, (double)(fault ? offset : pii_stream_offset(self->engine)), output);
    }
    napi_value findings = js__findings(env, collection->findings, collection->finding_count, NULL);
    bool good = findings && js__good(env, napi_create_array_with_length(env, 2, &array)) &&
                js__good(env, napi_set_element(env, array, 0, output)) &&
                js__good(env, napi_set_element(env, array, 1, findings));
    return good ? array : NULL;
}

/* (data), or nothing for the end; common to both ways. */
static bool open_call(napi_env env, napi_callback_info info, bool keep, call *work, napi_value *ret_this)
{
    napi_value data = NULL;
    if (!js__arguments(env, info, 1, &data, ret_this) || !(work->self = idle_stream(env, *ret_this)))
        return false;
    work->finish = js__is_missing(env, data);
    return work->finish || js__input_open(env, data, keep, &work->input);
}

/* run(data): writes; run(): finishes */
static napi_value run_now(napi_env env, napi_callback_info info)
{
    call work = {0};
    napi_value this = NULL;
    if (!open_call(env, info, false, &work, &this))
        return NULL;
    run(&work);
    napi_value made = answer(env, &work);
    js__input_close(&work.input);
    return made;
}

static void run_job(js__job *job)
{
    run((call *)job);
}

static napi_value answer_job(napi_env env, js__job *job)
{
    return answer(env, (call *)job);
}

static void release_job(napi_env env, js__job *job)
{
    call *work = (call *)job;
    work->self->busy = false;
    js__input_close(&work->input);
    free(work);
}

/* The same, as promises; one at a time. */
static napi_value run_later(napi_env env, napi_callback_info info)
{
    napi_value this = NULL;
    call *work = calloc(1, sizeof *work);
    if (!work)
        return js__throw(env, PII_ERROR_MEMORY, NULL, -1, NULL);
    if (!open_call(env, info, true, work, &this)) {
        free(work);
        return NULL;
    }
    work->job.run = run_job;
    work->job.answer = answer_job;
    work->job.release = release_job;
    napi_value promise = js__job_promise(env, &work->job, this);
    if (!promise)
        return NULL;
    work->self->busy = true;
    js__job_queue(env, &work->job);
    return promise;
}

/* [format, fault, offset of the fault] */
static napi_value state(napi_env env, napi_callback_info info)
{
    napi_value this = NULL;
    napi_value array = NULL;
    napi_value place = NULL;
    if (!js__arguments(env, info, 0, NULL, &this))
        return NULL;
    const stream *self = idle_stream(env, this);
    if (!self || !js__good(env, napi_create_array(env, &array)))
        return NULL;
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(self->engine, &offset);
    napi_value format = js__string(env, pii_format_name(pii_stream_format(self->engine)));
    if (!format || !js__good(env, napi_set_element(env, array, 0, format)))
        return NULL;
    if (!fault)
        return array;
    napi_value text = js__string(env, fault);
    bool good = text && js__good(env, napi_create_double(env, (double)offset, &place)) &&
                js__good(env, napi_set_element(env, array, 1, text)) &&
                js__good(env, napi_set_element(env, array, 2, place));
    return good ? array : NULL;
}

static napi_value reset(napi_env env, napi_callback_info info)
{
    napi_value this = NULL;
    stream *self = js__arguments(env, info, 0, NULL, &this) ? idle_stream(env, this) : NULL;
    if (self)
        pii_stream_reset(self->engine);
    return NULL;
}

bool js__add_stream(napi_env env, napi_value exports)
{
    const napi_property_descriptor methods[] = {
        {"run", NULL, run_now, NULL, NULL, NULL, napi_default, NULL},
        {"runLater", NULL, run_later, NULL, NULL, NULL, napi_default, NULL},
        {"state", NULL, state, NULL, NULL, NULL, napi_default, NULL},
        {"reset", NULL, reset, NULL, NULL, NULL, napi_default, NULL},
    };
    return js__add_class(env, exports, "Stream", stream_new, 4, methods);
}
