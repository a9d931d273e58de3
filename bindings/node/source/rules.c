/* rules.c - rulesets and policies: made once, never changed after. */
#include "native.h"

#include <stdlib.h>

static const napi_type_tag ruleset_tag = {0x70696967725f7275, 0x6c65736574000001};
static const napi_type_tag policy_tag = {0x70696967725f706f, 0x6c69637900000002};

static void release_ruleset(napi_env env, void *data, void *hint)
{
    pii_ruleset_free(data);
}

bool js__ruleset_of(napi_env env, napi_value object, pii_ruleset **ret)
{
    *ret = js__unwrap(env, object, &ruleset_tag);
    return *ret != NULL;
}

/* {file, line, column, message} */
static napi_value diagnostic_object(napi_env env, const pii_diagnostic *diagnostic)
{
    napi_value object = NULL;
    napi_value line = NULL;
    napi_value column = NULL;
    napi_value file = js__string(env, diagnostic->file);
    napi_value message = js__string(env, diagnostic->message);
    bool good = file && message && js__good(env, napi_create_object(env, &object)) &&
                js__good(env, napi_create_uint32(env, diagnostic->line, &line)) &&
                js__good(env, napi_create_uint32(env, diagnostic->column, &column)) &&
                js__good(env, napi_set_named_property(env, object, "file", file)) &&
                js__good(env, napi_set_named_property(env, object, "line", line)) &&
                js__good(env, napi_set_named_property(env, object, "column", column)) &&
                js__good(env, napi_set_named_property(env, object, "message", message));
    return good ? object : NULL;
}

/* What the compiler has to say against rule files, as the array of objects that errors carry. */
static napi_value diagnostics_of(napi_env env, const pii_compiler *compiler)
{
    const pii_diagnostic *diagnostics = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &diagnostics);
    napi_value array = NULL;
    uint32_t length = 0;
    bool good = js__good(env, napi_create_array(env, &array));
    for (size_t i = 0; good && i < count; i++) {
        if (diagnostics[i].severity != PII_SEVERITY_ERROR)
            continue;
        napi_value object = diagnostic_object(env, &diagnostics[i]);
        good = object && js__good(env, napi_set_element(env, array, length++, object));
    }
    return good ? array : NULL;
}

/* Adds [name, Buffer]. A refused file is no end: finish answers for all. */
static bool add_file(napi_env env, pii_compiler *compiler, napi_value file, pii_status *ret)
{
    napi_value name = NULL;
    napi_value yaml = NULL;
    char *path = NULL;
    size_t path_size = 0;
    js__input input;
    if (!js__good(env, napi_get_element(env, file, 0, &name)) ||
        !js__good(env, napi_get_element(env, file, 1, &yaml)) ||
        !js__good(env, napi_get_value_string_utf8(env, name, NULL, 0, &path_size)) ||
        !js__input_open(env, yaml, false, &input))
        return false;
    path = malloc(path_size + 1);
    bool good = path && js__good(env, napi_get_value_string_utf8(env, name, path, path_size + 1, &path_size));
    pii_status status = good ? pii_compiler_add(compiler, path, input.data, input.size) : PII_ERROR_MEMORY;
    free(path);
    js__input_close(&input);
    if (status != PII_OK && status != PII_ERROR_RULE)
        *ret = status;
    return good || !path;
}

static bool compile(napi_env env, napi_value files, bool with_default, pii_ruleset **ret)
{
    pii_compiler *compiler = NULL;
    uint32_t count = 0;
    pii_status status = pii_compiler_new(NULL, &compiler);
    if (status == PII_OK && with_default)
        status = pii_compiler_add_default(compiler);
    bool good = js__good(env, napi_get_array_length(env, files, &count));
    for (uint32_t i = 0; good && status == PII_OK && i < count; i++) {
        napi_value file = NULL;
        good = js__good(env, napi_get_element(env, files, i, &file)) && add_file(env, compiler, file, &status);
    }
    if (good && status == PII_OK)
        status = pii_compiler_finish(compiler, ret);
    if (good && status != PII_OK) {
        js__throw(env, status, NULL, -1, compiler ? diagnostics_of(env, compiler) : NULL);
        good = false;
    }
    pii_compiler_free(compiler);
    return good;
}

/* new Ruleset([[name, Buffer], ...], withDefault) */
static napi_value ruleset_new(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    napi_value this = NULL;
    bool with_default = false;
    pii_ruleset *ruleset = NULL;
    if (!js__arguments(env, info, 2, arguments, &this) ||
        !js__good(env, napi_get_value_bool(env, arguments[1], &with_default)) ||
        !compile(env, arguments[0], with_default, &ruleset) ||
        !js__wrap(env, this, &ruleset_tag, ruleset, release_ruleset))
        return NULL;
    return this;
}

