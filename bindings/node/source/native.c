/* native.c - the addon; what users see is made of it in index.js. */
#include "native.h"

#include <stdlib.h>
#include <string.h>

/* What an instance of the addon (one per thread of JavaScript) keeps: the function that makes errors. */
typedef struct instance {
    napi_ref make_error;
} instance;

bool js__good(napi_env env, napi_status status)
{
    if (status == napi_ok)
        return true;
    bool pending = false;
    if (napi_is_exception_pending(env, &pending) == napi_ok && !pending)
        napi_throw_error(env, NULL, "piiglet could not talk to Node");
    return false;
}

bool js__arguments(napi_env env, napi_callback_info info, size_t count, napi_value *arguments, napi_value *ret_this)
{
    return js__good(env, napi_get_cb_info(env, info, &count, arguments, ret_this, NULL));
}

void *js__unwrap(napi_env env, napi_value object, const napi_type_tag *tag)
{
    void *data = NULL;
    bool tagged = false;
    napi_valuetype type = napi_undefined;
    if (napi_typeof(env, object, &type) == napi_ok && type == napi_object &&
        napi_check_object_type_tag(env, object, tag, &tagged) == napi_ok && tagged &&
        napi_unwrap(env, object, &data) == napi_ok)
        return data;
    napi_throw_type_error(env, NULL, "this is not the kind of object that piiglet expects");
    return NULL;
}

bool js__wrap(napi_env env, napi_value object, const napi_type_tag *tag, void *data, napi_finalize release)
{
    if (js__good(env, napi_wrap(env, object, data, release, NULL, NULL)))
        return js__good(env, napi_type_tag_object(env, object, tag));
    release(env, data, NULL);
    return false;
}

bool js__is_missing(napi_env env, napi_value value)
{
    napi_valuetype type = napi_undefined;
    return napi_typeof(env, value, &type) == napi_ok && (type == napi_undefined || type == napi_null);
}

napi_value js__undefined(napi_env env)
{
    napi_value undefined = NULL;
    return js__good(env, napi_get_undefined(env, &undefined)) ? undefined : NULL;
}

napi_value js__string(napi_env env, const char *text)
{
    napi_value string = NULL;
    return js__good(env, napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &string)) ? string : NULL;
}

bool js__add_class(napi_env env, napi_value exports, const char *name, napi_callback constructor, size_t method_count,
                   const napi_property_descriptor *methods)
{
    napi_value class = NULL;
    return js__good(env, napi_define_class(env, name, NAPI_AUTO_LENGTH, constructor, NULL, method_count, methods,
                                           &class)) &&
           js__good(env, napi_set_named_property(env, exports, name, class));
}

bool js__word(napi_env env, napi_value value, char word[JS_WORD_SIZE])
{
    size_t size = 0;
    if (napi_get_value_string_utf8(env, value, word, JS_WORD_SIZE, &size) != napi_ok) {
        napi_throw_type_error(env, NULL, "piiglet expects a string here");
        return false;
    }
    if (size == JS_WORD_SIZE - 1 || strlen(word) != size)
        js__throw(env, PII_ERROR_ARGUMENT, "there is no such word", -1, NULL);
    return size < JS_WORD_SIZE - 1 && strlen(word) == size;
}

bool js__format(napi_env env, napi_value name, pii_format *ret)
{
    char word[JS_WORD_SIZE];
    *ret = PII_FORMAT_TEXT;
    if (js__is_missing(env, name))
        return true;
    if (!js__word(env, name, word))
        return false;
    pii_status status = pii_format_find(word, ret);
    if (status != PII_OK)
        js__throw(env, status, "there is no such format", -1, NULL);
    return status == PII_OK;
}

/* (status, fault, text, offset, details) -> an error, by the function that index.js gave. */
static napi_value make_error(napi_env env, pii_status status, const char *fault, double offset, napi_value details)
{
    instance *kept = NULL;
    napi_value function = NULL;
    napi_value error = NULL;
    napi_value arguments[5];
    bool good = js__good(env, napi_get_instance_data(env, (void **)&kept)) &&
                js__good(env, napi_get_reference_value(env, kept->make_error, &function)) &&
                js__good(env, napi_create_int32(env, (int)status, &arguments[0])) &&
                js__good(env, napi_create_double(env, offset, &arguments[3]));
    arguments[1] = fault ? js__string(env, fault) : js__undefined(env);
    arguments[2] = js__string(env, pii_status_text(status));
    arguments[4] = details ? details : js__undefined(env);
    if (!good || !arguments[1] || !arguments[2] || !arguments[4] ||
        !js__good(env, napi_call_function(env, arguments[4], function, 5, arguments, &error)))
        return NULL;
    return error;
}

napi_value js__throw(napi_env env, pii_status status, const char *fault, double offset, napi_value details)
{
    napi_value error = make_error(env, status, fault, offset, details);
    if (error)
        napi_throw(env, error);
    return NULL;
}

static napi_value set_make_error(napi_env env, napi_callback_info info)
{
    instance *kept = NULL;
    napi_value function = NULL;
    if (js__arguments(env, info, 1, &function, NULL) &&
        js__good(env, napi_get_instance_data(env, (void **)&kept)) && !kept->make_error)
        js__good(env, napi_create_reference(env, function, 1, &kept->make_error));
    return NULL;
}

/* Facts about the engine, for bug reports. */
static napi_value build_info(napi_env env, napi_callback_info info)
{
    pii_build_info facts;
    pii_build_info_get(&facts);
    napi_value object = NULL;
    napi_value jit = NULL;
    const char *const names[] = {"version", "pcre2", "unicode", "kernel"};
    const char *const values[] = {facts.version, facts.pcre2, facts.unicode, facts.kernel};
    bool good = js__good(env, napi_create_object(env, &object)) &&
                js__good(env, napi_get_boolean(env, facts.jit, &jit)) &&
                js__good(env, napi_set_named_property(env, object, "jit", jit));
    for (size_t i = 0; good && i < sizeof names / sizeof names[0]; i++) {
        napi_value value = js__string(env, values[i]);
        good = value && js__good(env, napi_set_named_property(env, object, names[i], value));
    }
    return good ? object : NULL;
}

static void release_instance(napi_env env, void *data, void *hint)
{
    free(data);
}

NAPI_MODULE_INIT()
{
    instance *kept = calloc(1, sizeof *kept);
    if (!kept) {
        napi_throw_error(env, NULL, pii_status_text(PII_ERROR_MEMORY));
        return NULL;
    }
    if (!js__good(env, napi_set_instance_data(env, kept, release_instance, NULL))) {
        free(kept);
        return NULL;
    }
    const napi_property_descriptor functions[] = {
        {"setMakeError", NULL, set_make_error, NULL, NULL, NULL, napi_default, NULL},
        {"buildInfo", NULL, build_info, NULL, NULL, NULL, napi_default, NULL},
    };
    bool good = js__good(env, napi_define_properties(env, exports, 2, functions)) && js__add_rules(env, exports) &&
                js__add_known(env, exports) && js__add_scrubber(env, exports) && js__add_stream(env, exports) &&
                js__add_messages(env, exports);
    return good ? exports : NULL;
}
