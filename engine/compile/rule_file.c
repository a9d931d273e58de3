#include "rule_file.h"

#include <string.h>

#include "entity.h"
#include "limits.h"
#include "text_of.h"

enum {
    keys_max = 8,        /* of one kind of mapping */
    default_before = 48, /* bytes of context */
    default_after = 16
};

typedef enum value_kind {
    VALUE_TEXT,     /* a scalar that is not empty */
    VALUE_NUMBER,   /* 0 to 1 */
    VALUE_COUNT,    /* below PII__RULE_REACH_MAX */
    VALUE_TEXTS,    /* a sequence of one or more texts */
    VALUE_SEQUENCE, /* of one or more values */
    VALUE_MAPPING
} value_kind;

typedef struct key {
    const char *name;
    value_kind kind;
    bool required;
} key;

typedef struct file_reader {
    pii__arena *arena; /* of the tree; also of field paths */
    pii__report *report;
} file_reader;

static void refuse(file_reader *reader, pii__place place, const char *field, const char *message, const char *expected)
{
    pii__report_add(reader->report, PII_SEVERITY_ERROR, place, field, message, expected);
}

/* ---- Single values ---- */

bool pii__plain_name(const char *text, size_t size)
{
    if (!size || size > PII__NAME_SIZE_MAX || text[0] < 'a' || text[0] > 'z')
        return false;
    for (size_t i = 0; i < size; i++)
        if (!(text[i] >= 'a' && text[i] <= 'z') && !(text[i] >= '0' && text[i] <= '9') && text[i] != '_')
            return false;
    return true;
}

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

static bool check_text(file_reader *reader, const pii__yaml_node *node, const char *field)
{
    if (is_text(node))
        return true;
    refuse(reader, node->place, field, node->kind == PII__YAML_SCALAR ? "empty value" : "not a text", "a text");
    return false;
}

static bool check_texts(file_reader *reader, const pii__yaml_node *node, const char *field)
{
    if (!field)
        return false;
    if (node->kind != PII__YAML_SEQUENCE || !node->count) {
        refuse(reader, node->place, field, "not a list of texts", "one or more texts, as in [a, b]");
        return false;
    }
    bool good = true;
    size_t index = 0;
    for (const pii__yaml_node *item = node->first; item; item = item->next, index++)
        if (!is_text(item))
            good = check_text(reader, item, pii__arena_format(reader->arena, "%s[%zu]", field, index));
    return good;
}

static bool check_value(file_reader *reader, const pii__yaml_node *node, value_kind kind, const char *field)
{
    double number = -1;
    switch (kind) {
    case VALUE_TEXT: return check_text(reader, node, field);
    case VALUE_TEXTS: return check_texts(reader, node, field);
    case VALUE_NUMBER:
        if (node->kind == PII__YAML_SCALAR && parse_number(node, &number) && number <= 1)
            return true;
        refuse(reader, node->place, field, "not a number from 0 to 1", "a number such as 0.6");
        return false;
    case VALUE_COUNT:
        if (node->kind == PII__YAML_SCALAR && !memchr(node->text, '.', node->size) && parse_number(node, &number) &&
            number < PII__RULE_REACH_MAX)
            return true;
        refuse(reader, node->place, field, "not a number of bytes",
               "a whole number below " PII__TEXT_OF(PII__RULE_REACH_MAX));
        return false;
    case VALUE_SEQUENCE:
        if (node->kind == PII__YAML_SEQUENCE && node->count)
            return true;
        refuse(reader, node->place, field, "not a list", "one or more entries, each after a \"- \"");
        return false;
    default:
        if (node->kind == PII__YAML_MAPPING)
            return true;
        refuse(reader, node->place, field, "not a mapping", "keys and values");
        return false;
    }
}

/* ---- Mappings ---- */

static const char *key_list(file_reader *reader, const key *keys, size_t count)
{
    const char *text = "one of";
    for (size_t i = 0; i < count && text; i++)
        text = pii__arena_format(reader->arena, "%s %s", text, keys[i].name);
    return text;
}

static const char *join_path(file_reader *reader, const char *path, const char *name)
{
    if (!path || !name)
        return NULL;
    return *path ? pii__arena_format(reader->arena, "%s.%s", path, name) : name;
}

/* Fills values[i] with the value of keys[i], NULL where it is missing or
 * wrong; false after any error. */