/* Entities of the rules, each as often as there are rules for it. */
static napi_value ruleset_entities(napi_env env, napi_callback_info info)
{
    napi_value this = NULL;
    napi_value array = NULL;
    pii_ruleset *ruleset = NULL;
    if (!js__arguments(env, info, 0, NULL, &this) || !js__ruleset_of(env, this, &ruleset) ||
        !js__good(env, napi_create_array(env, &array)))
        return NULL;
    for (size_t i = 0; i < pii_ruleset_size(ruleset); i++) {
        pii_rule_info rule;
        napi_value entity = pii_ruleset_rule(ruleset, i, &rule) == PII_OK ? js__string(env, rule.entity) : NULL;
        if (!entity || !js__good(env, napi_set_element(env, array, (uint32_t)i, entity)))
            return NULL;
    }
    return array;
}

/* ---- policy ---- */

static void release_policy(napi_env env, void *data, void *hint)
{
    pii_policy_free(data);
}

bool js__policy_of(napi_env env, napi_value object, const pii_policy **ret)
{
    *ret = NULL;
    if (js__is_missing(env, object))
        return true;
    *ret = js__unwrap(env, object, &policy_tag);
    return *ret != NULL;
}

/* Applies [setting, Buffer]. */
static bool apply(napi_env env, pii_policy *policy, napi_value pair)
{
    napi_value values[2];
    char setting[JS_WORD_SIZE];
    js__input value;
    if (!js__good(env, napi_get_element(env, pair, 0, &values[0])) ||
        !js__good(env, napi_get_element(env, pair, 1, &values[1])) || !js__word(env, values[0], setting) ||
        !js__input_open(env, values[1], true, &value))
        return false;
    pii_status status = pii__policy_set_by_name(policy, setting, value.data, value.size);
    js__input_close(&value);
    if (status != PII_OK)
        js__throw(env, status, "there is no such setting of a policy", -1, NULL);
    return status == PII_OK;
}

/* Sets the minimum confidence, if one is given, and applies the settings. */
static bool set_up(napi_env env, pii_policy *policy, napi_value settings, napi_value minimum)
{
    uint32_t count = 0;
    double confidence = 0;
    if (!js__is_missing(env, minimum)) {
        if (!js__good(env, napi_get_value_double(env, minimum, &confidence)))
            return false;
        pii_status status = pii_policy_set_min_confidence(policy, confidence);
        if (status != PII_OK) {
            js__throw(env, status, "a confidence is from 0 to 1", -1, NULL);
            return false;
        }
    }
    bool good = js__good(env, napi_get_array_length(env, settings, &count));
    for (uint32_t i = 0; good && i < count; i++) {
        napi_value pair = NULL;
        good = js__good(env, napi_get_element(env, settings, i, &pair)) && apply(env, policy, pair);
    }
    return good;
}

/* The one diagnostic of a policy file, as those of rule files. */
static napi_value policy_diagnostics(napi_env env, const char *file, const pii_policy_error *error)
{
    napi_value array = NULL;
    pii_diagnostic diagnostic = {.file = file, .line = error->line, .column = error->column, .message = error->message};
    napi_value object = diagnostic_object(env, &diagnostic);
    bool good = object && js__good(env, napi_create_array(env, &array)) &&
                js__good(env, napi_set_element(env, array, 0, object));
    return good ? array : NULL;
}

/* Makes a policy of a text; `label` names its file. */
static bool make_policy(napi_env env, uint32_t source, napi_value text, napi_value label, pii_policy **ret)
{
    pii_policy_error error = {0};
    js__input given;
    js__input file;
    if (!js__input_open(env, text, true, &given))
        return false;
    pii_status status = pii__policy_make((pii__policy_source)source, given.data, given.size, ret, &error);
    js__input_close(&given);
    if (status == PII_ERROR_RULE && js__input_open(env, label, true, &file)) {
        js__throw(env, status, NULL, -1, policy_diagnostics(env, file.data, &error));
        js__input_close(&file);
    } else if (status != PII_OK) {
        js__throw(env, status, "there is no such policy", -1, NULL);
    }
    return status == PII_OK;
}

/* new Policy(source, text, label, [[setting, Buffer], ...], minimumConfidence): source as pii__policy_source */
static napi_value policy_new(napi_env env, napi_callback_info info)
{
    napi_value arguments[5];
    napi_value this = NULL;
    pii_policy *policy = NULL;
    uint32_t source = 0;
    if (!js__arguments(env, info, 5, arguments, &this) ||
        !js__good(env, napi_get_value_uint32(env, arguments[0], &source)) ||
        !make_policy(env, source, arguments[1], arguments[2], &policy))
        return NULL;
    if (!set_up(env, policy, arguments[3], arguments[4])) {
        pii_policy_free(policy);
        return NULL;
    }
    return js__wrap(env, this, &policy_tag, policy, release_policy) ? this : NULL;
}

bool js__add_rules(napi_env env, napi_value exports)
{
    const napi_property_descriptor methods[] = {
        {"listEntities", NULL, ruleset_entities, NULL, NULL, NULL, napi_default, NULL}};
    return js__add_class(env, exports, "Ruleset", ruleset_new, 1, methods) &&
           js__add_class(env, exports, "Policy", policy_new, 0, NULL);
}
