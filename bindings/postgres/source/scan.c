#include "postgres_piiglet.h"

#include <catalog/pg_type.h>
#include <funcapi.h>
#include <utils/array.h>
#include <utils/builtins.h>
#include <utils/tuplestore.h>

#include "binding_text.h"

PG_FUNCTION_INFO_V1(pii_pg_scan);
PG_FUNCTION_INFO_V1(pii_pg_has);

enum { ENTITY, BEGIN, END, RULE, CONFIDENCE, PATH, COLUMNS };

/* Scans argument 0. */
static pii_result find(FunctionCallInfo fcinfo, pii__pg_question question, pii_format format, pii__pg_value *ret_value)
{
    text *source = PG_GETARG_TEXT_PP(0);
    pii__pg_value value = pii__pg_from_server(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
    question.find_only = true;
    pii_scrubber *scrubber = pii__pg_scrubber(&question);
    pii_result result;
    pii_status status = pii_scan(scrubber, format, value.data, value.size, &result);
    if (status != PII_OK)
        pii__pg_fail(status, &result);
    *ret_value = value;
    return result;
}

/* pii_scan(value text [, policy text, format text [, known text[]]]) */
Datum pii_pg_scan(PG_FUNCTION_ARGS)
{
    InitMaterializedSRF(fcinfo, 0);
    ReturnSetInfo *answer = (ReturnSetInfo *)fcinfo->resultinfo;
    pii__pg_value value;
    pii_result result = find(fcinfo, pii__pg_question_of(fcinfo, 1, 3), pii__pg_format_argument(fcinfo, 2), &value);
    pii__place place = {.data = value.data,
                        .unit = pii__pg_bytes_are_characters() ? PII__UNIT_BYTE : PII__UNIT_CODE_POINT};
    for (size_t i = 0; i < result.finding_count; i++) {
        const pii_finding *finding = &result.findings[i];
        Datum row[COLUMNS];
        bool nulls[COLUMNS] = {false};
        row[ENTITY] = CStringGetTextDatum(finding->entity);
        row[BEGIN] = Int32GetDatum((int32)pii__place_move(&place, finding->begin));
        row[END] = Int32GetDatum((int32)pii__place_move(&place, finding->end));
        row[RULE] = CStringGetTextDatum(finding->rule);
        row[CONFIDENCE] = Float8GetDatum(finding->confidence);
        row[PATH] = PointerGetDatum(pii__pg_to_text(finding->path, strlen(finding->path)));
        tuplestore_putvalues(answer->setResult, answer->setDesc, row, nulls);
    }
    return (Datum)0;
}

/* Names, each with a NUL after it. */
static char *entity_names(ArrayType *array, size_t *ret_size)
{
    Datum *names = NULL;
    bool *nulls = NULL;
    int count = 0;
    deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
    size_t size = 0;
    for (int i = 0; i < count; i++) {
        if (nulls[i])
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("piiglet: an entity is NULL")));
        size += VARSIZE_ANY_EXHDR(DatumGetPointer(names[i])) + 1;
    }
    if (count == 0)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: no entities are named")));
    char *text = palloc(size);
    char *at = text;
    for (int i = 0; i < count; i++) {
        size_t length = VARSIZE_ANY_EXHDR(DatumGetPointer(names[i]));
        memcpy(at, VARDATA_ANY(DatumGetPointer(names[i])), length);
        at[length] = '\0';
        at += length + 1;
    }
    *ret_size = size;
    return text;
}

/* Known values count as what they are, whatever is asked for. */
static bool is_asked_for(const pii__pg_question *question, const char *entity)
{
    for (size_t at = 0; at < question->entities_size; at += strlen(question->entities + at) + 1)
        if (strcmp(question->entities + at, entity) == 0)
            return true;
    return false;
}

/* pii_has(value text, entities text[] [, policy text, format text]) */
Datum pii_pg_has(PG_FUNCTION_ARGS)
{
    pii__pg_question question = pii__pg_question_of(fcinfo, 2, -1);
    pii__pg_value value;
    question.entities = entity_names(PG_GETARG_ARRAYTYPE_P(1), &question.entities_size);
    pii_result result = find(fcinfo, question, pii__pg_format_argument(fcinfo, 3), &value);
    for (size_t i = 0; i < result.finding_count; i++)
        if (is_asked_for(&question, result.findings[i].entity))
            PG_RETURN_BOOL(true);
    PG_RETURN_BOOL(false);
}
