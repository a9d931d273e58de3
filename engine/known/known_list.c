#include <string.h>

#include "piiglet_known.h"

/* Bytes of an entity's name; longer ones are no names of entities. */
#define ENTITY_ROOM 128

/* A part of the list. */
struct part {
    const char *text;
    size_t size;
};

/* What stands before the next `mark`, or all; moves `rest` behind it. */
static struct part take_part(struct part *rest, char mark)
{
    const char *end = memchr(rest->text, mark, rest->size);
    struct part part = {rest->text, end ? (size_t)(end - rest->text) : rest->size};
    size_t taken = end ? part.size + 1 : part.size;
    rest->text += taken;
    rest->size -= taken;
    return part;
}

static bool parse_options(struct part list, unsigned *ret)
{
    static const struct {
        const char *name;
        unsigned option;
    } known[] = {
        {"exact", PII_KNOWN_EXACT},
        {"given-alone", PII_KNOWN_GIVEN_ALONE},
        {"surname-alone", PII_KNOWN_SURNAME_ALONE},
    };
    *ret = 0;
    while (list.size) {
        struct part word = take_part(&list, ',');
        unsigned option = 0;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            if (strlen(known[i].name) == word.size && !memcmp(known[i].name, word.text, word.size))
                option = known[i].option;
        if (!option)
            return false;
        *ret |= option;
    }
    return true;
}

static pii_status refuse(const char *what, const char **ret_fault)
{
    *ret_fault = what;
    return PII_ERROR_ARGUMENT;
}

static pii_status add_line(pii_known_builder *builder, struct part line, const char **ret_fault)
{
    char entity[ENTITY_ROOM] = "PERSON";
    struct part value = line, options = {"", 0};
    unsigned flags;
    if (memchr(line.text, '\t', line.size)) {
        struct part first = take_part(&line, '\t');
        if (!first.size || first.size >= sizeof entity || memchr(first.text, '\0', first.size))
            return refuse("expected VALUE or ENTITY<TAB>VALUE", ret_fault);
        memcpy(entity, first.text, first.size);
        entity[first.size] = '\0';
        value = take_part(&line, '\t');
        options = line;
    }
    if (!parse_options(options, &flags))
        return refuse("after the second TAB: expected exact, given-alone or surname-alone", ret_fault);
    if (flags && strcmp(entity, "PERSON") != 0)
        return refuse("only a PERSON can be looked for in such a way", ret_fault);
    pii_status status = pii_known_builder_add(builder, entity, value.text, value.size, flags);
    if (status == PII_ERROR_LIMIT)
        *ret_fault = "the value is too long, or there are too many";
    if (status == PII_ERROR_ARGUMENT)
        *ret_fault = "no name of an entity, or fewer than two letters or digits";
    return status;
}

pii_status pii_known_builder_add_list(pii_known_builder *builder, const char *list, size_t size, size_t *ret_line,
                                      const char **ret_fault)
{
    static const char mark[] = "\xef\xbb\xbf";
    if (!builder || (!list && size) || !ret_line || !ret_fault)
        return PII_ERROR_ARGUMENT;
    struct part rest = {list, size};
    if (size >= 3 && !memcmp(list, mark, 3))
        rest = (struct part){list + 3, size - 3};
    for (size_t number = 1; rest.size; number++) {
        struct part line = take_part(&rest, '\n');
        if (line.size && line.text[line.size - 1] == '\r')
            line.size--;
        pii_status status = line.size ? add_line(builder, line, ret_fault) : PII_OK;
        if (status != PII_OK) {
            *ret_line = number;
            return status;
        }
    }
    return PII_OK;
}
