#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "results.h"

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (!json_is_array(json_object_get(root, "measurements")))
        bench_fail("%s is not a result of bench (line %d)", path, error.line);
    return root;
}

static const char *text(const json_t *entry, const char *key)
{
    const char *value = json_string_value(json_object_get(entry, key));
    return value != NULL ? value : "";
}

static double real(const json_t *entry, const char *key)
{
    return json_number_value(json_object_get(entry, key));
}

static const json_t *same_measurement(const json_t *list, const json_t *wanted)
{
    size_t index;
    json_t *entry;
    json_array_foreach(list, index,
                       entry) if (!strcmp(text(entry, "section"), text(wanted, "section")) &&
                                  !strcmp(text(entry, "subject"), text(wanted, "subject")) &&
                                  !strcmp(text(entry, "contestant"), text(wanted, "contestant"))) return entry;
    return NULL;
}

/* How much slower `after` is than `before`, as a share. Where both runs have a reference of their own
 * (memcpy, cat) only the ratios to it count: the machine's speed drifts between runs. */
static double loss(const json_t *before, const json_t *after)
{
    const char *key = real(before, "ratio") > 0 && real(after, "ratio") > 0 ? "ratio" : "median";
    double was = real(before, key);
    double is = real(after, key);
    if (!(was > 0) || !(is > 0))
        return 0;
    return !strcmp(text(after, "better"), "higher") ? was / is - 1 : is / was - 1;
}

/* Only what piiglet itself does can be a regression of piiglet. */
static bool ours(const json_t *entry)
{
    return strstr(text(entry, "contestant"), "piiglet") != NULL;
}

int bench_compare(const bench_options *options)
{
    json_t *before = load(options->old_json);
    json_t *after = load(options->new_json);
    const json_t *old_list = json_object_get(before, "measurements");
    const json_t *new_list = json_object_get(after, "measurements");
    size_t compared = 0;
    size_t worse = 0;
    size_t index;
    json_t *entry;
    json_array_foreach(old_list, index, entry)
    {
        if (!ours(entry))
            continue;
        const json_t *now = same_measurement(new_list, entry);
        double change = now != NULL ? loss(entry, now) : 0;
        const char *verdict = now == NULL                                               ? "missing"
                              : change > options->threshold                             ? "slower"
                              : change < -options->threshold / (1 + options->threshold) ? "faster"
                                                                                        : NULL;
        compared += now != NULL;
        worse += now != NULL && change > options->threshold;
        if (verdict != NULL)
            printf("%-8s %-10s %-16s %-30s %+.0f %%\n", verdict, text(entry, "section"), text(entry, "subject"),
                   text(entry, "contestant"), 100 * change);
    }
    printf("%zu measurements compared, %zu slower by more than %.0f %%\n", compared, worse, 100 * options->threshold);
    json_decref(before);
    json_decref(after);
    if (compared == 0)
        bench_fail("the two files have no measurement of piiglet in common");
    return worse > 0 ? 1 : 0;
}
