#include "native.h"

#include <stdlib.h>
#include <string.h>

/* Room for `size` bytes: in the input itself where they are few. */
static char *room(napi_env env, js__input *input, size_t size)
{
    if (size <= sizeof input->small)
        return input->small;
    input->copy = malloc(size);
    if (!input->copy)
        napi_throw_error(env, NULL, pii_status_text(PII_ERROR_MEMORY));
    return input->copy;
}

/* The first half of a surrogate pair that has no other half, in UTF-16 units; `size`: there is none. */
static size_t find_lone_surrogate(const char16_t *text, size_t size)
{
    size_t i = 0;
    while (i < size) {
        bool first = text[i] >= 0xD800 && text[i] < 0xDC00;
        if (first && i + 1 < size && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
            i += 2;
        else if (text[i] >= 0xD800 && text[i] < 0xE000)
            return i;
        else
            i++;
    }
    return size;
}

/* V8 writes U+FFFD for half of a surrogate pair. Where there is one, the text itself is asked: such a half has no
 * UTF-8, so the text is refused with its place. */
static bool has_utf8(napi_env env, napi_value value, const char *utf8, size_t size)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    if (!memmem(utf8, size, replacement, 3))
        return true;
    size_t units = 0;
    if (!js__good(env, napi_get_value_string_utf16(env, value, NULL, 0, &units)))
        return false;
    char16_t *text = calloc(units + 1, sizeof *text);
    if (!text) {
        napi_throw_error(env, NULL, pii_status_text(PII_ERROR_MEMORY));
        return false;
    }
    bool good = js__good(env, napi_get_value_string_utf16(env, value, text, units + 1, &units));
    size_t lone = good ? find_lone_surrogate(text, units) : units;
    explicit_bzero(text, units * sizeof *text);
    free(text);
    if (lone < units)
        js__throw(env, PII_ERROR_INVALID, "half of a surrogate pair", (double)lone, NULL);
    return good && lone == units;
}

static bool open_string(napi_env env, napi_value value, js__input *ret)
{
    /* Of the two lengths, V8 knows that in UTF-16 without looking at the text; a unit is 3 bytes at most. */
    size_t units = 0;
    if (!js__good(env, napi_get_value_string_utf16(env, value, NULL, 0, &units)))
        return false;
    size_t capacity = units * 3 + 1;
    char *data = room(env, ret, capacity);
    if (!data || !js__good(env, napi_get_value_string_utf8(env, value, data, capacity, &ret->size)))
        return false;
    ret->data = data;
    ret->text = true;
    ret->unit = ret->size == units ? PII__UNIT_BYTE : PII__UNIT_UTF16; /* as many bytes: ASCII */
    return has_utf8(env, value, data, ret->size);
}

/* Bytes that another thread can change, because they are shared or read later, are copied. */
static bool open_bytes(napi_env env, napi_value value, bool keep, js__input *ret)
{
    bool is_array = false;
    bool whole = false;
    napi_typedarray_type type = napi_int8_array;
    void *data = NULL;
    napi_value memory = NULL;
    if (napi_is_typedarray(env, value, &is_array) != napi_ok || !is_array ||
        napi_get_typedarray_info(env, value, &type, &ret->size, &data, &memory, NULL) != napi_ok ||
        type != napi_uint8_array) {
        napi_throw_type_error(env, NULL, "piiglet takes a string, a Buffer or a Uint8Array");
        return false;
    }
    ret->unit = PII__UNIT_BYTE;
    ret->data = data;
    if (!keep && napi_is_arraybuffer(env, memory, &whole) == napi_ok && whole)
        return true;
    char *copy = room(env, ret, ret->size + 1);
    if (copy && ret->size > 0)
        memcpy(copy, data, ret->size);
    if (copy)
        copy[ret->size] = '\0';
    ret->data = copy;
    return copy != NULL;
}

bool js__input_open(napi_env env, napi_value value, bool keep, js__input *ret)
{
    ret->value = value;
    ret->data = NULL;
    ret->size = 0;
    ret->copy = NULL;
    ret->text = false;
    napi_valuetype type = napi_undefined;
    bool string = napi_typeof(env, value, &type) == napi_ok && type == napi_string;
    bool good = string ? open_string(env, value, ret) : open_bytes(env, value, keep, ret);
    if (!good)
        js__input_close(ret);
    return good;
}

void js__input_close(js__input *input)
{
    if (input->data == input->small)
        explicit_bzero(input->small, input->size);
    if (!input->copy)
        return;
    explicit_bzero(input->copy, input->size);
    free(input->copy);
    input->copy = NULL;
}
