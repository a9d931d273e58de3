#include "native.h"

size_t js__units(const js__input *input, uint64_t byte)
{
    pii__place place = {.data = input->data, .unit = input->unit};
    return pii__place_move(&place, (size_t)byte);
}

static napi_value finding_object(napi_env env, const pii_finding *finding, pii__place *place)
{
    double begin = (double)finding->begin;
    double end = (double)finding->end;
    if (place) {
        begin = (double)pii__place_move(place, (size_t)finding->begin);
        end = (double)pii__place_move(place, (size_t)finding->end);
    }
    const char *const number_names[] = {"begin", "end", "byteBegin", "byteEnd", "confidence", "replacementSize"};
    const double numbers[] = {begin, end, (double)finding->begin, (double)finding->end, finding->confidence,
                              (double)finding->replacement_size};
    const char *const text_names[] = {"entity", "rule", "path"};
    const char *const texts[] = {finding->entity, finding->rule, finding->path};
    napi_property_descriptor properties[9] = {{0}};
    bool good = true;
    for (size_t i = 0; i < 9; i++) {
        properties[i].attributes = napi_enumerable;
        properties[i].utf8name = i < 3 ? text_names[i] : number_names[i - 3];
        if (i < 3)
            properties[i].value = js__string(env, texts[i]);
        else
            good = good && js__good(env, napi_create_double(env, numbers[i - 3], &properties[i].value));
        good = good && properties[i].value;
    }
    napi_value object = NULL;
    good = good && js__good(env, napi_create_object(env, &object)) &&
           js__good(env, napi_define_properties(env, object, 9, properties));
    return good ? object : NULL;
}

napi_value js__findings(napi_env env, const pii_finding *findings, size_t count, const js__input *input)
{
    pii__place place = {0};
    if (input)
        place = (pii__place){.data = input->data, .unit = input->unit};
    napi_value array = NULL;
    if (!js__good(env, napi_create_array_with_length(env, count, &array)))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        napi_handle_scope scope = NULL;
        if (!js__good(env, napi_open_handle_scope(env, &scope)))
            return NULL;
        napi_value finding = finding_object(env, &findings[i], input ? &place : NULL);
        bool good = finding && js__good(env, napi_set_element(env, array, (uint32_t)i, finding));
        napi_close_handle_scope(env, scope);
        if (!good)
            return NULL;
    }
    return array;
}
