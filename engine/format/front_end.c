#include "front_end.h"

#include <stddef.h>

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
    [PII_FORMAT_HTML] = {"html", &pii__html_reader},
};

enum { format_count = sizeof formats / sizeof formats[0] };

const char *pii_format_name(pii_format format)
{
    return (unsigned)format < format_count ? formats[format].name : NULL;
}

const pii__front_end *pii__front_end_of(pii_format format)
{
    return (unsigned)format < format_count ? formats[format].front_end : NULL;
}
