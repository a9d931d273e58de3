/* message.h - lines on standard error: what, where, what to do about it.
 *
 * Nothing here may ever be handed a byte of scanned input; file names, option
 * values and rule files are fine. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "exit_code.h"
#include "piiglet.h"

/* Writes "piiglet: <text>\n" with one write call, so that lines of several
 * threads stay whole. Control characters come out as "?". */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for a wrong command line: names the help to read, answers EXIT_USAGE. */
exit_code message_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reports a failed system call with `error` (an errno value), answers EXIT_IO. */
exit_code message_io(const char *name, int error);

/* Reports an engine status for the input `name` at byte `offset`; answers the
 * exit code that belongs to the status. */
exit_code message_status(const char *name, pii_status status, uint64_t offset);

/* The same for an input that is not of its format; when lenient it has been
 * scanned all the same. */
exit_code message_fault(const char *name, const char *format, const char *fault, uint64_t offset, bool lenient);

/* Reports a status that has no place in an input: rules or policy. */
exit_code message_setup(const char *name, pii_status status);

/* EXIT_ENGINE after saying that memory ran out. */
exit_code message_memory(void);

#endif
