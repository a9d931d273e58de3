/* detect.c - what a document looks like.
 *
 * JSON and XML are told by reading them: a text that only begins like one does not
 * go on like one. Names of projects, too, are met on the way (project.h). Tables and
 * programs have no such beginning: they are told by most of their lines
 * (detect_lines.c). In doubt it is text, of which every byte is scanned. */
#include "detect.h"

#include "encoding.h"
#include "limits.h"
#include "memory.h"
#include "project.h"

size_t pii_format_detect_size(void)
{
    return PII__DETECT_SIZE_MAX;
}

/* ---- Reading to see how far it goes ---- */

/* What became of reading the document in a format. */
typedef struct trial {
    bool good;      /* there was no fault */
    size_t fault_at;
    size_t depth;   /* of containers at the end, or at the fault */
    size_t items;   /* begun in the outermost array */
    uint64_t facts; /* of projects */
} trial;

typedef struct beginning {
    const uint8_t *bytes;
    size_t size;
    bool complete;
    const pii_allocator *allocator;
    pii__masker masker;
} beginning;

static pii_status try_format(const beginning *extract, pii_format format, trial *ret)
{
    const pii__front_end *front_end = pii__front_end_of(format);
    pii__tape *tape = pii__allocate(extract->allocator, sizeof *tape);
    void *state = pii__allocate(extract->allocator, PII__FRONT_END_STATE_MAX);
    pii_status status = tape && state ? PII_OK : PII_ERROR_MEMORY;
    if (status == PII_OK) {
        pii__tape_init(tape, extract->allocator);
        tape->project = &pii__project_finder;
        tape->masker = extract->masker;
        memset(&tape->widths, 0xFF, sizeof tape->widths);
        tape->shortest = SIZE_MAX;
        front_end->start(state);
        front_end->feed(state, tape, extract->bytes, extract->size);
        tape->offset = extract->size;
        if (extract->complete && tape->status == PII_OK)
            front_end->finish(state, tape);
        *ret = (trial){.good = tape->status == PII_OK, .fault_at = (size_t)tape->error_at, .depth = tape->depth};
        ret->items = tape->depth ? tape->frames[0].index : 0;
        ret->facts = tape->facts;
        if (tape->status != PII_OK && tape->status != PII_ERROR_INVALID)
            status = tape->status;
        pii__tape_free(tape);
    }
    pii__release(extract->allocator, tape);
    pii__release(extract->allocator, state);
    return status == PII_ERROR_LIMIT ? PII_OK : status; /* the reading itself will tell */
}

/* The kind of project whose names have all been met, or the format. */
static pii_format project_or(pii_format format, uint64_t facts)
{
    for (size_t i = 0; i < pii__project_count; i++) {
        const pii__project *project = &pii__projects[i];
        if (project->format == format && project->facts && (project->facts & ~facts) == 0)
            return (pii_format)(PII_FORMAT_PROJECT + i);
    }
    return format;
}

/* ---- JSON ---- */

