/* repeated DOCUMENTS - what a scrubber has seen before changes nothing.
 *
 * Random documents of few names and few values, so that all of them meet again, beside other ones: one scrubber
 * for all must answer as a new one does for each, also while known values change. One document in one format is
 * one case. */
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "session.h"
#include "tally.h"

struct checker {
    test_session session;
    pii_scrubber *old;
    pii_known *known;
};

static const char *const told[] = {"hello there", "R2-D2", "gamelab_setSprite", ""};

static const char *const names[] = {"phone", "score", "", "my number", "x", "backgroundColor", "zip code", "4155550134",
                                    "kid@example.org", "born", "telephone number of my mother who is at home"};
static const char *const values[] = {"4155550134", "415-555-0134", "hello there", "#9dc88d", "02139", "-90", "R2-D2",
                                     "7/4/2015", "kid@example.org", "caf\xC3\xA9 4155550134", "gamelab_setSprite", "",
                                     "mail me", "sound://category_animals/cat.mp3", "4155550134 4155550134"};

static const char *pick(random_source *random, const char *const *list, size_t count)
{
    return list[random_below(random, count)];
}

#define PICK(random, list) pick(random, list, sizeof(list) / sizeof *(list))

static void append_member(random_source *random, bool json, test_bytes *ret)
{
    const char *name = PICK(random, names), *value = PICK(random, values);
    bool number = value[0] == '4' && !strpbrk(value, "- ") && random_below(random, 2);
    const char *parts[] = {"\"", name, number ? "\":" : "\": \"", value, number ? "" : "\""};
    const char *element[] = {"<block name=\"", name, "\">", value, "</block>"};
    for (size_t i = 0; i < 5; i++)
        bytes_append_text(ret, json ? parts[i] : element[i]);
}

static void make_document(random_source *random, bool json, test_bytes *ret)
{
    size_t count = 1 + random_below(random, 12);
    bytes_append_text(ret, json ? "{" : "<xml>");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            bytes_append_text(ret, ", ");
        append_member(random, json, ret);
    }
    bytes_append_text(ret, json ? "}" : "</xml>");
}

/* Other known values, or none; the last ones are gone, so that they may lie at the same place in memory. */
static bool change_values(struct checker *checker, random_source *random)
{
    pii_known_builder *builder = NULL;
    const char *value = PICK(random, told);
    bool good = pii_scrubber_set_known(checker->old, NULL) == PII_OK;
    pii_known_free(checker->known);
    checker->known = NULL;
    good = good && pii_known_builder_new(NULL, &builder) == PII_OK &&
           (!*value || pii_known_builder_add(builder, "SECRET", value, strlen(value), 0) == PII_OK) &&
           pii_known_builder_finish(builder, &checker->known) == PII_OK &&
           pii_scrubber_set_known(checker->old, checker->known) == PII_OK;
    pii_known_builder_free(builder);
    return good;
}

static bool same(const pii_result *a, const pii_result *b)
{
    return a->size == b->size && a->outcome == b->outcome && memcmp(a->data, b->data, a->size) == 0 &&
           findings_equal(a->findings, a->finding_count, b->findings, b->finding_count);
}

static void count_candidate(void *context, const pii_explanation *explanation)
{
    (void)explanation;
    ++*(size_t *)context;
}

static void check_document(struct checker *checker, bool json, uint64_t seed)
{
    random_source random = {seed};
    pii_format format = json ? PII_FORMAT_JSON : PII_FORMAT_XML;
    test_bytes document = {0};
    make_document(&random, json, &document);
    pii_scrubber *new = NULL;
    pii_result a, b;
    size_t seen = 0, seen_new = 0;
    bool good = pii_scrubber_new(checker->session.ruleset, checker->session.policy, NULL, &new) == PII_OK &&
                (seed % 5 || change_values(checker, &random)) &&
                pii_scrubber_set_known(new, checker->known) == PII_OK &&
                pii_scrub(checker->old, format, document.data, document.size, &a) == PII_OK &&
                pii_scrub(new, format, document.data, document.size, &b) == PII_OK && same(&a, &b) &&
                pii_explain(checker->old, format, document.data, document.size, count_candidate, &seen, &a) == PII_OK &&
                pii_explain(new, format, document.data, document.size, count_candidate, &seen_new, &b) == PII_OK &&
                seen == seen_new;
    tally_case(good, "document %llu as %s", (unsigned long long)seed, json ? "JSON" : "XML");
    pii_scrubber_free(new);
    bytes_free(&document);
}

int main(int argc, char **argv)
{
    struct checker checker = {0};
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
    if (!session_open(&checker.session) ||
        pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.old) != PII_OK)
        return 2;
    for (uint64_t seed = 1; seed <= count; seed++)
        for (int json = 0; json < 2; json++)
            check_document(&checker, json != 0, seed);
    pii_scrubber_free(checker.old);
    pii_known_free(checker.known);
    session_close(&checker.session);
    return tally_end();
}
