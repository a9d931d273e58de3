#include "postgres_piiglet.h"

#include <utils/builtins.h>
#include <utils/jsonb.h>

PG_FUNCTION_INFO_V1(pii_pg_scrub);
PG_FUNCTION_INFO_V1(pii_pg_scrub_jsonb);
PG_FUNCTION_INFO_V1(pii_pg_blocks);

static pii_status call(pii__pg_question question, pii_format format, pii__pg_value value, pii_result *ret)
{
    pii_scrubber *scrubber = pii__pg_scrubber(&question);
    return pii_scrub(scrubber, format, value.data, value.size, ret);
}

static pii_result scrub(pii__pg_question question, pii_format format, pii__pg_value value)
{
    pii_result result;
    pii_status status = call(question, format, value, &result);
    if (status != PII_OK)
        pii__pg_fail(status, &result);
    return result;
}

/* pii_scrub(value text [, policy text, format text [, known text[]]]). Where nothing is found the answer is the
 * argument itself, so that an UPDATE does not store a large value anew. */
Datum pii_pg_scrub(PG_FUNCTION_ARGS)
{
    text *source = PG_GETARG_TEXT_PP(0);
    pii__pg_value value = pii__pg_from_server(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
    pii_result result = scrub(pii__pg_question_of(fcinfo, 1, 3), pii__pg_format_argument(fcinfo, 2), value);
    if (result.data == value.data)
        PG_RETURN_DATUM(PG_GETARG_DATUM(0));
    PG_RETURN_TEXT_P(pii__pg_to_text(result.data, result.size));
}

/* pii_scrub(value jsonb [, policy text [, known text[]]]) */
Datum pii_pg_scrub_jsonb(PG_FUNCTION_ARGS)
{
    Jsonb *source = PG_GETARG_JSONB_P(0);
    char *written = JsonbToCString(NULL, &source->root, (int)VARSIZE(source));
    pii__pg_value value = pii__pg_from_server(written, strlen(written));
    pii_result result = scrub(pii__pg_question_of(fcinfo, 1, 2), PII_FORMAT_JSON, value);
    if (result.data == value.data)
        PG_RETURN_DATUM(PG_GETARG_DATUM(0));
    char *scrubbed = text_to_cstring(pii__pg_to_text(result.data, result.size));
    PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(scrubbed)));
}

/* pii_blocks(value text [, policy text, format text [, known text[]]]): whether the policy refuses the value. */
Datum pii_pg_blocks(PG_FUNCTION_ARGS)
{
    text *source = PG_GETARG_TEXT_PP(0);
    pii__pg_value value = pii__pg_from_server(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
    pii_result result;
    pii_status status = call(pii__pg_question_of(fcinfo, 1, 3), pii__pg_format_argument(fcinfo, 2), value, &result);
    if (status != PII_OK && status != PII_ERROR_BLOCKED)
        pii__pg_fail(status, &result);
    PG_RETURN_BOOL(status == PII_ERROR_BLOCKED);
}
