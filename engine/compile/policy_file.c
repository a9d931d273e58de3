/* policy_file.c - a policy, as it is written in YAML. */
#include <string.h>

#include "arena.h"
#include "entity.h"
#include "limits.h"
#include "pattern.h"
#include "pattern_analysis.h"
#include "policy.h"
#include "policy_action.h"
#include "text_of.h"

#define HASH_DIGITS 64

/* What is wrong has been said, or, by its status, will be. */
typedef struct policy_reader {
    pii__yaml_reader yaml;
    pii_policy *policy;
    pii_status status; /* PII_OK, or what ends the reading: no memory, a limit */
} policy_reader;

static bool refuse(policy_reader *reader, pii__place place, const char *field, const char *message,
                   const char *expected)
{
    pii__yaml_refuse(&reader->yaml, place, field, message, expected);
    return false;
}

/* The answer of a setter: a wrong argument is a remark about what was to be set. */
static bool set(policy_reader *reader, pii_status status, const pii__yaml_node *node, const char *field,
                const char *expected)
{
    if (status == PII_OK)
        return true;
    if (status == PII_ERROR_ARGUMENT)
        return refuse(reader, node->place, field, "not a value that can be used here", expected);
    if (status == PII_ERROR_LIMIT)
        return refuse(reader, node->place, field, "too many entries", "fewer; docs/LIMITS.md says how many");
    reader->status = status;
    return false;
}

static const char *indexed(policy_reader *reader, const char *field, size_t index)
{
    return field ? pii__arena_format(reader->yaml.arena, "%s[%zu]", field, index) : NULL;
}

static bool is_word(const pii__yaml_node *node, const char *word)
{
    return node->kind == PII__YAML_SCALAR && node->size == strlen(word) && !memcmp(node->text, word, node->size);
}

/* One of two words; absent, it is the first. */
static bool choose(policy_reader *reader, const pii__yaml_node *node, const char *field, const char *first,
                   const char *second, bool *ret_second)
{
    *ret_second = node && is_word(node, second);
    if (!node || *ret_second || is_word(node, first))
        return true;
    return refuse(reader, node->place, field, "unknown word",
                  pii__arena_format(reader->yaml.arena, "%s or %s", first, second));
}

static bool check_entity(policy_reader *reader, const pii__yaml_node *node, const char *field)
{
    if (strlen(node->text) == node->size && pii__entity_name_valid(node->text))
        return true;
    return refuse(reader, node->place, field, "not an entity name", "capital letters, digits and _, as in EMAIL");
}

/* ---- Entities ---- */

static bool read_entity(policy_reader *reader, const pii__yaml_node *node, const char *field)
{
    const char *entity = node->key->text;
    pii__action_source source;
    if (is_word(node, "off"))
        return set(reader, pii_policy_set(reader->policy, entity, false), node, field, "");
    if (!pii__policy_action_read(&reader->yaml, node, field, &source))
        return false;
    bool good = set(reader, pii_policy_set(reader->policy, entity, true), node, field, "");
    if (good && source.min_confidence >= 0)
        good = set(reader, pii_policy_set_entity_confidence(reader->policy, entity, source.min_confidence), node, field,
                   "");
    if (good && source.acts)
        good = set(reader, pii_policy_set_action(reader->policy, entity, &source.action), node, field,
                   PII__ACTION_EXPECTED);
    return good;
}

static bool read_entities(policy_reader *reader, const pii__yaml_node *map)
{
    bool good = true;
    for (const pii__yaml_node *entry = map ? map->first : NULL; entry; entry = entry->next) {
        const char *field = pii__yaml_join(&reader->yaml, "entities", entry->key->text);
        if (!check_entity(reader, entry->key, field)) {
            good = false;
            continue;
        }
        for (const pii__yaml_node *other = map->first; other != entry; other = other->next)
            if (!strcmp(other->key->text, entry->key->text))
                good = refuse(reader, entry->key->place, field, "duplicate key", "each entity once");
        good &= read_entity(reader, entry, field);
    }
    return good;
}

/* ---- Places ---- */

static bool read_where(policy_reader *reader, const pii__yaml_node *project, const pii__yaml_node *path,
                       const char *field, pii_place *ret)
{
    pii_format format;
    *ret = (pii_place){project ? project->text : NULL, path ? path->text : NULL};
    if (path && !pii__path_pattern_valid(path->text))
        return refuse(reader, path->place, field, "not a path", "steps after slashes, as in /messages/*/text");
    if (project && (pii_format_find(project->text, &format) != PII_OK || format < PII_FORMAT_PROJECT))
        return refuse(reader, project->place, field, "not a kind of project", "one of docs/PROJECTS.md");
    return true;
}

