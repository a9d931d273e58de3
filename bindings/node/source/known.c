/* known.c - values that are known beforehand; made once, never changed after. */
#include "native.h"

static const napi_type_tag tag = {0x70696967725f6b6e, 0x6f776e0000000005};

static void release(napi_env env, void *data, void *hint)
{
    pii_known_free(data);
}

bool js__known_of(napi_env env, napi_value object, pii_known **ret)
{
    *ret = NULL;
    if (js__is_missing(env, object))
        return true;
    *ret = js__unwrap(env, object, &tag);
    return *ret != NULL;
}

/* Adds [entity, value, options]; without an entity, a list of values. */
static bool add_value(napi_env env, pii_known_builder *builder, napi_value item, uint32_t number)
{
    napi_value parts[3] = {NULL};
    char entity[JS_WORD_SIZE];
    uint32_t options = 0;
    js__input value;
    for (uint32_t i = 0; i < 3; i++)
        if (!js__good(env, napi_get_element(env, item, i, &parts[i])))
            return false;
    bool listed = js__is_missing(env, parts[0]);
    if ((!listed && !js__word(env, parts[0], entity)) ||
        !js__good(env, napi_get_value_uint32(env, parts[2], &options)) || !js__input_open(env, parts[1], true, &value))
        return false;
    const char *fault = "such a value cannot be looked for; offset is its number";
    size_t place = number;
    pii_status status;
    if (listed)
        status = pii_known_builder_add_list(builder, value.data, value.size, &place, &fault);
    else
        status = pii_known_builder_add(builder, entity, value.data, value.size, options);
    js__input_close(&value);
    if (status != PII_OK)
        js__throw(env, status, fault, (double)place, NULL);
    return status == PII_OK;
}

static bool build(napi_env env, napi_value values, pii_known **ret)
{
    pii_known_builder *builder = NULL;
    uint32_t count = 0;
    bool good = js__good(env, napi_get_array_length(env, values, &count));
    pii_status status = good ? pii_known_builder_new(NULL, &builder) : PII_OK;
    for (uint32_t i = 0; good && status == PII_OK && i < count; i++) {
        napi_value item = NULL;
        good = js__good(env, napi_get_element(env, values, i, &item)) && add_value(env, builder, item, i);
    }
    if (good && status == PII_OK)
        status = pii_known_builder_finish(builder, ret);
    pii_known_builder_free(builder);
    if (status != PII_OK)
        js__throw(env, status, NULL, -1, NULL);
    return good && status == PII_OK;
}

/* new Known([[entity, value, options], ...]) */
static napi_value known_new(napi_env env, napi_callback_info info)
{
    napi_value values = NULL;
    napi_value this = NULL;
    pii_known *known = NULL;
    if (!js__arguments(env, info, 1, &values, &this) || !build(env, values, &known))
        return NULL;
    return js__wrap(env, this, &tag, known, release) ? this : NULL;
}

bool js__add_known(napi_env env, napi_value exports)
{
    return js__add_class(env, exports, "Known", known_new, 0, NULL);
}
