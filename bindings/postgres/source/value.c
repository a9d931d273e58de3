#include "postgres_piiglet.h"

#include <catalog/namespace.h>
#include <mb/pg_wchar.h>
#include <utils/builtins.h>
#include <utils/memutils.h>

bool pii__pg_bytes_are_characters(void)
{
    return GetDatabaseEncoding() == PG_SQL_ASCII;
}

static bool is_read_as_it_is(void)
{
    return GetDatabaseEncoding() == PG_UTF8 || pii__pg_bytes_are_characters();
}

/* Converts into memory of the caller. The functions of the server that report errors themselves would quote
 * bytes of the value. */
static pii__pg_value convert(const char *data, size_t size, int from, int to)
{
    Oid procedure = FindDefaultConversionProc(from, to);
    if (!OidIsValid(procedure))
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION), errmsg("piiglet: no conversion between the encoding of "
                                                                    "the database and UTF-8")));
    if (size >= MaxAllocSize / MAX_CONVERSION_GROWTH)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("piiglet: the value is too long to be "
                                                                        "converted to UTF-8")));
    size_t room = size * MAX_CONVERSION_GROWTH + 1;
    char *converted = palloc(room);
    int consumed = pg_do_encoding_conversion_buf(procedure, from, to, (unsigned char *)data, (int)size,
                                                 (unsigned char *)converted, (int)room, true);
    if (consumed < 0 || (size_t)consumed != size)
        ereport(ERROR, (errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
                        errmsg("piiglet: the encoding of the database lacks a character"), errhidestmt(true),
                        errhidecontext(true)));
    return (pii__pg_value){converted, strlen(converted)};
}

pii__pg_value pii__pg_from_server(const char *data, size_t size)
{
    if (size == 0 || is_read_as_it_is())
        return (pii__pg_value){data, size};
    return convert(data, size, GetDatabaseEncoding(), PG_UTF8);
}

text *pii__pg_to_text(const char *data, size_t size)
{
    pii__pg_value value = {data, size};
    if (size > 0 && !is_read_as_it_is())
        value = convert(data, size, PG_UTF8, GetDatabaseEncoding());
    if (value.size > MaxAllocSize - VARHDRSZ)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("piiglet: the answer is too long")));
    return cstring_to_text_with_len(value.data, (int)value.size);
}

pii_format pii__pg_format_argument(FunctionCallInfo fcinfo, int index)
{
    pii_format format = PII_FORMAT_TEXT;
    if (PG_NARGS() <= index)
        return format;
    char *name = text_to_cstring(PG_GETARG_TEXT_PP(index));
    pii_status status = pii_format_find(name, &format);
    if (status != PII_OK)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: there is no such format"),
                        errhint("Formats are text, json, jsonl, xml, html, csv, auto and others."), errhidestmt(true)));
    pfree(name);
    return format;
}