static bool read_mapping(file_reader *reader, const pii__yaml_node *map, const char *path, const key *keys,
                         size_t count, const pii__yaml_node **values)
{
    bool good = true, seen[keys_max] = {false};
    for (size_t i = 0; i < count; i++)
        values[i] = NULL;
    for (const pii__yaml_node *entry = map->first; entry; entry = entry->next) {
        const char *name = entry->key->text, *field = join_path(reader, path, name);
        size_t i = 0;
        while (i < count && (strcmp(keys[i].name, name) || strlen(name) != entry->key->size))
            i++;
        if (i == count || seen[i]) {
            refuse(reader, entry->key->place, field, i == count ? "unknown key" : "duplicate key",
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
        refuse(reader, map->place, join_path(reader, path, keys[i].name), "missing key", keys[i].name);
        good = false;
    }
    return good;
}

static double number_of(const pii__yaml_node *node, double absent)
{
    double value = absent;
    if (node)
        (void)parse_number(node, &value);
    return value;
}

/* ---- Rules ---- */

static bool read_words(file_reader *reader, const pii__yaml_node *map, const char *path, pii__words_source *ret)
{
    enum { WORDS, WEIGHT, COUNT };
    static const key keys[COUNT] = {{"words", VALUE_TEXTS, true}, {"weight", VALUE_NUMBER, true}};
    const pii__yaml_node *values[COUNT];
    if (!map)
        return true;
    if (!read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    *ret = (pii__words_source){.words = values[WORDS], .weight = number_of(values[WEIGHT], 0)};
    return true;
}

static bool read_context(file_reader *reader, const pii__yaml_node *map, const char *path, pii__rule_source *rule)
{
    enum { BEFORE, AFTER, BOOST, SUPPRESS, COUNT };
    static const key keys[COUNT] = {{"before", VALUE_COUNT, false},
                                    {"after", VALUE_COUNT, false},
                                    {"boost", VALUE_MAPPING, false},
                                    {"suppress", VALUE_MAPPING, false}};
    const pii__yaml_node *values[COUNT];
    if (!map)
        return true;
    if (!read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    if (!values[BOOST] && !values[SUPPRESS]) {
        refuse(reader, map->place, path, "a context without words", "boost, suppress or both");
        return false;
    }
    rule->before = (uint32_t)number_of(values[BEFORE], default_before);
    rule->after = (uint32_t)number_of(values[AFTER], default_after);
    bool good = read_words(reader, values[BOOST], join_path(reader, path, "boost"), &rule->boost);
    return read_words(reader, values[SUPPRESS], join_path(reader, path, "suppress"), &rule->suppress) && good;
}

static bool read_tests(file_reader *reader, const pii__yaml_node *map, const char *path, pii__rule_source *rule)
{
    enum { MATCH, PASS, COUNT };
    static const key keys[COUNT] = {{"match", VALUE_TEXTS, true}, {"pass", VALUE_TEXTS, true}};
    const pii__yaml_node *values[COUNT];
    if (!map || !read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    rule->match = values[MATCH];
    rule->pass = values[PASS];
    return true;
}

/* An id is "<family>.<name>". */
static bool check_id(file_reader *reader, const pii__yaml_node *id, const char *family, const char *path)
{
    size_t size = strlen(family);
    if (id->size <= PII__NAME_SIZE_MAX && id->size > size + 1 && !memcmp(id->text, family, size) &&
        id->text[size] == '.' && pii__plain_name(id->text + size + 1, id->size - size - 1))
        return true;
    refuse(reader, id->place, join_path(reader, path, "id"), "not a rule id of this file",
           pii__arena_format(reader->arena, "%s.<name>, with <name> of small letters, digits and _", family));
    return false;
}

static bool read_rule(file_reader *reader, const pii__yaml_node *map, const char *family, pii__rule_source *rule)
{
    enum { ID, ENTITY, DESCRIPTION, PATTERN, VALIDATOR, CONFIDENCE, CONTEXT, TESTS, COUNT };
    static const key keys[COUNT] = {
        {"id", VALUE_TEXT, true},          {"entity", VALUE_TEXT, true},     {"description", VALUE_TEXT, true},
        {"pattern", VALUE_TEXT, true},     {"validator", VALUE_TEXT, false}, {"confidence", VALUE_NUMBER, true},
        {"context", VALUE_MAPPING, false}, {"tests", VALUE_MAPPING, true},
    };
    const pii__yaml_node *values[COUNT];
    const char *path = pii__arena_format(reader->arena, "rules[%zu]", rule->index);
    if (!path)
        return false;
    if (map->kind != PII__YAML_MAPPING) {
        refuse(reader, map->place, path, "not a rule", "a mapping with id, entity, description, pattern, ...");
        return false;
    }
    bool good = read_mapping(reader, map, path, keys, COUNT, values);
    if (values[ID])
        good &= check_id(reader, values[ID], family, path);
    rule->id = values[ID];
    rule->entity = values[ENTITY];
    rule->description = values[DESCRIPTION];
    rule->pattern = values[PATTERN];
    rule->validator = values[VALIDATOR];
    rule->confidence = number_of(values[CONFIDENCE], 0);
    good &= read_context(reader, values[CONTEXT], join_path(reader, path, "context"), rule);
    return read_tests(reader, values[TESTS], join_path(reader, path, "tests"), rule) && good;
}

static bool read_rules(file_reader *reader, const pii__yaml_node *sequence, pii__rule_file *file)
{
    file->rules = pii__arena_take_array(reader->arena, sequence->count, sizeof *file->rules);
    if (!file->rules)
        return false;
    bool good = true;
    for (const pii__yaml_node *item = sequence->first; item; item = item->next) {
        pii__rule_source *rule = &file->rules[file->rule_count];
        rule->index = file->rule_count++;
        good &= read_rule(reader, item, file->family, rule);
    }
    return good;
}

/* ---- Head of the file ---- */

static bool check_schema(file_reader *reader, const pii__yaml_node *root, const pii__yaml_node *schema)
{
    if (root->first != schema) {
        refuse(reader, schema->place, "piiglet", "the schema version is not the first key", "piiglet: 1 at the top");
        return false;
    }
    if (!strcmp(schema->text, PII__TEXT_OF(PII__RULE_SCHEMA)) && schema->style == PII__YAML_PLAIN)
        return true;
    refuse(reader, schema->place, "piiglet", "unknown schema version", PII__TEXT_OF(PII__RULE_SCHEMA));
    return false;
}

static bool check_entities(file_reader *reader, const pii__yaml_node *sequence)
{
    bool good = true;
    for (const pii__yaml_node *item = sequence ? sequence->first : NULL; item; item = item->next) {
        bool valid = strlen(item->text) == item->size && pii__entity_name_valid(item->text);
        bool builtin = valid && pii__entity_find(item->text);
        if (!valid)
            refuse(reader, item->place, "entities", "not an entity name",
                   "capital letters, digits and _, as in STUDENT_ID");
        else if (builtin)
            refuse(reader, item->place, "entities", "this entity is built in", "only entities of your own");
        good &= valid && !builtin;
    }
    return good;
}

static bool check_lists(file_reader *reader, const pii__yaml_node *map)
{
    bool good = true;
    for (const pii__yaml_node *list = map ? map->first : NULL; list; list = list->next) {
        const char *path = join_path(reader, "lists", list->key->text);
        if (!pii__plain_name(list->key->text, list->key->size)) {
            refuse(reader, list->key->place, path, "not a list name", "small letters, digits and _");
            good = false;
        }
        for (const pii__yaml_node *other = map->first; other != list; other = other->next) {
            if (strcmp(other->key->text, list->key->text))
                continue;
            refuse(reader, list->key->place, path, "duplicate key", "each list once");
            good = false;
            break;
        }
        good &= check_texts(reader, list, path);
    }
    return good;
}

static bool read_file(file_reader *reader, const pii__yaml_node *root, pii__rule_file *file)
{
    enum { SCHEMA, FAMILY, DESCRIPTION, ENTITIES, LISTS, RULES, COUNT };
    static const key keys[COUNT] = {
        {"piiglet", VALUE_TEXT, true},    {"family", VALUE_TEXT, true},    {"description", VALUE_TEXT, true},
        {"entities", VALUE_TEXTS, false}, {"lists", VALUE_MAPPING, false}, {"rules", VALUE_SEQUENCE, true},
    };
    const pii__yaml_node *values[COUNT];
    bool good = read_mapping(reader, root, "", keys, COUNT, values);
    if (values[SCHEMA])
        good &= check_schema(reader, root, values[SCHEMA]);
    const pii__yaml_node *family = values[FAMILY];
    if (!family)
        return false;
    if (!pii__plain_name(family->text, family->size)) {
        refuse(reader, family->place, "family", "not a family name", "small letters, digits and _");
        return false;
    }
    file->family = family->text;
    file->entities = values[ENTITIES];
    file->lists = values[LISTS];
    good &= check_entities(reader, file->entities);
    good &= check_lists(reader, file->lists);
    return values[RULES] && read_rules(reader, values[RULES], file) && good;
}

pii_status pii__rule_file_read(pii__arena *arena, pii__report *report, const pii__yaml_tree *tree, pii__rule_file *ret)
{
    file_reader reader = {.arena = arena, .report = report};
    pii__rule_file file = {0};
    bool good = false;
    if (tree->root && tree->root->kind == PII__YAML_MAPPING)
        good = read_file(&reader, tree->root, &file);
    else
        refuse(&reader, (pii__place){1, 1}, "", "not a rule file", "a mapping that starts with piiglet: 1");
    if (arena->failed || report->failed)
        return PII_ERROR_MEMORY;
    if (!good)
        return PII_ERROR_RULE;
    *ret = file;
    return PII_OK;
}
