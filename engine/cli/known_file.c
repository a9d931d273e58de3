#include "known_file.h"

#include <string.h>

#include "content.h"
#include "message.h"

#define KNOWN_FILE_SIZE_MAX ((size_t)256 << 20)
#define ENTITY_ROOM 128 /* bytes of a name; longer ones are refused by the library */

/* A part of a line. */
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

static exit_code refuse(const char *name, size_t number, const char *what)
{
    message("%s: line %zu: %s", name, number, what);
    return EXIT_INVALID;
}

static exit_code add_line(pii_known_builder *builder, const char *name, size_t number, struct part line)
{
    char entity[ENTITY_ROOM] = "PERSON";
    struct part value = line, options = {"", 0};
    unsigned flags;
    if (memchr(line.text, '\t', line.size)) {
        struct part first = take_part(&line, '\t');
        if (!first.size || first.size >= sizeof entity)
            return refuse(name, number, "expected VALUE or ENTITY<TAB>VALUE");
        memcpy(entity, first.text, first.size);
        entity[first.size] = '\0';
        value = take_part(&line, '\t');
        options = line;
    }
    if (!parse_options(options, &flags))
        return refuse(name, number, "after the second TAB: expected exact, given-alone or surname-alone");
    if (flags && strcmp(entity, "PERSON") != 0)
        return refuse(name, number, "only a PERSON can be looked for in such a way");
    switch (pii_known_builder_add(builder, entity, value.text, value.size, flags)) {
    case PII_OK: return EXIT_DONE;
    case PII_ERROR_MEMORY: return message_memory();
    case PII_ERROR_LIMIT: return refuse(name, number, "the value is too long, or there are too many");
    default: return refuse(name, number, "no name of an entity, or fewer than two letters or digits");
    }
}

static exit_code add_lines(pii_known_builder *builder, const char *name, struct part text)
{
    static const char mark[] = "\xef\xbb\xbf";
    exit_code code = EXIT_DONE;
    if (text.size >= 3 && !memcmp(text.text, mark, 3))
        text = (struct part){text.text + 3, text.size - 3};
    for (size_t number = 1; text.size && code == EXIT_DONE; number++) {
        struct part line = take_part(&text, '\n');
        if (line.size && line.text[line.size - 1] == '\r')
            line.size--;
        if (line.size)
            code = add_line(builder, name, number, line);
    }
    return code;
}

/* Whether the ruleset has all entities: a scrubber takes the values, or does not. */
static exit_code check_entities(const char *name, pii_ruleset *ruleset, pii_known *known)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(ruleset, NULL, NULL, &scrubber);
    if (status == PII_OK)
        status = pii_scrubber_set_known(scrubber, known);
    pii_scrubber_free(scrubber);
    if (status == PII_OK)
        return EXIT_DONE;
    if (status == PII_ERROR_MEMORY)
        return message_memory();
    message("%s: an entity before a TAB is unknown; \"piiglet rules list\" shows them", name);
    return EXIT_INVALID;
}

exit_code known_file_read(const char *path, pii_ruleset *ruleset, pii_known **ret)
{
    struct input input;
    struct content content = {0};
    pii_known_builder *builder = NULL;
    exit_code code = input_open(&input, path);
    if (code != EXIT_DONE)
        return code;
    if (pii_known_builder_new(NULL, &builder) != PII_OK)
        code = message_memory();
    if (code == EXIT_DONE)
        code = content_read(&content, &input, KNOWN_FILE_SIZE_MAX);
    if (code == EXIT_DONE && content.size)
        code = add_lines(builder, input.name, (struct part){content.bytes, content.size});
    if (code == EXIT_DONE && pii_known_builder_finish(builder, ret) != PII_OK)
        code = message_memory();
    if (code == EXIT_DONE)
        code = check_entities(input.name, ruleset, *ret);
    pii_known_builder_free(builder);
    content_free(&content);
    input_close(&input);
    return code;
}
