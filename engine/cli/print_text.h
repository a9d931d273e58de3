/* print_text.h - bytes of any kind as text for people or for JSON. */
#ifndef CLI_PRINT_TEXT_H
#define CLI_PRINT_TEXT_H

#include "writer.h"

/* For a terminal: valid UTF-8 as it is; control characters, marks that turn
 * the direction of writing, and invalid bytes as \xNN or \u{N}. */
void print_visible(struct writer *writer, const void *bytes, size_t size);

/* A JSON string with its quotes; invalid bytes become U+FFFD each. */
void print_json(struct writer *writer, const void *bytes, size_t size);

/* Text of HTML, also within quotes: nothing in it is markup, and what print_visible would show otherwise shows so. */
void print_html(struct writer *writer, const void *bytes, size_t size);

/* The shape of a text: letters as a, digits as 9, and other ASCII as it is. */
void print_shape(struct writer *writer, const void *bytes, size_t size);

#endif
