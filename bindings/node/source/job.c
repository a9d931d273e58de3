#include "native.h"

static void execute(napi_env env, void *data)
{
    js__job *job = data;
    job->run(job);
}

/* Settles the promise by the answer, or by the exception that came in its place. */
static void settle(napi_env env, js__job *job)
{
    napi_value answer = job->answer(env, job);
    napi_value error = NULL;
    if (answer)
        napi_resolve_deferred(env, job->deferred, answer);
    else if (napi_get_and_clear_last_exception(env, &error) == napi_ok)
        napi_reject_deferred(env, job->deferred, error);
}

static void complete(napi_env env, napi_status status, void *data)
{
    js__job *job = data;
    napi_handle_scope scope = NULL;
    if (napi_open_handle_scope(env, &scope) == napi_ok) {
        if (status == napi_ok)
            settle(env, job);
        napi_close_handle_scope(env, scope);
    }
    napi_ref owner = job->owner;
    napi_delete_async_work(env, job->work);
    job->release(env, job); /* uses what the owner wraps */
    napi_delete_reference(env, owner);
}

napi_value js__job_promise(napi_env env, js__job *job, napi_value owner)
{
    napi_value promise = NULL;
    napi_value name = js__string(env, "piiglet");
    bool good = name && js__good(env, napi_create_reference(env, owner, 1, &job->owner)) &&
                js__good(env, napi_create_async_work(env, NULL, name, execute, complete, job, &job->work)) &&
                js__good(env, napi_create_promise(env, &job->deferred, &promise));
    if (good)
        return promise;
    napi_ref kept = job->owner;
    if (job->work)
        napi_delete_async_work(env, job->work);
    job->release(env, job);
    if (kept)
        napi_delete_reference(env, kept);
    return NULL;
}

bool js__job_queue(napi_env env, js__job *job)
{
    return js__good(env, napi_queue_async_work(env, job->work));
}
