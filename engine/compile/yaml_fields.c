#include "yaml_fields.h"

#include <string.h>

#include "limits.h"
#include "text_of.h"

enum { keys_max = 16 /* of one kind of mapping */ };

void pii__yaml_refuse(pii__yaml_reader *reader, pii__place place, const char *field, const char *message,
                      const char *expected)
{
    pii__report_add(reader->report, PII_SEVERITY_ERROR, place, field, message, expected);
}

/* ---- Single values ---- */

/* Digits with at most one point; no sign, no exponent, no locale. */
static bool parse_number(const pii__yaml_node *node, double *ret)
{
    double value = 0, unit = 1;
    size_t digits = 0;
    bool fraction = false;
    for (size_t i = 0; i < node->size; i++) {
        char c = node->text[i];
        if (c == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 9)
            return false;
        value = value * 10 + (c - '0');
        unit *= fraction ? 10 : 1;
    }
    *ret = value / unit;
    return digits > 0 && node->style == PII__YAML_PLAIN;
}

static bool is_text(const pii__yaml_node *node)
{
    return node->kind == PII__YAML_SCALAR && node->size;
}

bool pii__yaml_check_text(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field)
{
    if (is_text(node))
        return true;
    pii__yaml_refuse(reader, node->place, field, node->kind == PII__YAML_SCALAR ? "empty value" : "not a text",
                     "a text");
    return false;
}

bool pii__yaml_check_texts(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field)
{
    if (!field)
        return false;
    if (node->kind != PII__YAML_SEQUENCE || !node->count) {
        pii__yaml_refuse(reader, node->place, field, "not a list of texts", "one or more texts, as in [a, b]");
        return false;
    }
    bool good = true;
    size_t index = 0;
    for (const pii__yaml_node *item = node->first; item; item = item->next, index++)
        if (!is_text(item))
            good = pii__yaml_check_text(reader, item, pii__arena_format(reader->arena, "%s[%zu]", field, index));
    return good;
}

static bool check_value(pii__yaml_reader *reader, const pii__yaml_node *node, pii__value_kind kind, const char *field)
{
    double number = -1;
    switch (kind) {
    case PII__VALUE_ANY: return true;
    case PII__VALUE_TEXT: return pii__yaml_check_text(reader, node, field);
    case PII__VALUE_TEXTS: return pii__yaml_check_texts(reader, node, field);
    case PII__VALUE_NUMBER:
        if (node->kind == PII__YAML_SCALAR && parse_number(node, &number) && number <= 1)
            return true;
        pii__yaml_refuse(reader, node->place, field, "not a number from 0 to 1", "a number such as 0.6");
        return false;
    case PII__VALUE_COUNT:
        if (node->kind == PII__YAML_SCALAR && !memchr(node->text, '.', node->size) && parse_number(node, &number) &&
            number < PII__RULE_REACH_MAX)
            return true;
        pii__yaml_refuse(reader, node->place, field, "not a number of bytes",
                         "a whole number below " PII__TEXT_OF(PII__RULE_REACH_MAX));
        return false;
    case PII__VALUE_SEQUENCE:
        if (node->kind == PII__YAML_SEQUENCE && node->count)
            return true;
        pii__yaml_refuse(reader, node->place, field, "not a list", "one or more entries, each after a \"- \"");
        return false;
    default:
        if (node->kind == PII__YAML_MAPPING)
            return true;
        pii__yaml_refuse(reader, node->place, field, "not a mapping", "keys and values");
        return false;
    }
}

/* ---- Mappings ---- */

static const char *key_list(pii__yaml_reader *reader, const pii__yaml_key *keys, size_t count)
{
    const char *text = "one of";
    for (size_t i = 0; i < count && text; i++)
        text = pii__arena_format(reader->arena, "%s %s", text, keys[i].name);
    return text;
}

const char *pii__yaml_join(pii__yaml_reader *reader, const char *path, const char *name)
{
    if (!path || !name)
        return NULL;
    return *path ? pii__arena_format(reader->arena, "%s.%s", path, name) : name;
}

/* Fills values[i] with the value of keys[i], NULL where it is missing or
 * wrong; false after any error. */
bool pii__yaml_read_mapping(pii__yaml_reader *reader, const pii__yaml_node *map, const char *path,
                            const pii__yaml_key *keys, size_t count, const pii__yaml_node **values)
{
    bool good = true, seen[keys_max] = {false};
    for (size_t i = 0; i < count; i++)
        values[i] = NULL;
    for (const pii__yaml_node *entry = map->first; entry; entry = entry->next) {
        const char *name = entry->key->text, *field = pii__yaml_join(reader, path, name);
        size_t i = 0;
        while (i < count && (strcmp(keys[i].name, name) || strlen(name) != entry->key->size))
            i++;
        if (i == count || seen[i]) {
            pii__yaml_refuse(reader, entry->key->place, field, i == count ? "unknown key" : "duplicate key",
                             i == count ? key_list(reader, keys, count) : "each key once");
            good = false;
            continue;
        }
        seen[i] = true;
        if (check_value(reader, entry, keys[i].kind, field))
            values[i] = entry;
        else
            good = false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].required || seen[i])
            continue;
        pii__yaml_refuse(reader, map->place, pii__yaml_join(reader, path, keys[i].name), "missing key", keys[i].name);
        good = false;
    }
    return good;
}

double pii__yaml_number_of(const pii__yaml_node *node, double absent)
{
    double value = absent;
    if (node)
        (void)parse_number(node, &value);
    return value;
}

bool pii__yaml_check_schema(pii__yaml_reader *reader, const pii__yaml_node *root, const pii__yaml_node *schema)
{
    if (root->first != schema) {
        pii__yaml_refuse(reader, schema->place, "piiglet", "the schema version is not the first key",
                         "piiglet: 1 at the top");
        return false;
    }
    if (!strcmp(schema->text, PII__TEXT_OF(PII__YAML_SCHEMA)) && schema->style == PII__YAML_PLAIN)
        return true;
    pii__yaml_refuse(reader, schema->place, "piiglet", "unknown schema version", PII__TEXT_OF(PII__YAML_SCHEMA));
    return false;
}
