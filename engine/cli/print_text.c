#include "print_text.h"

#include "code_point.h"

/* Characters that change the terminal, or the order in which text shows. */
static bool needs_escape(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x200b && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

/* Writes bytes[begin, end), which needed no change. */
static void put_run(struct writer *writer, const uint8_t *bytes, size_t begin, size_t end)
{
    if (begin < end)
        writer_put(writer, bytes + begin, end - begin);
}

void print_visible(struct writer *writer, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t plain = 0; /* start of the run that is written as it is */
    for (size_t i = 0; i < size;) {
        uint32_t point = 0;
        size_t length = code_point_next(bytes + i, size - i, &point);
        if (length > 0 && !needs_escape(point)) {
            i += length;
            continue;
        }
        put_run(writer, bytes, plain, i);
        if (length > 1)
            writer_format(writer, "\\u{%X}", point);
        else
            writer_format(writer, "\\x%02X", bytes[i]);
        i += length > 0 ? length : 1;
        plain = i;
    }
    put_run(writer, bytes, plain, size);
}

/* What stands for a character that is markup; NULL: it is none. */
static const char *html_reference(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void print_html(struct writer *writer, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t plain = 0;
    for (size_t i = 0; i < size;) {
        uint32_t point = 0;
        size_t length = code_point_next(bytes + i, size - i, &point);
        const char *reference = length > 0 ? html_reference(point) : NULL;
        if (length > 0 && !reference && (point == '\t' || !needs_escape(point))) {
            i += length;
            continue;
        }
        put_run(writer, bytes, plain, i);
        size_t step = length > 0 ? length : 1;
        if (reference)
            writer_text(writer, reference);
        else
            print_visible(writer, bytes + i, step);
        i += step;
        plain = i;
    }
    put_run(writer, bytes, plain, size);
}

static void put_json_escape(struct writer *writer, uint32_t point)
{
    switch (point) {
    case '"': writer_text(writer, "\\\""); break;
    case '\\': writer_text(writer, "\\\\"); break;
    case '\n': writer_text(writer, "\\n"); break;
    case '\t': writer_text(writer, "\\t"); break;
    default: writer_format(writer, "\\u%04x", point);
    }
}

void print_json(struct writer *writer, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t plain = 0;
    writer_text(writer, "\"");
    for (size_t i = 0; i < size;) {
        uint32_t point = 0;
        size_t length = code_point_next(bytes + i, size - i, &point);
        if (length > 0 && point >= 0x20 && point != '"' && point != '\\' && point != 0x7f) {
            i += length;
            continue;
        }
        put_run(writer, bytes, plain, i);
        put_json_escape(writer, length > 0 ? point : 0xfffd);
        i += length > 0 ? length : 1;
        plain = i;
    }
    put_run(writer, bytes, plain, size);
    writer_text(writer, "\"");
}

void print_shape(struct writer *writer, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size;) {
        uint32_t point = 0;
        size_t length = code_point_next(bytes + i, size - i, &point);
        char shape = '.';
        if (length > 1 || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z'))
            shape = 'a';
        else if (point >= '0' && point <= '9')
            shape = '9';
        else if (length == 1 && !needs_escape(point))
            shape = (char)point;
        writer_put(writer, &shape, 1);
        i += length > 0 ? length : 1;
    }
}
