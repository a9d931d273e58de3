#include "postgres_piiglet.h"

#include <catalog/pg_type.h>
#include <utils/array.h>
#include <utils/builtins.h>
#include <utils/memutils.h>

/* Arrays of known values that a backend works with at once; with more, they are made anew in turn. */
#define KNOWN_MAX 16

typedef struct known_array {
    pii_known *known; /* NULL: a free place */
    char *array;      /* a copy: what it was made of */
} known_array;

/* All of it is of this backend, and filled by its calls. */
static known_array kept[KNOWN_MAX];
static unsigned next_place;
static pii_known *settings_known;
static uint64 settings_version;

static pii_known_builder *new_builder(void)
{
    pii_known_builder *builder = NULL;
    pii_status status = pii_known_builder_new(NULL, &builder);
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    return builder;
}

void pii__pg_known_add(pii_known_builder *builder, const char *name, const char *list, size_t size)
{
    size_t line = 0;
    const char *fault = NULL;
    pii_status status = pii_known_builder_add_list(builder, list, size, &line, &fault);
    if (status == PII_ERROR_MEMORY)
        pii__pg_fail(status, NULL);
    if (status != PII_OK)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: a known value was refused"),
                        errdetail("%s, line %zu: %s", name, line, fault), errhidestmt(true), errhidecontext(true)));
}

static pii_known *finish(const pii_known_builder *builder)
{
    pii_known *known = NULL;
    pii_status status = pii_known_builder_finish(builder, &known);
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    return known;
}

/* Each element is a value, or a list of them. */
static void add_elements(pii_known_builder *builder, ArrayType *array)
{
    Datum *elements = NULL;
    bool *nulls = NULL;
    int count = 0;
    deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
    for (int i = 0; i < count; i++) {
        if (nulls[i])
            continue; /* nothing is known there */
        text *element = DatumGetTextPP(elements[i]);
        pii__pg_value value = pii__pg_from_server(VARDATA_ANY(element), VARSIZE_ANY_EXHDR(element));
        pii__pg_known_add(builder, psprintf("element %d", i + 1), value.data, value.size);
    }
}

static pii_known *known_of_elements(ArrayType *array)
{
    pii_known *volatile known = NULL; /* a report jumps */
    pii_known_builder *builder = new_builder();
    PG_TRY();
    {
        add_elements(builder, array);
        known = finish(builder);
    }
    PG_FINALLY();
    {
        pii_known_builder_free(builder);
    }
    PG_END_TRY();
    return known;
}

pii_known *pii__pg_known_of_array(ArrayType *array)
{
    for (unsigned i = 0; i < KNOWN_MAX; i++)
        if (kept[i].known && VARSIZE(kept[i].array) == VARSIZE(array) &&
            memcmp(kept[i].array, array, VARSIZE(array)) == 0)
            return kept[i].known;
    char *copy = MemoryContextAlloc(TopMemoryContext, VARSIZE(array));
    memcpy(copy, array, VARSIZE(array));
    pii_known *known = NULL;
    PG_TRY();
    {
        known = known_of_elements(array);
    }
    PG_CATCH();
    {
        pfree(copy);
        PG_RE_THROW();
    }
    PG_END_TRY();
    known_array *place = &kept[next_place++ % KNOWN_MAX];
    pii_known_free(place->known);
    if (place->array) {
        explicit_bzero(place->array, VARSIZE(place->array));
        pfree(place->array);
    }
    *place = (known_array){known, copy};
    return known;
}

pii_known *pii__pg_known_of_settings(void)
{
    if (!pii__pg_settings_have_known())
        return NULL;
    if (settings_known && settings_version == pii__pg_settings_version())
        return settings_known;
    pii_known_free(settings_known);
    settings_known = NULL;
    pii_known_builder *builder = new_builder();
    PG_TRY();
    {
        pii__pg_settings_add_known(builder);
        settings_known = finish(builder);
    }
    PG_FINALLY();
    {
        pii_known_builder_free(builder);
    }
    PG_END_TRY();
    settings_version = pii__pg_settings_version();
    return settings_known;
}
