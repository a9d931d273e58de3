/* piiglet_format.h - how the bytes of a document are to be read.
 *
 * In a format other than text only the fields that hold text are scanned, each
 * decoded and for itself: no finding reaches from one field into another. A
 * replacement is written as its place demands, and every byte outside of findings
 * stays as it was, so that the document still opens. The name of a value speaks for
 * or against it as a word beside it would: {"phone": 4155550134}. */
#ifndef PIIGLET_FORMAT_H
#define PIIGLET_FORMAT_H

#include "piiglet_types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pii_format {
    PII_FORMAT_TEXT = 0, /* one run of text; any bytes are scanned; PII_ERROR_INVALID only in UTF-16 and UTF-32 */
    PII_FORMAT_JSON = 1, /* RFC 8259, UTF-8: names, strings and numbers are fields */
    PII_FORMAT_JSON_LINES = 2, /* the same on each line; a broken line is no matter of the others */
    PII_FORMAT_XML = 3, /* XML 1.0, UTF-8: text, values, CDATA, comments, instructions, the document type */
    PII_FORMAT_JAVASCRIPT = 4, /* strings, templates, comments, regular expressions; with JSX */
    PII_FORMAT_TYPESCRIPT = 5, /* the same without JSX: <> are about types */
    PII_FORMAT_PYTHON = 6, /* strings with their forms, and comments */
    PII_FORMAT_CSV = 7,            /* cells of rows (RFC 4180), divided by commas */
    PII_FORMAT_CSV_SEMICOLON = 8,  /* by semicolons */
    PII_FORMAT_CSV_PIPE = 9,       /* by vertical bars */
    PII_FORMAT_TSV = 10,           /* by tabs */
    PII_FORMAT_HTML = 11,           /* as browsers read it: text, values, names, comments, scripts by their format */
    PII_FORMAT_LOG = 12,     /* of web servers: common and combined, cells of lines */
    PII_FORMAT_QUERY = 13,   /* addresses of pages: percent escapes, names with values */
    PII_FORMAT_COOKIES = 14, /* the same without an address before them */
    PII_FORMAT_BASE64 = 15,  /* RFC 4648: one field of text */
    PII_FORMAT_AUTO = 63,  /* one of the others, or a kind of project: what the document looks like */
    PII_FORMAT_PROJECT = 64 /* the first kind of project; they are told by their names */
} pii_format;

/* "text", "json", "auto", "blockly-json"; NULL for a number that is no format. Formats
 * count up from 0, kinds of projects from PII_FORMAT_PROJECT. */
PII_API const char *pii_format_name(pii_format format);

/* The format, or kind of project, of a name. PII_ERROR_ARGUMENT: there is none. */
PII_API PII_MUST_CHECK pii_status pii_format_find(const char *name, pii_format *ret);

/* "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE": what a document is read as, in any format, that
 * begins with `size` bytes (4 are enough) at `data`. A byte order mark says it; without one, the zeros in the first
 * two units of UTF-16 or the first of UTF-32, if those are below U+0100. What is not UTF-8 stays what it is, also
 * in replacements. */
PII_API const char *pii_encoding_name(const void *data, size_t size);

/* What PII_FORMAT_AUTO takes a document for that begins with `size` bytes at `data`, or is those
 * when `complete`. Of a longer one no more than pii_format_detect_size() bytes matter. A kind of project is
 * told from its names; what is nothing else is text. `allocator` as in pii_compiler_new. */
PII_API PII_MUST_CHECK pii_status pii_format_detect(const void *data, size_t size, bool complete,
                                                    const pii_allocator *allocator, pii_format *ret);
PII_API size_t pii_format_detect_size(void);

/* What a document means for a call that is not well formed. */
typedef enum pii_invalid_action {
    PII_INVALID_BLOCK = 0, /* answer PII_ERROR_INVALID, release nothing more */
    PII_INVALID_TEXT = 1   /* scan as text what cannot be read, say so, and go on */
} pii_invalid_action;

#ifdef __cplusplus
}
#endif

#endif
