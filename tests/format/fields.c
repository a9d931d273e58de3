/* fields DOCUMENTS - a field is a text of its own, whatever lies beside it.
 *
 * Random texts - rule vectors, over-long runs, invalid bytes - are scrubbed alone, and as the fields
 * of one document: the document must be what comes of writing the scrubbed texts. Texts below the
 * width of any rule lie between them. One document is one case. */
#include <stdlib.h>
#include <string.h>

#include "encodings.h"
#include "random.h"
#include "tally.h"

struct checker {
    test_session session;
    pii_scrubber *alone;
    pii_scrubber *together;
};

/* A fence in a field counts as a tab. */
static void take_out_fences(test_bytes *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] == '\f' || text->data[i] == '\v')
            text->data[i] = '\t';
}

/* Appends the field to both documents; false when the text cannot be scrubbed alone. */
static bool add_field(struct checker *checker, const struct format_encodings *format, const test_bytes *text,
                      test_bytes *document, test_bytes *expected)
{
    pii_result result;
    if (pii_scrub(checker->alone, PII_FORMAT_TEXT, text->data, text->size, &result) != PII_OK)
        return false;
    size_t done = 0;
    test_bytes content = {0}, scrubbed = {0};
    bytes_append_text(&content, "");
    bytes_append_text(&scrubbed, "");
    format->write_part(text->data, text->size, &content);
    format->quote(&content, document);
    bytes_free(&content);
    for (size_t i = 0; i < result.finding_count; i++) {
        const pii_finding *finding = &result.findings[i];
        format->write_part(text->data + done, (size_t)finding->begin - done, &scrubbed);
        bytes_append_text(&scrubbed, "[");
        bytes_append_text(&scrubbed, finding->entity);
        bytes_append_text(&scrubbed, "]");
        done = (size_t)finding->end;
    }
    format->write_part(text->data + done, text->size - done, &scrubbed);
    format->quote(&scrubbed, expected);
    bytes_free(&scrubbed);
    return true;
}

static void check_document(struct checker *checker, const struct format_encodings *format, uint64_t seed)
{
    static const size_t sizes[] = {0, 3, 20, 100, 100, 300, 1000, 9000, 90000};
    random_source random = {seed};
    test_bytes document = {0}, expected = {0};
    bool good = true;
    format->open(&document);
    format->open(&expected);
    for (size_t fields = 1 + random_below(&random, 40); good && fields; fields--) {
        test_bytes text = {0};
        size_t most = random_below(&random, sizeof sizes / sizeof *sizes - (fields % 10 ? 2 : 0));
        bytes_append_text(&text, "");
        random_text(&random, &checker->session, random_below(&random, sizes[most] + 1), &text);
        take_out_fences(&text);
        good = add_field(checker, format, &text, &document, &expected);
        if (fields > 1) {
            format->between(&document);
            format->between(&expected);
        }
        bytes_free(&text);
    }
    format->close(&document);
    format->close(&expected);
    pii_result result;
    good = good && pii_scrub(checker->together, format->format, document.data, document.size, &result) == PII_OK &&
           result.size == expected.size && memcmp(result.data, expected.data, expected.size) == 0;
    tally_case(good, "%s: document with seed %llu", pii_format_name(format->format), (unsigned long long)seed);
    bytes_free(&document);
    bytes_free(&expected);
}

int main(int argc, char **argv)
{
    struct checker checker = {0};
    unsigned long documents = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    if (!documents || !session_open(&checker.session))
        return 2;
    pii_policy_set_on_invalid(checker.session.policy, PII_INVALID_TEXT); /* for bytes that are not UTF-8 */
    if (pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.alone) != PII_OK ||
        pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.together) != PII_OK)
        return 2;
    for (size_t f = 0; encodings_at(f); f++)
        for (uint64_t seed = 1; encodings_at(f)->quote && seed <= documents; seed++)
            check_document(&checker, encodings_at(f), seed);
    pii_scrubber_free(checker.alone);
    pii_scrubber_free(checker.together);
    session_close(&checker.session);
    return tally_end();
}
