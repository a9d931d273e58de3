#include "front_end.h"

#include <stddef.h>
#include <string.h>

#include "project.h"

static const struct {
    const char *name;
    const pii__front_end *front_end;
} formats[] = {
    [PII_FORMAT_TEXT] = {"text", NULL},
    [PII_FORMAT_JSON] = {"json", &pii__json},
    [PII_FORMAT_JSON_LINES] = {"jsonl", &pii__json_lines},
    [PII_FORMAT_XML] = {"xml", &pii__xml_reader},
    [PII_FORMAT_JAVASCRIPT] = {"javascript", &pii__javascript},
    [PII_FORMAT_TYPESCRIPT] = {"typescript", &pii__typescript},
    [PII_FORMAT_PYTHON] = {"python", &pii__python},
    [PII_FORMAT_CSV] = {"csv", &pii__csv_comma},
    [PII_FORMAT_CSV_SEMICOLON] = {"csv-semicolon", &pii__csv_semicolon},
    [PII_FORMAT_CSV_PIPE] = {"csv-pipe", &pii__csv_pipe},
    [PII_FORMAT_TSV] = {"tsv", &pii__csv_tab},
    [PII_FORMAT_LOG] = {"log", &pii__log},
    [PII_FORMAT_QUERY] = {"query", &pii__query},
    [PII_FORMAT_COOKIES] = {"cookies", &pii__cookies},
    [PII_FORMAT_BASE64] = {"base64", &pii__base64},
    [PII_FORMAT_HTML] = {"html", &pii__html_reader},
};

enum { format_count = sizeof formats / sizeof formats[0] };

static const pii__project *project_of(pii_format format)
{
    size_t index = (size_t)format - PII_FORMAT_PROJECT;
    return (unsigned)format >= PII_FORMAT_PROJECT && index < pii__project_count ? &pii__projects[index] : NULL;
}

const char *pii_format_name(pii_format format)
{
    const pii__project *project = project_of(format);
    if (project)
        return project->name;
    if (format == PII_FORMAT_AUTO)
        return "auto";
    return (unsigned)format < format_count ? formats[format].name : NULL;
}

pii_status pii_format_find(const char *name, pii_format *ret)
{
    if (!name || !ret)
        return PII_ERROR_ARGUMENT;
    size_t end = PII_FORMAT_PROJECT + pii__project_count;
    for (size_t i = 0; i < end; i++) {
        const char *known = pii_format_name((pii_format)i);
        if (!known || strcmp(known, name) != 0)
            continue;
        *ret = (pii_format)i;
        return PII_OK;
    }
    return PII_ERROR_ARGUMENT;
}

const pii__front_end *pii__front_end_of(pii_format format)
{
    return (unsigned)format < format_count ? formats[format].front_end : NULL;
}

bool pii__reader_of(pii_format format, pii__reader *ret)
{
    const pii__project *project = project_of(format);
    *ret = (pii__reader){.front_end = pii__front_end_of(project ? project->format : format), .project = project};
    return ret->front_end || format == PII_FORMAT_TEXT;
}
