/* message.c - what to tell people about a finding. */
#include "native.h"

/* message(entity, language) */
static napi_value message(napi_env env, napi_callback_info info)
{
    napi_value given[2] = {NULL};
    char entity[JS_WORD_SIZE];
    char language[JS_WORD_SIZE];
    if (!js__arguments(env, info, 2, given, NULL) || !js__word(env, given[0], entity))
        return NULL;
    bool chosen = !js__is_missing(env, given[1]);
    if (chosen && !js__word(env, given[1], language))
        return NULL;
    return js__string(env, pii_message(entity, chosen ? language : NULL));
}

/* reason(entity) */
static napi_value reason(napi_env env, napi_callback_info info)
{
    napi_value given = NULL;
    char entity[JS_WORD_SIZE];
    if (!js__arguments(env, info, 1, &given, NULL) || !js__word(env, given, entity))
        return NULL;
    return js__string(env, pii_reason(entity));
}

/* languages(): names by tag */
static napi_value languages(napi_env env, napi_callback_info info)
{
    const char *tag = NULL;
    const char *name = NULL;
    napi_value object = NULL;
    bool good = js__good(env, napi_create_object(env, &object));
    for (size_t i = 0; good && pii_message_language_at(i, &tag, &name); i++) {
        napi_value text = js__string(env, name);
        good = text && js__good(env, napi_set_named_property(env, object, tag, text));
    }
    return good ? object : NULL;
}

bool js__add_messages(napi_env env, napi_value exports)
{
    const napi_property_descriptor functions[] = {
        {"message", NULL, message, NULL, NULL, NULL, napi_default, NULL},
        {"reason", NULL, reason, NULL, NULL, NULL, napi_default, NULL},
        {"languages", NULL, languages, NULL, NULL, NULL, napi_default, NULL},
    };
    return js__good(env, napi_define_properties(env, exports, sizeof functions / sizeof functions[0], functions));
}
