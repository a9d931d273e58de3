/* detect.h - tables and programs are told by their lines. */
#ifndef PII__DETECT_H
#define PII__DETECT_H

#include "front_end.h"

/* A table, a program, or PII_FORMAT_TEXT; `complete`: the last line is whole. */
pii_format pii__detect_lines(const uint8_t *bytes, size_t size, bool complete);

#endif
