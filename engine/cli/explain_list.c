#include "explain_list.h"

#include <stdlib.h>
#include <string.h>

#define TINY 1e-6 /* sums of weights are decimal to people, binary in here */

void candidate_list_add(void *context, const pii_explanation *explanation)
{
    struct candidate_list *list = context;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct candidate *items = reallocarray(list->items, capacity, sizeof *items);
        if (!items) {
            list->out_of_memory = true;
            return;
        }
        list->items = items;
        list->capacity = capacity;
    }
    struct candidate *item = &list->items[list->count];
    *item = (struct candidate){.explanation = *explanation, .order = list->count++};
    item->explanation.features = NULL;
    if (explanation->feature_count > FEATURES_KEPT_MAX)
        item->explanation.feature_count = FEATURES_KEPT_MAX;
    if (item->explanation.feature_count > 0)
        memcpy(item->features, explanation->features, item->explanation.feature_count * sizeof item->features[0]);
}

void candidate_list_add_accepted(void *context, const pii_explanation *explanation)
{
    if (explanation->decision == PII_DECISION_ACCEPTED)
        candidate_list_add(context, explanation);
}

void candidate_list_free(struct candidate_list *list)
{
    free(list->items);
    *list = (struct candidate_list){0};
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->explanation.begin != b->explanation.begin)
        return a->explanation.begin < b->explanation.begin ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void candidate_list_sort(struct candidate_list *list)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

/* Names of rules, each once: far fewer than candidates. */
struct rule_names {
    const char **names;
    size_t count;
    size_t capacity;
};

static bool has_rule(const struct rule_names *rules, const char *rule)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rules->names[i] == rule)
            return true;
    return false;
}

static bool gather_rules(struct rule_names *rules, const struct candidate_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *rule = list->items[i].explanation.rule;
        if (has_rule(rules, rule))
            continue;
        if (rules->count == rules->capacity) {
            size_t capacity = rules->capacity ? rules->capacity * 2 : 64;
            const char **names = reallocarray(rules->names, capacity, sizeof *names);
            if (!names)
                return false;
            rules->names = names;
            rules->capacity = capacity;
        }
        rules->names[rules->count++] = rule;
    }
    return true;
}

static void add_off(struct candidate_list *list, const struct candidate *item)
{
    pii_explanation explanation = item->explanation;
    explanation.features = item->features;
    candidate_list_add(list, &explanation);
    if (!list->out_of_memory)
        list->items[list->count - 1].off = true;
}

void candidate_list_add_off(struct candidate_list *list, const struct candidate_list *accepted)
{
    struct rule_names on = {0};
    list->out_of_memory |= !gather_rules(&on, list);
    for (size_t i = 0; i < accepted->count && !list->out_of_memory; i++)
        if (!has_rule(&on, accepted->items[i].explanation.rule))
            add_off(list, &accepted->items[i]);
    free(on.names);
}

void candidate_list_keep(struct candidate_list *list, uint64_t begin, uint64_t end)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const pii_explanation *it = &list->items[i].explanation;
        if (it->begin < end && begin < it->end)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* How far a candidate is from being found; 2 and more: refused whatever its confidence. */
static double distance(const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    if (candidate->off)
        return 0;
    if (it->decision == PII_DECISION_INVALID)
        return 3 - it->rule_confidence;
    return it->minimum - it->confidence;
}

const struct candidate *candidate_list_nearest(const struct candidate_list *list)
{
    const struct candidate *nearest = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (!nearest || distance(&list->items[i]) < distance(nearest))
            nearest = &list->items[i];
    return nearest;
}

/* ---- What would have changed the decision ---- */

bool features_are_weights(const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    double sum = it->rule_confidence - it->base;
    for (size_t i = 0; i < it->feature_count; i++)
        sum += candidate->features[i].value;
    return it->feature_count > 0 && sum < TINY && sum > -TINY;
}

static bool reaches(const pii_explanation *it, double confidence)
{
    return confidence + TINY >= it->minimum;
}

/* The feature of the greatest weight whose absence turns the decision. */
static const pii_feature *turning_feature(const struct candidate *candidate, double sum, bool accepted)
{
    const pii_explanation *it = &candidate->explanation;
    const pii_feature *best = NULL;
    for (size_t i = 0; features_are_weights(candidate) && i < it->feature_count; i++) {
        const pii_feature *feature = &candidate->features[i];
        if (reaches(it, sum - feature->value) == accepted)
            continue;
        if (!best || (accepted ? feature->value > best->value : feature->value < best->value))
            best = feature;
    }
    return best;
}

static struct change change_of_accepted(const struct candidate *candidate, double sum)
{
    const pii_explanation *it = &candidate->explanation;
    if (it->boost > 0 && !reaches(it, sum - it->boost))
        return (struct change){CHANGE_WITHOUT_BOOST, sum - it->boost, NULL};
    if (it->suppress <= 0 && it->suppress_context.weight > 0 && !reaches(it, sum - it->suppress_context.weight))
        return (struct change){CHANGE_WITH_SUPPRESS, sum - it->suppress_context.weight, NULL};
    const pii_feature *feature = turning_feature(candidate, sum, true);
    if (feature)
        return (struct change){CHANGE_WITHOUT_FEATURE, sum - feature->value, feature};
    if (it->confidence < 1)
        return (struct change){CHANGE_MINIMUM, it->confidence, NULL};
    return (struct change){CHANGE_NONE, 0, NULL};
}

static struct change change_of_refused(const struct candidate *candidate, double sum)
{
    const pii_explanation *it = &candidate->explanation;
    if (it->suppress > 0 && reaches(it, sum + it->suppress))
        return (struct change){CHANGE_WITHOUT_SUPPRESS, sum + it->suppress, NULL};
    if (it->boost <= 0 && it->boost_context.weight > 0 && reaches(it, sum + it->boost_context.weight))
        return (struct change){CHANGE_WITH_BOOST, sum + it->boost_context.weight, NULL};
    const pii_feature *feature = turning_feature(candidate, sum, false);
    if (feature)
        return (struct change){CHANGE_WITHOUT_FEATURE, sum - feature->value, feature};
    if (it->confidence > 0)
        return (struct change){CHANGE_MINIMUM, it->confidence, NULL};
    return (struct change){CHANGE_NONE, 0, NULL};
}

struct change change_of(const struct candidate *candidate)
{
    const pii_explanation *it = &candidate->explanation;
    double sum = it->base + it->boost - it->suppress;
    if (candidate->off)
        return (struct change){CHANGE_ENTITY_ON, it->confidence, NULL};
    if (it->decision == PII_DECISION_INVALID)
        return (struct change){CHANGE_VALIDATOR, it->rule_confidence, NULL};
    if (it->decision == PII_DECISION_ACCEPTED)
        return change_of_accepted(candidate, sum);
    return change_of_refused(candidate, sum);
}
