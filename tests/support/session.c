#include "session.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *block, size_t *capacity, size_t wanted, size_t item_size)
{
    if (wanted <= *capacity && block != NULL)
        return block;
    *capacity = wanted < 64 ? 64 : wanted * 2;
    block = realloc(block, *capacity * item_size);
    if (block == NULL) {
        fputs("out of memory in the test itself\n", stderr);
        exit(2);
    }
    return block;
}

static bool add_default_files(pii_compiler *compiler)
{
    const char *name, *yaml;
    size_t size, count = pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        (void)pii_default_rule_file(i, &name, &yaml, &size);
        if (pii_compiler_add(compiler, name, yaml, size) != PII_OK)
            return false;
    }
    return true;
}

bool session_open(test_session *ret)
{
    *ret = (test_session){0};
    if (pii_compiler_new(NULL, &ret->compiler) == PII_OK && add_default_files(ret->compiler) &&
        pii_ruleset_default(NULL, &ret->ruleset) == PII_OK && pii_policy_new(NULL, &ret->policy) == PII_OK) {
        pii_policy_set_all(ret->policy, true);
        ret->vector_count = pii_compiler_tests(ret->compiler, &ret->vectors);
        return true;
    }
    fputs("the embedded rules do not load\n", stderr);
    session_close(ret);
    return false;
}

void session_close(test_session *session)
{
    pii_policy_free(session->policy);
    pii_ruleset_free(session->ruleset);
    pii_compiler_free(session->compiler);
}

void bytes_append(test_bytes *bytes, const void *data, size_t size)
{
    bytes->data = grown(bytes->data, &bytes->capacity, bytes->size + size, 1);
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

void bytes_append_text(test_bytes *bytes, const char *text)
{
    bytes_append(bytes, text, strlen(text));
}

void bytes_append_utf16(test_bytes *bytes, const char *text, size_t size)
{
    bytes_append(bytes, "\xFF\xFE", 2);
    for (size_t i = 0; i < size; i++)
        bytes_append(bytes, (char[]){text[i], 0}, 2);
}

void bytes_free(test_bytes *bytes)
{
    free(bytes->data);
}

void findings_append(test_findings *findings, const pii_finding *finding)
{
    findings->list = grown(findings->list, &findings->capacity, findings->count + 1, sizeof *finding);
    findings->list[findings->count++] = *finding;
}

void findings_free(test_findings *findings)
{
    free(findings->list);
}

bool session_set_actions(test_session *session, bool in_order)
{
    static const pii_action_kind kinds[] = {PII_ACTION_MASK,    PII_ACTION_PSEUDONYM, PII_ACTION_SURROGATE,
                                            PII_ACTION_KEEP,    PII_ACTION_REMOVE,    PII_ACTION_GENERALISE,
                                            PII_ACTION_INITIAL, PII_ACTION_NUMBER};
    size_t kind_count = sizeof kinds / sizeof *kinds - !in_order;
    bool good = pii_policy_add_key(session->policy, "k1", "0123456789abcdef0123456789abcdef", 32) == PII_OK;
    for (size_t i = 0; good && i < pii_ruleset_size(session->ruleset); i++) {
        pii_rule_info rule;
        pii_action action = {.kind = kinds[i % kind_count], .keep_first = 1};
        good = pii_ruleset_rule(session->ruleset, i, &rule) == PII_OK &&
               pii_policy_set_action(session->policy, rule.entity, &action) == PII_OK;
    }
    return good;
}

static bool finding_equal(const pii_finding *a, const pii_finding *b)
{
    return a->begin == b->begin && a->end == b->end && a->action == b->action && strcmp(a->rule, b->rule) == 0 &&
           strcmp(a->entity, b->entity) == 0 && !(a->confidence < b->confidence) && !(b->confidence < a->confidence);
}

bool findings_equal(const pii_finding *a, size_t a_count, const pii_finding *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!finding_equal(&a[i], &b[i]))
            return false;
    return true;
}

int bytes_sink(void *context, const pii_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bytes_append(context, pieces[i].data, pieces[i].size);
    return 0;
}

void findings_gather(void *context, const pii_finding *finding)
{
    findings_append(context, finding);
}

/* Through a buffer that is small. */
static pii_status write_and_flush(pii_stream *stream, const char *piece, size_t size, test_bytes *output)
{
    char room[64];
    size_t pending = 1;
    pii_in in = {piece, size, 0};
    pii_status status = PII_OK;
    while (status == PII_OK && (in.pos < size || pending)) {
        pii_out out = {room, sizeof room, 0};
        status = pii_stream_run(stream, &out, &in, PII_FLUSH, &pending);
        bytes_append(output, room, out.pos);
    }
    return status;
}

pii_status stream_write(pii_stream *stream, const void *data, size_t size, bool flush, test_bytes *output)
{
    char *piece = malloc(size ? size : 1);
    if (!piece)
        abort();
    if (size)
        memcpy(piece, data, size);
    pii_status status = flush ? write_and_flush(stream, piece, size, output)
                              : pii_stream_write(stream, piece, size, bytes_sink, output);
    free(piece);
    return status;
}

bool answer_take(pii_scrubber *scrubber, const void *data, size_t size, test_answer *ret)
{
    ret->output.size = 0;
    ret->findings.count = 0;
    pii_result result;
    if (pii_scrub(scrubber, PII_FORMAT_TEXT, data, size, &result) != PII_OK)
        return false;
    bytes_append(&ret->output, result.data, result.size);
    for (size_t i = 0; i < result.finding_count; i++)
        findings_append(&ret->findings, &result.findings[i]);
    return true;
}

void answer_free(test_answer *answer)
{
    bytes_free(&answer->output);
    findings_free(&answer->findings);
}
