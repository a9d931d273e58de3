#include "native.h"

size_t js__units(const js__input *input, uint64_t byte)
{
    pii__place place = {.data = input->data, .unit = input->unit};
    return pii__place_move(&place, (size_t)byte);
}

/* One value after the other, which is much faster than to make objects here. */
typedef struct flat_array {
    napi_env env;
    napi_value array;
    uint32_t length;
    bool good;
} flat_array;

/* Adds a value that could be made, or not. */
static void add(flat_array *flat, napi_status made, napi_value value)
{
    flat->good = flat->good && js__good(flat->env, made) &&
                 js__good(flat->env, napi_set_element(flat->env, flat->array, flat->length++, value));
}

static void add_text(flat_array *flat, const char *text)
{
    napi_value value = NULL;
    napi_status made = napi_create_string_utf8(flat->env, text, NAPI_AUTO_LENGTH, &value);
    add(flat, made, value);
}

static void add_number(flat_array *flat, double number)
{
    napi_value value = NULL;
    napi_status made = napi_create_double(flat->env, number, &value);
    add(flat, made, value);
}

static void add_finding(flat_array *flat, const pii_finding *finding, pii__place *place)
{
    add_text(flat, finding->entity);
    add_text(flat, finding->rule);
    add_number(flat, (double)pii__place_move(place, (size_t)finding->begin));
    add_number(flat, (double)pii__place_move(place, (size_t)finding->end));
    add_number(flat, (double)finding->begin);
    add_number(flat, (double)finding->end);
    add_number(flat, finding->confidence);
    add_number(flat, (double)finding->replacement_size);
    add_text(flat, pii__action_name(finding->action));
    add_text(flat, finding->path);
    add_text(flat, finding->block);
}

napi_value js__findings(napi_env env, const pii_finding *findings, size_t count, const js__input *input)
{
    pii__place place = {.unit = PII__UNIT_BYTE};
    if (input)
        place = (pii__place){.data = input->data, .unit = input->unit};
    flat_array flat = {.env = env, .good = true};
    if (!js__good(env, napi_create_array(env, &flat.array)))
        return NULL;
    for (size_t i = 0; flat.good && i < count; i++) {
        napi_handle_scope scope = NULL;
        if (!js__good(env, napi_open_handle_scope(env, &scope)))
            return NULL;
        add_finding(&flat, &findings[i], &place);
        napi_close_handle_scope(env, scope);
    }
    return flat.good ? flat.array : NULL;
}
