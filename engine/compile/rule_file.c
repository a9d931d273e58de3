#include "rule_file.h"

#include <string.h>

#include "entity.h"
#include "limits.h"
#include "text_of.h"
#include "yaml_fields.h"

enum {
    default_before = 48, /* bytes of context */
    default_after = 16
};

bool pii__plain_name(const char *text, size_t size)
{
    if (!size || size > PII__NAME_SIZE_MAX || text[0] < 'a' || text[0] > 'z')
        return false;
    for (size_t i = 0; i < size; i++)
        if (!(text[i] >= 'a' && text[i] <= 'z') && !(text[i] >= '0' && text[i] <= '9') && text[i] != '_')
            return false;
    return true;
}

/* ---- Rules ---- */

static bool read_words(pii__yaml_reader *reader, const pii__yaml_node *map, const char *path, pii__words_source *ret)
{
    enum { WORDS, WEIGHT, COUNT };
    static const pii__yaml_key keys[COUNT] = {{"words", PII__VALUE_TEXTS, true}, {"weight", PII__VALUE_NUMBER, true}};
    const pii__yaml_node *values[COUNT];
    if (!map)
        return true;
    if (!pii__yaml_read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    *ret = (pii__words_source){.words = values[WORDS], .weight = pii__yaml_number_of(values[WEIGHT], 0)};
    return true;
}

static bool read_context(pii__yaml_reader *reader, const pii__yaml_node *map, const char *path, pii__rule_source *rule)
{
    enum { BEFORE, AFTER, BOOST, SUPPRESS, COUNT };
    static const pii__yaml_key keys[COUNT] = {{"before", PII__VALUE_COUNT, false},
                                              {"after", PII__VALUE_COUNT, false},
                                              {"boost", PII__VALUE_MAPPING, false},
                                              {"suppress", PII__VALUE_MAPPING, false}};
    const pii__yaml_node *values[COUNT];
    if (!map)
        return true;
    if (!pii__yaml_read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    if (!values[BOOST] && !values[SUPPRESS]) {
        pii__yaml_refuse(reader, map->place, path, "a context without words", "boost, suppress or both");
        return false;
    }
    rule->before = (uint32_t)pii__yaml_number_of(values[BEFORE], default_before);
    rule->after = (uint32_t)pii__yaml_number_of(values[AFTER], default_after);
    bool good = read_words(reader, values[BOOST], pii__yaml_join(reader, path, "boost"), &rule->boost);
    return read_words(reader, values[SUPPRESS], pii__yaml_join(reader, path, "suppress"), &rule->suppress) && good;
}

static bool read_tests(pii__yaml_reader *reader, const pii__yaml_node *map, const char *path, pii__rule_source *rule)
{
    enum { MATCH, PASS, COUNT };
    static const pii__yaml_key keys[COUNT] = {{"match", PII__VALUE_TEXTS, true}, {"pass", PII__VALUE_TEXTS, true}};
    const pii__yaml_node *values[COUNT];
    if (!map || !pii__yaml_read_mapping(reader, map, path, keys, COUNT, values))
        return false;
    rule->match = values[MATCH];
    rule->pass = values[PASS];
    return true;
}

/* An id is "<family>.<name>". */
static bool check_id(pii__yaml_reader *reader, const pii__yaml_node *id, const char *family, const char *path)
{
    size_t size = strlen(family);
    if (id->size <= PII__NAME_SIZE_MAX && id->size > size + 1 && !memcmp(id->text, family, size) &&
        id->text[size] == '.' && pii__plain_name(id->text + size + 1, id->size - size - 1))
        return true;
    pii__yaml_refuse(reader, id->place, pii__yaml_join(reader, path, "id"), "not a rule id of this file",
                     pii__arena_format(reader->arena, "%s.<name>, with <name> of small letters, digits and _", family));
    return false;
}

static bool read_rule(pii__yaml_reader *reader, const pii__yaml_node *map, const char *family, pii__rule_source *rule)
{
    enum { ID, ENTITY, DESCRIPTION, PATTERN, VALIDATOR, CONFIDENCE, CONTEXT, TESTS, COUNT };
    static const pii__yaml_key keys[COUNT] = {
        {"id", PII__VALUE_TEXT, true},          {"entity", PII__VALUE_TEXT, true},
        {"description", PII__VALUE_TEXT, true}, {"pattern", PII__VALUE_TEXT, true},
        {"validator", PII__VALUE_TEXT, false},  {"confidence", PII__VALUE_NUMBER, true},
        {"context", PII__VALUE_MAPPING, false}, {"tests", PII__VALUE_MAPPING, true},
    };
    const pii__yaml_node *values[COUNT];
    const char *path = pii__arena_format(reader->arena, "rules[%zu]", rule->index);
    if (!path)
        return false;
    if (map->kind != PII__YAML_MAPPING) {
        pii__yaml_refuse(reader, map->place, path, "not a rule",
                         "a mapping with id, entity, description, pattern, ...");
        return false;
    }
    bool good = pii__yaml_read_mapping(reader, map, path, keys, COUNT, values);
    if (values[ID])
        good &= check_id(reader, values[ID], family, path);
    rule->id = values[ID];
    rule->entity = values[ENTITY];
    rule->description = values[DESCRIPTION];
    rule->pattern = values[PATTERN];
    rule->validator = values[VALIDATOR];
    rule->confidence = pii__yaml_number_of(values[CONFIDENCE], 0);
    good &= read_context(reader, values[CONTEXT], pii__yaml_join(reader, path, "context"), rule);
    return read_tests(reader, values[TESTS], pii__yaml_join(reader, path, "tests"), rule) && good;
}

static bool read_rules(pii__yaml_reader *reader, const pii__yaml_node *sequence, pii__rule_file *file)
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

static bool check_entities(pii__yaml_reader *reader, const pii__yaml_node *sequence)
{
    bool good = true;
    for (const pii__yaml_node *item = sequence ? sequence->first : NULL; item; item = item->next) {
        bool valid = strlen(item->text) == item->size && pii__entity_name_valid(item->text);
        bool builtin = valid && pii__entity_find(item->text);
        if (!valid)
            pii__yaml_refuse(reader, item->place, "entities", "not an entity name",
                             "capital letters, digits and _, as in STUDENT_ID");
        else if (builtin)
            pii__yaml_refuse(reader, item->place, "entities", "this entity is built in", "only entities of your own");
        good &= valid && !builtin;
    }
    return good;
}

static bool check_lists(pii__yaml_reader *reader, const pii__yaml_node *map)
{
    bool good = true;
    for (const pii__yaml_node *list = map ? map->first : NULL; list; list = list->next) {
        const char *path = pii__yaml_join(reader, "lists", list->key->text);
        if (!pii__plain_name(list->key->text, list->key->size)) {
            pii__yaml_refuse(reader, list->key->place, path, "not a list name", "small letters, digits and _");
            good = false;
        }
        for (const pii__yaml_node *other = map->first; other != list; other = other->next) {
            if (strcmp(other->key->text, list->key->text))
                continue;
            pii__yaml_refuse(reader, list->key->place, path, "duplicate key", "each list once");
            good = false;
            break;
        }
        good &= pii__yaml_check_texts(reader, list, path);
    }
    return good;
}

static bool read_file(pii__yaml_reader *reader, const pii__yaml_node *root, pii__rule_file *file)
{
    enum { SCHEMA, FAMILY, DESCRIPTION, ENTITIES, LISTS, RULES, COUNT };
    static const pii__yaml_key keys[COUNT] = {
        {"piiglet", PII__VALUE_TEXT, true},     {"family", PII__VALUE_TEXT, true},
        {"description", PII__VALUE_TEXT, true}, {"entities", PII__VALUE_TEXTS, false},
        {"lists", PII__VALUE_MAPPING, false},   {"rules", PII__VALUE_SEQUENCE, true},
    };
    const pii__yaml_node *values[COUNT];
    bool good = pii__yaml_read_mapping(reader, root, "", keys, COUNT, values);
    if (values[SCHEMA])
        good &= pii__yaml_check_schema(reader, root, values[SCHEMA]);
    const pii__yaml_node *family = values[FAMILY];
    if (!family)
        return false;
    if (!pii__plain_name(family->text, family->size)) {
        pii__yaml_refuse(reader, family->place, "family", "not a family name", "small letters, digits and _");
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
    pii__yaml_reader reader = {.arena = arena, .report = report};
    pii__rule_file file = {0};
    bool good = false;
    if (tree->root && tree->root->kind == PII__YAML_MAPPING)
        good = read_file(&reader, tree->root, &file);
    else
        pii__yaml_refuse(&reader, (pii__place){1, 1}, "", "not a rule file", "a mapping that starts with piiglet: 1");
    if (arena->failed || report->failed)
        return PII_ERROR_MEMORY;
    if (!good)
        return PII_ERROR_RULE;
    *ret = file;
    return PII_OK;
}