static size_t skip_blanks(const beginning *extract, size_t at)
{
    const uint8_t *bytes = extract->bytes;
    while (at < extract->size && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
        at++;
    return at;
}

/* Whether what is at fault is JSON all the same, and not a text in brackets. */
static bool meant_as_json(const beginning *extract, size_t at, const trial *json)
{
    if (extract->bytes[at] == '"')
        return false;
    if (extract->bytes[at] == '{') {
        size_t next = skip_blanks(extract, at + 1);
        return next < extract->size && (extract->bytes[next] == '"' || extract->bytes[next] == '}');
    }
    return json->depth > 0 && json->items > 2;
}

static pii_status detect_json(const beginning *extract, size_t at, pii_format *ret)
{
    trial json, lines = {0};
    pii_status status = try_format(extract, PII_FORMAT_JSON, &json);
    if (status == PII_OK && !json.good)
        status = try_format(extract, PII_FORMAT_JSON_LINES, &lines);
    if (status != PII_OK)
        return status;
    if (json.good && extract->bytes[at] == '"')
        json.facts |= pii__project_finder.states[0].facts;
    if (json.good)
        *ret = project_or(PII_FORMAT_JSON, json.facts);
    else if (lines.good || (lines.fault_at > json.fault_at && meant_as_json(extract, at, &json)))
        *ret = project_or(PII_FORMAT_JSON_LINES, lines.facts);
    else if (meant_as_json(extract, at, &json))
        *ret = PII_FORMAT_JSON;
    return PII_OK;
}

/* ---- XML and HTML ---- */

static bool letter(uint8_t byte)
{
    return (uint8_t)((byte | 0x20) - 'a') < 26;
}

/* JSON in a JSON string, and nothing else. */
static bool json_string(const beginning *extract, size_t at)
{
    return extract->size - at > 2 && extract->bytes[at] == '"' &&
           (extract->bytes[at + 1] == '{' || extract->bytes[at + 1] == '[');
}

/* Whether the bytes at a place, which may be behind the end, are a word, in letters of any case. */
static bool has(const beginning *extract, size_t at, const char *word)
{
    size_t size = strlen(word);
    if (at > extract->size || extract->size - at < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = extract->bytes[at + i];
        if ((letter(byte) ? byte | 0x20 : byte) != (uint8_t)word[i])
            return false;
    }
    return true;
}

/* Where bytes come next, or the end. */
static size_t find(const beginning *extract, size_t at, const char *text)
{
    size_t size = strlen(text);
    while (extract->size - at >= size && memcmp(extract->bytes + at, text, size) != 0)
        at++;
    return extract->size - at >= size ? at : extract->size;
}

/* Behind comments; at a < of something else, or where there is none. */
static size_t skip_comments(const beginning *extract, size_t at)
{
    while (has(extract, at, "<!--")) {
        at = find(extract, at, "-->");
        if (at < extract->size)
            at = skip_blanks(extract, at + 3);
    }
    return at;
}

/* An element of HTML begins at the < at a place. */
static bool html_element(const beginning *extract, size_t at)
{
    static const char *const names[] = {"html", "head", "body", "div", "p",  "span", "a",    "h1",  "h2",
                                        "h3",   "ul",   "ol",   "table", "script", "style", "form", "img", "br",
                                        "link", "meta", "title", "section", "header", "footer", "main", "nav"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t end = at + 1 + strlen(names[i]);
        if (has(extract, at + 1, names[i]) && end < extract->size && !letter(extract->bytes[end]) &&
            !(extract->bytes[end] >= '0' && extract->bytes[end] <= '9'))
            return find(extract, end, ">") < extract->size;
    }
    return false;
}

static pii_status detect_xml(const beginning *extract, size_t at, pii_format *ret)
{
    bool declared = has(extract, at, "<?xml");
    at = skip_comments(extract, at);
    if (has(extract, at, "<!doctype html") || (!declared && html_element(extract, at))) {
        *ret = PII_FORMAT_HTML;
        return PII_OK;
    }
    bool meant = declared || has(extract, at, "<!doctype") || has(extract, at, "<xml");
    if (!meant && !(extract->size - at > 1 && letter(extract->bytes[at + 1])))
        return PII_OK;
    trial xml;
    pii_status status = try_format(extract, PII_FORMAT_XML, &xml);
    if (status == PII_OK && (xml.good || meant))
        *ret = project_or(PII_FORMAT_XML, xml.facts);
    return status;
}

static pii_status detect_log(const beginning *extract, pii_format *ret)
{
    trial log;
    pii_status status = try_format(extract, PII_FORMAT_LOG, &log);
    if (status == PII_OK)
        *ret = project_or(PII_FORMAT_LOG, log.facts);
    return status;
}

/* ---- All ---- */

static pii_status detect(const beginning *extract, pii_format *ret)
{
    size_t mark = extract->size >= 3 && memcmp(extract->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t at = skip_blanks(extract, mark);
    pii_format found = PII_FORMAT_TEXT;
    pii_status status = PII_OK;
    if (at < extract->size && (extract->bytes[at] == '{' || extract->bytes[at] == '[' || json_string(extract, at)))
        status = detect_json(extract, at, &found);
    else if (at < extract->size && extract->bytes[at] == '<')
        status = detect_xml(extract, at, &found);
    if (status == PII_OK && found == PII_FORMAT_TEXT && at < extract->size)
        found = pii__detect_lines(extract->bytes + mark, extract->size - mark, extract->complete);
    if (status == PII_OK && found == PII_FORMAT_LOG)
        status = detect_log(extract, &found);
    if (status == PII_OK)
        *ret = found;
    return status;
}

/* The same of one in another encoding. */
static pii_status detect_wide(const beginning *extract, pii__encoding encoding, pii_format *ret)
{
    pii__buffer text;
    pii__buffer_init(&text, extract->allocator, SIZE_MAX / 4);
    pii_status status = pii__encoding_decode(encoding, extract->bytes, extract->size, extract->allocator, &text);
    beginning decoded = *extract;
    decoded.bytes = text.bytes ? text.bytes : (const uint8_t *)"";
    decoded.size = text.size;
    if (status == PII_OK)
        status = detect(&decoded, ret);
    pii__buffer_free(&text);
    return status;
}

pii_status pii_format_detect(const void *data, size_t size, bool complete, const pii_allocator *allocator,
                             pii_format *ret)
{
    pii__masker none = {NULL, NULL};
    return (!data && size) || !ret ? PII_ERROR_ARGUMENT
                                   : pii__detect(data, size, complete, allocator, none, ret);
}

pii_status pii__detect(const void *data, size_t size, bool complete, const pii_allocator *allocator,
                       pii__masker masker, pii_format *ret)
{
    pii_allocator own = pii__allocator_or_default(allocator);
    const uint8_t *bytes = data ? data : (const uint8_t *)"";
    beginning extract = {.bytes = bytes, .size = size, .complete = complete, .allocator = &own, .masker = masker};
    if (size > PII__DETECT_SIZE_MAX) {
        extract.size = PII__DETECT_SIZE_MAX;
        extract.complete = false;
    }
    pii__encoding encoding = pii__encoding_of(bytes, size, true);
    return encoding == PII__UTF_8 ? detect(&extract, ret) : detect_wide(&extract, encoding, ret);
}
