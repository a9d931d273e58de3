#include "policy_action.h"

#include <string.h>

enum { ACTION, CONFIDENCE, TEXT, FIRST, LAST, TO, KEY, KEY_COUNT };

static const pii__yaml_key keys[KEY_COUNT] = {
    {"action", PII__VALUE_TEXT, false}, {"min_confidence", PII__VALUE_NUMBER, false},
    {"text", PII__VALUE_TEXT, false},   {"first", PII__VALUE_COUNT, false},
    {"last", PII__VALUE_COUNT, false},  {"to", PII__VALUE_TEXT, false},
    {"key", PII__VALUE_TEXT, false},
};

#define BIT(key) (1u << (key))

/* Names of actions, and the keys that they may have besides. */
static const struct {
    const char *name;
    pii_action_kind kind;
    unsigned keys;
} actions[] = {
    {"replace", PII_ACTION_REPLACE, 0},
    {"number", PII_ACTION_NUMBER, 0},
    {"text", PII_ACTION_TEXT, BIT(TEXT)},
    {"mask", PII_ACTION_MASK, BIT(FIRST) | BIT(LAST)},
    {"remove", PII_ACTION_REMOVE, 0},
    {"keep", PII_ACTION_KEEP, 0},
    {"initial", PII_ACTION_INITIAL, 0},
    {"generalise", PII_ACTION_GENERALISE, BIT(TO)},
    {"shift", PII_ACTION_SHIFT, BIT(KEY)},
    {"pseudonym", PII_ACTION_PSEUDONYM, BIT(KEY)},
    {"surrogate", PII_ACTION_SURROGATE, BIT(KEY)},
    {"block", PII_ACTION_BLOCK, 0},
};

static const struct {
    const char *name;
    pii_generalise_level level;
} levels[] = {{"year", PII_GENERALISE_YEAR}, {"month", PII_GENERALISE_MONTH}, {"age", PII_GENERALISE_AGE}};

static bool is_text(const pii__yaml_node *node, const char *text)
{
    return node->size == strlen(text) && !memcmp(node->text, text, node->size);
}

static bool refuse(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field, const char *message,
                   const char *expected)
{
    pii__yaml_refuse(reader, node->place, field, message, expected);
    return false;
}

static bool read_name(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field, unsigned given,
                      pii__action_source *ret)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!is_text(node, actions[i].name))
            continue;
        ret->acts = true;
        ret->action.kind = actions[i].kind;
        if (given & ~actions[i].keys)
            return refuse(reader, node, field, "a key that this action does not have",
                          "text with text, first and last with mask, to with generalise, key with shift, pseudonym "
                          "and surrogate");
        if (actions[i].kind == PII_ACTION_TEXT && !given)
            return refuse(reader, node, field, "missing key", "text");
        return true;
    }
    return refuse(reader, node, field, "unknown action", PII__ACTION_EXPECTED);
}

static bool read_level(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field, pii_action *ret)
{
    for (size_t i = 0; node && i < sizeof levels / sizeof *levels; i++)
        if (is_text(node, levels[i].name)) {
            ret->level = levels[i].level;
            return true;
        }
    return !node || refuse(reader, node, field, "unknown word", "year, month or age");
}

bool pii__policy_action_read(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field,
                             pii__action_source *ret)
{
    const pii__yaml_node *values[KEY_COUNT];
    unsigned given = 0;
    *ret = (pii__action_source){.min_confidence = -1};
    if (node->kind == PII__YAML_SCALAR)
        return read_name(reader, node, field, 0, ret);
    if (node->kind != PII__YAML_MAPPING)
        return refuse(reader, node, field, "not an action", PII__ACTION_EXPECTED);
    if (!pii__yaml_read_mapping(reader, node, field, keys, KEY_COUNT, values))
        return false;
    for (unsigned i = TEXT; i < KEY_COUNT; i++)
        given |= values[i] ? BIT(i) : 0;
    ret->min_confidence = pii__yaml_number_of(values[CONFIDENCE], -1);
    ret->action.text = values[TEXT] ? values[TEXT]->text : NULL;
    ret->action.key = values[KEY] ? values[KEY]->text : NULL;
    ret->action.keep_first = (unsigned)pii__yaml_number_of(values[FIRST], 0);
    ret->action.keep_last = (unsigned)pii__yaml_number_of(values[LAST], 0);
    if (!read_level(reader, values[TO], field, &ret->action))
        return false;
    if (values[ACTION])
        return read_name(reader, values[ACTION], field, given, ret);
    return !given || refuse(reader, node, field, "missing key", "action");
}