static bool read_place(policy_reader *reader, const pii__yaml_node *map, const char *field)
{
    enum { PROJECT, PATH, ENTITY, ACTION, COUNT };
    static const pii__yaml_key keys[COUNT] = {{"project", PII__VALUE_TEXT, false},
                                              {"path", PII__VALUE_TEXT, false},
                                              {"entity", PII__VALUE_TEXT, false},
                                              {"action", PII__VALUE_ANY, true}};
    const pii__yaml_node *values[COUNT];
    pii__action_source source;
    pii_place place;
    if (map->kind != PII__YAML_MAPPING)
        return refuse(reader, map->place, field, "not a place", "a mapping with project, path, entity, action");
    if (!pii__yaml_read_mapping(&reader->yaml, map, field, keys, COUNT, values) ||
        !read_where(reader, values[PROJECT], values[PATH], field, &place) ||
        (values[ENTITY] && !check_entity(reader, values[ENTITY], field)) ||
        !pii__policy_action_read(&reader->yaml, values[ACTION], field, &source))
        return false;
    if (!place.project && !place.path)
        return refuse(reader, map->place, field, "a place that is everywhere", "project, path or both");
    if (!source.acts || source.min_confidence >= 0)
        return refuse(reader, values[ACTION]->place, field, "not an action of a place",
                      "an action without min_confidence");
    return set(
        reader,
        pii_policy_set_action_at(reader->policy, &place, values[ENTITY] ? values[ENTITY]->text : NULL, &source.action),
        map, field, PII__ACTION_EXPECTED);
}

/* ---- Columns ---- */

static bool read_columns(policy_reader *reader, const pii__yaml_node *map)
{
    bool good = true;
    for (const pii__yaml_node *entry = map ? map->first : NULL; entry; entry = entry->next) {
        const char *field = pii__yaml_join(&reader->yaml, "columns", entry->key->text);
        pii_status status = entry->kind == PII__YAML_SCALAR
                                ? pii_policy_set_field(reader->policy, entry->key->text, entry->text)
                                : PII_ERROR_ARGUMENT;
        good &= set(reader, status, entry, field, "an entity such as EMAIL, text, never or subject");
    }
    return good;
}

/* Reads each item of a sequence. */
static bool read_items(policy_reader *reader, const pii__yaml_node *sequence, const char *field,
                       bool (*read)(policy_reader *, const pii__yaml_node *, const char *))
{
    bool good = true;
    size_t index = 0;
    for (const pii__yaml_node *item = sequence ? sequence->first : NULL; item; item = item->next, index++)
        good &= read(reader, item, indexed(reader, field, index));
    return good;
}

/* ---- Allow list ---- */

/* The same is asked of it as of the pattern of a rule, and that no text makes it reach a limit. */
static bool read_pattern(policy_reader *reader, const pii_place *place, const char *entity, const pii__yaml_node *node,
                         const char *field)
{
    pii__syntax syntax;
    pii__pattern_facts facts;
    pii__pattern_problem problem = {0};
    pii__pattern_error error = {0};
    pii_status status = pii__pattern_parse(reader->yaml.arena, node->text, node->size, &syntax, &problem);
    if (status == PII_OK)
        status = pii__pattern_bounds(&syntax, &facts, &problem);
    if (status == PII_ERROR_RULE)
        return refuse(reader, node->place, field, problem.message, problem.expected);
    const char *whole = pii__arena_format(reader->yaml.arena, "\\A(?:%s)\\z", node->text);
    if (status == PII_OK && whole)
        status = pii__pattern_check(&reader->policy->allocator, whole, &error);
    if (status == PII_ERROR_RULE)
        return refuse(reader, node->place, field, error.message, "a pattern of PCRE2");
    if (status == PII_OK && whole)
        status = pii__policy_allow_pattern(reader->policy, place, entity, whole);
    return set(reader, whole ? status : PII_ERROR_MEMORY, node, field, "a pattern");
}

