#include "detect.h"

typedef struct line {
    const uint8_t *bytes;
    size_t size;
} line;

static line next_line(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *from = *at, *stop = memchr(from, '\n', (size_t)(end - from));
    stop = stop ? stop : end;
    *at = stop < end ? stop + 1 : end;
    while (from < stop && (*from == ' ' || *from == '\t'))
        from++;
    while (stop > from && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r'))
        stop--;
    return (line){from, (size_t)(stop - from)};
}

/* ---- Tables ---- */

/* Of the rows of a table with a delimiter, as far as they are complete. */
typedef struct table {
    size_t rows;
    size_t cells; /* of each; 0: they differ */
    size_t blanks; /* after delimiters */
    bool first_filled; /* the first cell of some row is not empty */
    bool last_filled;
} table;

enum { rows_max = 200 };

/* Behind a cell that begins at `at`. */
static size_t skip_cell(const uint8_t *bytes, size_t size, size_t at, uint8_t delimiter)
{
    if (at < size && bytes[at] == '"') {
        for (at++; at < size; at++) {
            if (bytes[at] != '"')
                continue;
            if (at + 1 < size && bytes[at + 1] == '"')
                at++;
            else
                break;
        }
        at += at < size;
    }
    while (at < size && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r')
        at++;
    return at;
}

static bool at_line_end(const uint8_t *bytes, size_t size, size_t at)
{
    return at < size && (bytes[at] == '\n' || bytes[at] == '\r');
}

/* False: the rows do not fit together, or there is no delimiter. */
static bool add_row(table *t, size_t cells)
{
    if (t->rows++ == 0)
        t->cells = cells;
    return cells > 1 && t->cells == cells && t->rows < rows_max;
}

static table read_table(const uint8_t *bytes, size_t size, bool complete, uint8_t delimiter)
{
    table t = {0};
    size_t at = 0;
    while (at < size) {
        if (at_line_end(bytes, size, at)) {
            at++;
            continue;
        }
        bool last_filled = false;
        size_t cells = 0;
        for (;; at++) {
            size_t from = at;
            at = skip_cell(bytes, size, at, delimiter);
            last_filled = at > from;
            t.first_filled |= cells++ == 0 && at > from;
            if (at >= size || bytes[at] != delimiter)
                break;
            t.blanks += at + 1 < size && bytes[at + 1] == ' ';
        }
        if (at >= size && !complete)
            break; /* the row goes on */
        t.last_filled |= last_filled;
        if (!add_row(&t, cells))
            break;
        at++;
    }
    t.cells = t.rows < rows_max && at < size && complete ? 0 : t.cells;
    return t;
}

/* Of lines of prose, too, two may have the same number of commas: more is asked of them. */
static bool is_table(const table *t, uint8_t delimiter)
{
    if (t->cells < 2 || t->rows < 2 || !t->first_filled || !t->last_filled)
        return false;
    if (delimiter == '\t')
        return true;
    size_t delimiters = (t->cells - 1) * t->rows;
    return t->blanks * 4 <= delimiters && (t->rows > 2 || t->cells > 2);
}

static pii_format detect_table(const uint8_t *bytes, size_t size, bool complete)
{
    static const struct {
        uint8_t delimiter;
        pii_format format;
    } known[] = {
        {'\t', PII_FORMAT_TSV},
        {',', PII_FORMAT_CSV},
        {';', PII_FORMAT_CSV_SEMICOLON},
        {'|', PII_FORMAT_CSV_PIPE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        table t = read_table(bytes, size, complete, known[i].delimiter);
        if (is_table(&t, known[i].delimiter))
            return known[i].format;
    }
    return PII_FORMAT_TEXT;
}

/* ---- Logs of web servers ---- */

/* host, two more, a time in brackets, a request in quotes, and a status: 192.0.2.1 - - [...] "..." 200 */
static bool is_request(line l)
{
    size_t at = 0, blanks = 0;
    while (at < l.size && l.bytes[at] != '[')
        blanks += l.bytes[at++] == ' ';
    if (at == l.size || blanks != 3)
        return false;
    const uint8_t *close = memchr(l.bytes + at, ']', l.size - at);
    at = close ? (size_t)(close - l.bytes) : l.size;
    if (l.size - at < 4 || l.bytes[at + 1] != ' ' || l.bytes[at + 2] != '"')
        return false;
    for (at += 3; at + 4 < l.size; at++)
        if (l.bytes[at] == '"' && l.bytes[at + 1] == ' ' && l.bytes[at + 2] >= '1' && l.bytes[at + 2] <= '5')
            return true;
    return false;
}

/* ---- Programs ---- */

static bool begins(line l, const char *word)
{
    size_t at = 0;
    while (at < l.size && word[at] && l.bytes[at] == (uint8_t)word[at])
        at++;
    return !word[at];
}

static bool begins_any(line l, const char *const *words)
{
    for (; *words; words++)
        if (begins(l, *words))
            return true;
    return false;
}

static bool holds(line l, const char *text)
{
    const uint8_t *end = l.bytes + l.size, *at = l.bytes;
    for (; (at = memchr(at, text[0], (size_t)(end - at))); at++)
        if (begins((line){at, (size_t)(end - at)}, text))
            return true;
    return false;
}

static bool ends(line l, char byte)
{
    return l.size && l.bytes[l.size - 1] == (uint8_t)byte;
}

/* What is said of a line: that it can be one of a program, and that it can hardly be anything else. */
typedef struct evidence {
    bool fits;
    bool sure;
} evidence;

static evidence of_javascript(line l)
{
    static const char *const statements[] = {"var ", "let ", "const ", "function ", "import ", "export ", "return ",
                                             "if (", "if(",  "for (",  "for(",      "while (", "while(",  "switch (",
                                             "class ", "async function ", NULL};
    static const char *const others[] = {"//", "/*", "* ", "*/", "}", "{", "else", "case ", "default:", "#!", NULL};
    bool sure = begins_any(l, statements) && (ends(l, ';') || ends(l, '{') || ends(l, '}'));
    bool call = ends(l, ';') && (holds(l, "(") || holds(l, "="));
    bool open = ends(l, '{') && (holds(l, "(") || holds(l, "=>"));
    return (evidence){sure || call || open || begins_any(l, others), sure || call || open};
}

/* name(...), also with dots in the name. */
static bool is_call(line l)
{
    size_t at = 0;
    while (at < l.size && ((uint8_t)((l.bytes[at] | 0x20) - 'a') < 26 || l.bytes[at] == '_' || l.bytes[at] == '.'))
        at++;
    return at && at < l.size && l.bytes[at] == '(' && ends(l, ')');
}

static evidence of_python(line l)
{
    static const char *const blocks[] = {"def ", "class ", "if ", "elif ", "else:", "for ", "while ", "try:",
                                         "except", "with ", "finally:", NULL};
    static const char *const statements[] = {"from ", "import ", "print(", "return ", "return", "raise ", "@", NULL};
    bool sure = begins_any(l, blocks) && ends(l, ':') && !holds(l, "  ");
    bool whole = !ends(l, ';') && !ends(l, '.');
    bool import = whole && (begins(l, "import ") || (begins(l, "from ") && holds(l, " import ")));
    bool call = ends(l, ')') && holds(l, "(") && (holds(l, "=") || begins(l, "print("));
    bool assigned = holds(l, " = ") && whole;
    return (evidence){sure || import || call || assigned || is_call(l) || begins(l, "#") || begins_any(l, statements),
                      sure || import || call};
}

/* Lines of a text in a language: how many there are, fit, and are sure. */
typedef struct count {
    size_t fits;
    size_t sure;
} count;

static void add(count *c, evidence e)
{
    c->fits += e.fits;
    c->sure += e.sure;
}

/* In a program what is neither string nor comment is not scanned: next to no line may be anything
 * else, and some can hardly be. */
static bool speaks(count c, size_t lines)
{
    return lines >= 3 && c.fits * 20 >= lines * 19 && c.sure >= 2;
}

/* Whether it may come to speak: too many lines that do not fit are too many for any number of lines. */
static bool may_speak(count c, size_t lines)
{
    return (lines - c.fits) * 20 <= rows_max;
}

static pii_format detect_program(const uint8_t *bytes, size_t size, bool complete)
{
    const uint8_t *at = bytes, *end = bytes + size;
    count javascript = {0}, python = {0};
    size_t lines = 0;
    while (at < end && lines < rows_max) {
        line l = next_line(&at, end);
        if (!l.size || (at == end && !complete))
            continue;
        lines++;
        add(&javascript, of_javascript(l));
        add(&python, of_python(l));
        if (!may_speak(javascript, lines) && !may_speak(python, lines))
            return PII_FORMAT_TEXT;
    }
    if (speaks(javascript, lines) && javascript.sure >= python.sure)
        return PII_FORMAT_JAVASCRIPT;
    return speaks(python, lines) ? PII_FORMAT_PYTHON : PII_FORMAT_TEXT;
}

pii_format pii__detect_lines(const uint8_t *bytes, size_t size, bool complete)
{
    const uint8_t *at = bytes;
    if (is_request(next_line(&at, bytes + size)))
        return PII_FORMAT_LOG;
    pii_format format = detect_program(bytes, size, complete);
    return format == PII_FORMAT_TEXT ? detect_table(bytes, size, complete) : format;
}
