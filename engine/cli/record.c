#include "record.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

/* Where there is no memory for the next byte of a string, jansson goes on without that byte: then findings would be
 * told of another text, so nothing is. What was written before stands. */
static void *allocate(size_t size)
{
    void *block = malloc(size);
    if (!block)
        _Exit((int)message_memory());
    return block;
}

void record_begin(void)
{
    json_set_alloc_funcs(allocate, free);
}

static bool hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Whether an escape of a surrogate, \ud800 to \udfff, begins at `at`; `*ret_low`
 * says which half it is. */
static bool surrogate(const char *at, const char *end, bool *ret_low)
{
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u' || (at[2] | 0x20) != 'd' || !hex(at[3]) || !hex(at[4]) ||
        !hex(at[5]))
        return false;
    char third = (char)(at[3] | 0x20);
    *ret_low = third >= 'c' && third <= 'f';
    return *ret_low || at[3] == '8' || at[3] == '9' || third == 'a' || third == 'b';
}

static void repair_surrogates(char *line, size_t size)
{
    char *end = line + size;
    for (char *at = line; (at = memchr(at, '\\', (size_t)(end - at))) != NULL;) {
        bool low, low_follows;
        if (!surrogate(at, end, &low)) {
            at += end - at < 2 ? 1 : 2;
        } else if (!low && surrogate(at + 6, end, &low_follows) && low_follows) {
            at += 12;
        } else {
            memcpy(at, "\\ufffd", 6);
            at += 6;
        }
    }
}

/* ---- The id as it was written. The line is valid JSON by now. ---- */

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Behind the string that begins at `at`. */
static const char *skip_string(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

/* Behind the value that begins at `at`. */
static const char *skip_value(const char *at)
{
    size_t depth = 0;
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        else if (*at == '}' || *at == ']')
            depth--;
        at++;
    } while (depth > 0 || (*at && !strchr(",]} \t\r\n", *at)));
    return at;
}

/* Finds the value of the key `id`, written plainly, in the object at `line`. */
static bool find_id(struct record *record, const char *line)
{
    const char *at = skip_blanks(line);
    do {
        const char *key = skip_blanks(at + 1);
        const char *key_end = skip_string(key);
        const char *value = skip_blanks(skip_blanks(key_end) + 1);
        const char *value_end = skip_value(value);
        if (key_end - key == 4 && !memcmp(key, "\"id\"", 4)) {
            record->id = value;
            record->id_size = (size_t)(value_end - value);
            return true;
        }
        at = skip_blanks(value_end);
    } while (*at == ',');
    return false;
}

static bool refuse(struct record *record, struct record_error *error, const char *message, size_t offset)
{
    *error = (struct record_error){message, offset};
    record_free(record);
    return false;
}

bool record_read(struct record *record, char *line, size_t size, struct record_error *ret_error)
{
    *record = (struct record){0};
    repair_surrogates(line, size);
    json_error_t error;
    record->root = json_loadb(line, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    if (!record->root)
        return refuse(record, ret_error, "not valid JSON", error.position > 0 ? (size_t)error.position : 0);
    const json_t *id = json_object_get(record->root, "id");
    if (!json_is_object(record->root))
        return refuse(record, ret_error, "not a JSON object", 0);
    if (!id || json_is_object(id) || json_is_array(id) || !find_id(record, line))
        return refuse(record, ret_error, "no \"id\" that is a string, number, true, false or null", 0);
    return true;
}

record_answer record_field(const struct record *record, const char *name, const char **ret_text, size_t *ret_size)
{
    const json_t *value = json_object_get(record->root, name);
    if (!value || json_is_null(value))
        return RECORD_NONE;
    if (!json_is_string(value))
        return RECORD_NO_TEXT;
    *ret_text = json_string_value(value);
    *ret_size = json_string_length(value);
    return RECORD_TEXT;
}

void record_free(struct record *record)
{
    json_decref(record->root);
    record->root = NULL;
}
