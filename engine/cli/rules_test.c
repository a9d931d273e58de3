/* rules test - the tests that stand beside the rules.
 *
 * What a rule makes of a text is read from the candidates of pii_explain, before
 * overlaps are resolved: a test says something about its own rule alone. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "rule_files.h"
#include "writer.h"

struct verdict {
    const pii_rule_test *test;
    bool exact; /* the rule found exactly the span */
    size_t found;
    uint64_t begin; /* of the first one found */
    uint64_t end;
};

static void look(void *context, const pii_explanation *explanation)
{
    struct verdict *verdict = context;
    if (explanation->decision != PII_DECISION_ACCEPTED || strcmp(explanation->rule, verdict->test->rule) != 0)
        return;
    if (verdict->found++ == 0) {
        verdict->begin = explanation->begin;
        verdict->end = explanation->end;
    }
    verdict->exact |= explanation->begin == verdict->test->begin && explanation->end == verdict->test->end;
}

static void print_failure(struct writer *writer, const struct verdict *verdict)
{
    const pii_rule_test *test = verdict->test;
    writer_text(writer, test->file);
    writer_format(writer, ":%u: %s: ", test->line, test->rule);
    if (test->match)
        writer_format(writer, "expected a finding of bytes %zu to %zu, ", test->begin, test->end);
    else
        writer_text(writer, "expected no finding, ");
    if (verdict->found == 0)
        writer_text(writer, "found nothing\n");
    else
        writer_format(writer, "found bytes %" PRIu64 " to %" PRIu64 "\n", verdict->begin, verdict->end);
}

static exit_code run_test(pii_scrubber *scrubber, const pii_rule_test *test, struct writer *writer, bool *ret_passed)
{
    struct verdict verdict = {.test = test};
    pii_result result;
    pii_status status = pii_explain(scrubber, PII_FORMAT_TEXT, test->text, test->size, look, &verdict, &result);
    if (status != PII_OK)
        return message_status(test->file, status, result.error_offset);
    *ret_passed = test->match ? verdict.exact : verdict.found == 0;
    if (!*ret_passed)
        print_failure(writer, &verdict);
    return EXIT_DONE;
}

static exit_code run_tests(const pii_compiler *compiler, pii_scrubber *scrubber, struct writer *writer)
{
    const pii_rule_test *tests = NULL;
    size_t count = pii_compiler_tests(compiler, &tests);
    size_t passed = 0;
    for (size_t i = 0; i < count; i++) {
        bool pass = false;
        exit_code code = run_test(scrubber, &tests[i], writer, &pass);
        if (code != EXIT_DONE)
            return code;
        passed += pass;
    }
    writer_format(writer, "%zu passed, %zu failed\n", passed, count - passed);
    return passed == count ? EXIT_DONE : EXIT_INVALID;
}

/* Every entity is on, also those that the default policy leaves alone. */
static exit_code test_ruleset(const pii_compiler *compiler, pii_ruleset *ruleset)
{
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_policy_new(NULL, &policy);
    if (status == PII_OK) {
        pii_policy_set_all(policy, true);
        status = pii_scrubber_new(ruleset, policy, NULL, &scrubber);
    }
    exit_code code = status == PII_OK ? EXIT_DONE : message_setup("rules", status);
    if (code == EXIT_DONE) {
        struct writer writer;
        writer_init_stdout(&writer, NULL);
        code = run_tests(compiler, scrubber, &writer);
        code = exit_worst(code, writer_end(&writer));
        writer_free(&writer);
    }
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    return code;
}

static exit_code compile_and_test(pii_compiler *compiler, const struct options *options)
{
    exit_code code = rule_files_add_or_default(compiler, options->files, options->file_count);
    if (code > EXIT_INVALID)
        return code;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_finish(compiler, &ruleset);
    if (status == PII_ERROR_RULE)
        return rule_files_refused(compiler);
    if (status != PII_OK)
        return message_setup("rules", status);
    code = test_ruleset(compiler, ruleset);
    pii_ruleset_free(ruleset);
    return code;
}

exit_code command_rules_test(const struct options *options)
{
    pii_compiler *compiler = NULL;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        return message_memory();
    exit_code code = compile_and_test(compiler, options);
    pii_compiler_free(compiler);
    return code;
}