static bool read_allowed(policy_reader *reader, const pii__yaml_node *map, const char *field)
{
    enum { ENTITY, PROJECT, PATH, VALUES, DOMAINS, PATTERNS, COUNT };
    static const pii__yaml_key keys[COUNT] = {
        {"entity", PII__VALUE_TEXT, true},    {"project", PII__VALUE_TEXT, false},
        {"path", PII__VALUE_TEXT, false},     {"values", PII__VALUE_TEXTS, false},
        {"domains", PII__VALUE_TEXTS, false}, {"patterns", PII__VALUE_TEXTS, false},
    };
    const pii__yaml_node *values[COUNT];
    pii_place place;
    if (map->kind != PII__YAML_MAPPING)
        return refuse(reader, map->place, field, "not an entry",
                      "a mapping with entity, and values, domains, patterns");
    if (!pii__yaml_read_mapping(&reader->yaml, map, field, keys, COUNT, values) ||
        !check_entity(reader, values[ENTITY], field) ||
        !read_where(reader, values[PROJECT], values[PATH], field, &place))
        return false;
    if (!values[VALUES] && !values[DOMAINS] && !values[PATTERNS])
        return refuse(reader, map->place, field, "an entry that names nothing", "values, domains or patterns");
    const char *entity = values[ENTITY]->text;
    bool good = true;
    for (const pii__yaml_node *item = values[VALUES] ? values[VALUES]->first : NULL; item; item = item->next)
        good &= set(reader, pii_policy_allow_value(reader->policy, &place, entity, item->text, item->size), item, field,
                    "a value of at most " PII__TEXT_OF(PII__VALUE_SIZE_MAX) " bytes");
    for (const pii__yaml_node *item = values[DOMAINS] ? values[DOMAINS]->first : NULL; item; item = item->next)
        good &= set(reader, pii_policy_allow_domain(reader->policy, &place, entity, item->text), item, field,
                    "a host such as example.org, for EMAIL or URL");
    for (const pii__yaml_node *item = values[PATTERNS] ? values[PATTERNS]->first : NULL; item; item = item->next)
        good &= read_pattern(reader, &place, entity, item, field);
    return good;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hash(policy_reader *reader, const pii__yaml_node *node, const char *field)
{
    uint8_t hash[PII__ALLOW_HASH_SIZE];
    bool good = node->size == HASH_DIGITS;
    for (size_t i = 0; good && i < sizeof hash; i++) {
        int high = digit_of(node->text[2 * i]), low = digit_of(node->text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        hash[i] = (uint8_t)(good ? high << 4 | low : 0);
    }
    if (!good)
        return refuse(reader, node->place, field, "not a hash",
                      "64 digits and small letters, as piiglet scan --hashes "
                      "writes them");
    return set(reader, pii_policy_allow_hash(reader->policy, hash, sizeof hash), node, field, "");
}

/* ---- The file ---- */

/* Names are handed on as far as their first NUL, which would be something else. */
static bool refuse_nul(policy_reader *reader, const pii__yaml_node *node)
{
    if (node->kind == PII__YAML_SCALAR)
        return strlen(node->text) == node->size || refuse(reader, node->place, "", "a text with a NUL", "");
    bool good = true;
    for (const pii__yaml_node *item = node->first; item; item = item->next)
        good &= refuse_nul(reader, item);
    return good;
}

static bool read_settings(policy_reader *reader, const pii__yaml_node *base, const pii__yaml_node *limit,
                          const pii__yaml_node *invalid)
{
    bool all = base && is_word(base, "all"), none, redact, text;
    bool good = all || choose(reader, base, "base", "default", "none", &none);
    if (all || (good && none))
        pii_policy_set_all(reader->policy, all);
    good &= choose(reader, limit, "limit", "block", "redact", &redact);
    good &= choose(reader, invalid, "invalid", "block", "text", &text);
    pii_policy_set_on_limit(reader->policy, redact ? PII_LIMIT_REDACT : PII_LIMIT_BLOCK);
    pii_policy_set_on_invalid(reader->policy, text ? PII_INVALID_TEXT : PII_INVALID_BLOCK);
    return good;
}

static bool read_action(policy_reader *reader, const pii__yaml_node *node)
{
    pii__action_source source;
    if (!node)
        return true;
    if (!pii__policy_action_read(&reader->yaml, node, "action", &source))
        return false;
    if (!source.acts || source.min_confidence >= 0)
        return refuse(reader, node->place, "action", "not an action", "an action without min_confidence");
    return set(reader, pii_policy_set_action(reader->policy, NULL, &source.action), node, "action",
               PII__ACTION_EXPECTED);
}

static bool read_file(policy_reader *reader, const pii__yaml_node *root)
{
    enum {
        SCHEMA,
        NAME,
        DESCRIPTION,
        BASE,
        CONFIDENCE,
        LIMIT,
        INVALID,
        ACTION,
        ENTITIES,
        COLUMNS,
        PLACES,
        ALLOW,
        HASHES,
        COUNT
    };
    static const pii__yaml_key keys[COUNT] = {
        {"piiglet", PII__VALUE_TEXT, true},           {"policy", PII__VALUE_TEXT, true},
        {"description", PII__VALUE_TEXT, true},       {"base", PII__VALUE_TEXT, false},
        {"min_confidence", PII__VALUE_NUMBER, false}, {"limit", PII__VALUE_TEXT, false},
        {"invalid", PII__VALUE_TEXT, false},          {"action", PII__VALUE_ANY, false},
        {"entities", PII__VALUE_MAPPING, false},      {"columns", PII__VALUE_MAPPING, false},
        {"places", PII__VALUE_SEQUENCE, false},       {"allow", PII__VALUE_SEQUENCE, false},
        {"allow_hashes", PII__VALUE_TEXTS, false},
    };
    const pii__yaml_node *values[COUNT];
    bool good = pii__yaml_read_mapping(&reader->yaml, root, "", keys, COUNT, values);
    if (values[SCHEMA])
        good &= pii__yaml_check_schema(&reader->yaml, root, values[SCHEMA]);
    if (!good)
        return false;
    good &= read_settings(reader, values[BASE], values[LIMIT], values[INVALID]);
    if (values[CONFIDENCE])
        good &= set(reader, pii_policy_set_min_confidence(reader->policy, pii__yaml_number_of(values[CONFIDENCE], 0)),
                    values[CONFIDENCE], "min_confidence", "");
    good &= read_action(reader, values[ACTION]);
    good &= read_entities(reader, values[ENTITIES]);
    good &= read_columns(reader, values[COLUMNS]);
    good &= read_items(reader, values[PLACES], "places", read_place);
    good &= read_items(reader, values[ALLOW], "allow", read_allowed);
    return read_items(reader, values[HASHES], "allow_hashes", read_hash) && good;
}

static pii_status read_yaml(policy_reader *reader, const void *yaml, size_t size)
{
    pii__yaml_tree tree;
    if (size > PII__POLICY_FILE_SIZE_MAX) {
        (void)refuse(reader, (pii__place){0}, "", "the file is too large", "at most 4 MiB");
        return reader->yaml.report->failed ? PII_ERROR_MEMORY : PII_ERROR_RULE;
    }
    pii_status status = pii__yaml_read(reader->yaml.arena, reader->yaml.report, yaml, size, &tree);
    if (status != PII_OK)
        return status;
    bool good = tree.root && tree.root->kind == PII__YAML_MAPPING
                    ? refuse_nul(reader, tree.root) && read_file(reader, tree.root)
                    : refuse(reader, (pii__place){1, 1}, "", "not a policy", "a mapping that starts with piiglet: 1");
    if (reader->yaml.arena->failed || reader->yaml.report->failed)
        return PII_ERROR_MEMORY;
    if (reader->status != PII_OK)
        return reader->status;
    return good ? PII_OK : PII_ERROR_RULE;
}

static void copy_text(char *ret, size_t room, const char *text)
{
    size_t size = strlen(text);
    if (size >= room)
        size = room - 1;
    while (size && ((uint8_t)text[size] & 0xC0) == 0x80)
        size--; /* not in the middle of a character */
    memcpy(ret, text, size);
    ret[size] = '\0';
}

/* The first remark. */
static void tell(const pii__report *report, pii_policy_error *ret)
{
    *ret = (pii_policy_error){0};
    if (!report->count)
        return;
    const pii_diagnostic *first = &report->items[0];
    const char *message = *first->expected
                              ? pii__arena_format(report->arena, "%s; expected: %s", first->message, first->expected)
                              : first->message;
    ret->line = first->line;
    ret->column = first->column;
    copy_text(ret->field, sizeof ret->field, first->field);
    copy_text(ret->message, sizeof ret->message, message ? message : first->message);
}

pii_status pii_policy_load(const pii_allocator *allocator, const void *yaml, size_t size, pii_policy **ret,
                           pii_policy_error *ret_error)
{
    if (!ret || (!yaml && size))
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii__arena arena;
    pii__report report;
    policy_reader reader = {.yaml = {&arena, &report}};
    pii__arena_init(&arena, &own);
    pii__report_init(&report, &arena);
    pii_status status = pii_policy_new(&own, &reader.policy);
    if (status == PII_OK)
        status = read_yaml(&reader, yaml ? yaml : "", size);
    if (status == PII_OK)
        *ret = reader.policy;
    else
        pii_policy_free(reader.policy);
    if (status == PII_ERROR_RULE && ret_error)
        tell(&report, ret_error);
    pii__report_free(&report);
    pii__arena_free(&arena);
    return status;
}
