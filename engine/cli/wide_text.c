#include "wide_text.h"

#include <stdlib.h>
#include <string.h>

#include "piiglet.h"
#include "print_text.h"

struct wide_text wide_text_of(const void *bytes, size_t size)
{
    const char *name = pii_encoding_name(bytes, size);
    struct wide_text form = {.unit_size = strncmp(name, "UTF-16", 6) == 0   ? 2
                                          : strncmp(name, "UTF-32", 6) == 0 ? 4
                                                                            : 0};
    form.big = strlen(name) > 2 && strcmp(name + strlen(name) - 2, "BE") == 0;
    return form;
}

static uint32_t read_unit(struct wide_text form, const uint8_t *bytes)
{
    uint32_t unit = 0;
    for (unsigned i = 0; i < form.unit_size; i++)
        unit |= (uint32_t)bytes[i] << (8 * (form.big ? form.unit_size - 1 - i : i));
    return unit;
}

size_t wide_text_whole(struct wide_text form, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    if (!form.unit_size)
        return size;
    size -= size % form.unit_size;
    bool half = form.unit_size == 2 && size > 0 && read_unit(form, at + size - 2) >> 10 == 0x36;
    return half ? size - 2 : size;
}

/* What is no character becomes U+FFFD. */
static size_t write_point(uint32_t point, char *to)
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        point = 0xFFFD;
    size_t more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    to[0] = (char)((0xFF00u >> (more + 1) & 0xFF) | point >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (point >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

char *wide_text_copy(struct wide_text form, const void *bytes, size_t size, size_t *ret_size)
{
    const uint8_t *from = bytes;
    char *text = malloc(size * 2 + 1);
    size_t written = 0;
    if (text && !form.unit_size && size)
        memcpy(text, bytes, written = size);
    for (size_t i = 0; text && form.unit_size && i + form.unit_size <= size; i += form.unit_size) {
        uint32_t unit = read_unit(form, from + i);
        bool pair = unit >> 10 == 0x36 && form.unit_size == 2 && i + 4 <= size;
        uint32_t next = pair ? read_unit(form, from + i + 2) : 0;
        if (next >> 10 == 0x37) {
            unit = 0x10000 + ((unit & 0x3FF) << 10) + (next & 0x3FF);
            i += 2;
        }
        written += write_point(unit, text + written);
    }
    if (text)
        text[written] = '\0';
    *ret_size = written;
    return text;
}

void wide_text_print(struct writer *writer, struct wide_text form, const void *bytes, size_t size)
{
    size_t text_size;
    char *text = form.unit_size ? wide_text_copy(form, bytes, size, &text_size) : NULL;
    if (text)
        print_visible(writer, text, text_size);
    else
        print_visible(writer, bytes, size);
    if (text)
        explicit_bzero(text, text_size);
    free(text);
}
