/* detect.h - tables and programs are told by their lines. */
#ifndef PII__DETECT_H
#define PII__DETECT_H

#include "front_end.h"

/* A table, a program, or PII_FORMAT_TEXT; `complete`: the last line is whole. */
pii_format pii__detect_lines(const uint8_t *bytes, size_t size, bool complete);

/* pii_format_detect with good arguments, and with masks, which make it faster. */
PII_MUST_CHECK pii_status pii__detect(const void *data, size_t size, bool complete, const pii_allocator *allocator,
                                      pii__masker masker, pii_format *ret);

#endif
