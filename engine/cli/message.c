#include "message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MESSAGE_SIZE_MAX 4096

/* Names of files are shown, and may hold what a terminal obeys: controls of ASCII, and U+0080 to U+009F in UTF-8. */
static void hide_controls(char *line, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)line[i], next = i + 1 < size ? (unsigned char)line[i + 1] : 0;
        if (byte < ' ' || byte == 0x7f)
            line[i] = '?';
        else if (byte == 0xc2 && next >= 0x80 && next < 0xa0)
            line[i] = line[i + 1] = '?';
    }
}

static void write_line(char *line, size_t size)
{
    hide_controls(line, size);
    line[size++] = '\n';
    size_t done = 0;
    while (done < size) {
        ssize_t written = write(STDERR_FILENO, line + done, size - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return; /* nowhere left to say so */
        done += (size_t)written;
    }
}

static void write_message(const char *format, va_list arguments, const char *command)
{
    char line[MESSAGE_SIZE_MAX] = "piiglet: ";
    size_t size = strlen(line);
    size_t room = sizeof line - 1;
    int length = vsnprintf(line + size, room - size, format, arguments);
    if (length > 0)
        size += (size_t)length;
    if (command && size < room) {
        length = snprintf(line + size, room - size, "; see piiglet %s%s--help", command, *command ? " " : "");
        size += length > 0 ? (size_t)length : 0;
    }
    write_line(line, size < room ? size : room - 1);
}

void message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_message(format, arguments, NULL);
    va_end(arguments);
}

exit_code message_usage(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_message(format, arguments, command);
    va_end(arguments);
    return EXIT_USAGE;
}

static const char *io_advice(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return "; check the name";
    case EACCES:
    case EPERM: return "; check its permissions";
    case EISDIR: return "; name the files in it instead";
    case ENOSPC:
    case EDQUOT: return "; free some space and run it again";
    default: return "";
    }
}

exit_code message_io(const char *name, int error)
{
    message("%s: %s%s", name, strerror(error), io_advice(error));
    return EXIT_IO;
}

exit_code message_status(const char *name, pii_status status, uint64_t offset)
{
    const char *advice = "";
    exit_code code = EXIT_ENGINE;
    if (status == PII_ERROR_INVALID) {
        advice = "; check that the file is whole and of the format that was named";
        code = EXIT_INVALID;
    } else if (status == PII_ERROR_BLOCKED) {
        advice = "; nothing from there on was released, see piiglet scan";
        code = EXIT_BLOCKED;
    } else if (status == PII_ERROR_LIMIT) {
        advice = "; nothing from there on was released, take the rule or the input apart";
    } else if (status == PII_ERROR_MEMORY) {
        advice = "; run it with more memory or fewer threads";
    }
    message("%s: byte %" PRIu64 ": %s%s", name, offset, pii_status_text(status), advice);
    return code;
}

exit_code message_fault(const char *name, const char *format, const char *fault, uint64_t offset, bool lenient)
{
    message("%s: byte %" PRIu64 ": this is not %s: %s%s", name, offset, format, fault,
            lenient ? "; what cannot be read was scanned as text"
                    : "; nothing from there on was released, correct it or scan it with --lenient");
    return lenient ? EXIT_DONE : EXIT_INVALID;
}

exit_code message_setup(const char *name, pii_status status)
{
    message("%s: %s%s", name, pii_status_text(status), status == PII_ERROR_RULE ? "; see piiglet rules lint" : "");
    return status == PII_ERROR_RULE ? EXIT_INVALID : EXIT_ENGINE;
}

exit_code message_memory(void)
{
    message("out of memory; run it with more memory or fewer threads");
    return EXIT_ENGINE;
}
