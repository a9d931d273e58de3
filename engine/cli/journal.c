#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "hash.h"
#include "io.h"
#include "line_reader.h"
#include "message.h"

#define CHECKSUM_SIZE 16 /* hexadecimal digits, then a blank */
#define HEAD "piiglet-journal-1"

struct journal_entry {
    uint64_t key; /* of the path; 0: the place is free */
    int64_t size;
    int64_t text_time;   /* nanoseconds */
    int64_t status_time; /* nanoseconds; nobody can set it to what they like */
    uint64_t findings;
};

/* ---- Lines ---- */

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static uint64_t key_of(const char *path)
{
    uint64_t key = hash_bytes(HASH_START, path, strlen(path));
    return key ? key : 1;
}

/* The path with what would end the line, and the sign itself, as %XX. */
static bool add_path(struct window *lines, const char *path)
{
    for (; *path; path++) {
        unsigned char byte = (unsigned char)*path;
        char escape[4];
        bool plain = byte >= ' ' && byte != '%';
        if (!plain)
            (void)snprintf(escape, sizeof escape, "%%%02X", byte);
        if (!window_add(lines, plain ? path : escape, plain ? 1 : 3))
            return false;
    }
    return true;
}

static void put_checksum(char *line, size_t size)
{
    char digits[CHECKSUM_SIZE + 1];
    (void)snprintf(digits, sizeof digits, "%016" PRIx64,
                   hash_bytes(HASH_START, line + CHECKSUM_SIZE, size - CHECKSUM_SIZE));
    memcpy(line, digits, CHECKSUM_SIZE);
}

bool journal_line(struct window *lines, const char *path, const struct stat *status, uint64_t findings)
{
    char text[128];
    size_t begin = lines->size;
    int size = snprintf(text, sizeof text, "%016d %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64 " ", 0,
                        (int64_t)status->st_size, nanoseconds(status->st_mtim), nanoseconds(status->st_ctim), findings);
    if (!window_add(lines, text, (size_t)size) || !add_path(lines, path))
        return false;
    put_checksum((char *)lines->bytes + begin, lines->size - begin);
    return window_add(lines, "\n", 1);
}

exit_code journal_write(const struct journal *journal, struct window *lines)
{
    struct iovec vector = {lines->bytes, lines->size};
    bool written = !journal->name || lines->size == 0 || io_write_all(journal->fd, &vector, 1) == 0;
    lines->size = 0;
    return written ? EXIT_DONE : message_io(journal->name, errno);
}

static bool is_whole(char *line, size_t size)
{
    char told[CHECKSUM_SIZE];
    if (size <= CHECKSUM_SIZE)
        return false;
    memcpy(told, line, CHECKSUM_SIZE);
    put_checksum(line, size);
    return memcmp(told, line, CHECKSUM_SIZE) == 0;
}

/* ---- The table ---- */

static struct journal_entry *find(const struct journal *journal, uint64_t key)
{
    size_t at = (size_t)key & (journal->capacity - 1);
    while (journal->entries[at].key && journal->entries[at].key != key)
        at = (at + 1) & (journal->capacity - 1);
    return &journal->entries[at];
}

static bool grow(struct journal *journal)
{
    struct journal old = *journal;
    if (old.entry_count * 4 < old.capacity * 3)
        return true;
    journal->capacity = old.capacity ? old.capacity * 2 : 1024;
    journal->entries = calloc(journal->capacity, sizeof *journal->entries);
    if (!journal->entries) {
        *journal = old;
        return false;
    }
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key)
            *find(journal, old.entries[i].key) = old.entries[i];
    free(old.entries);
    return true;
}

static void unescape(char *path)
{
    char *to = path;
    for (const char *from = path; *from; from++) {
        unsigned byte;
        if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
            *to++ = (char)byte;
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* A later line of the same file takes the place of the earlier one. */
static exit_code take_line(struct journal *journal, char *line)
{
    struct journal_entry entry;
    int path_at = 0;
    if (sscanf(line + CHECKSUM_SIZE, " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNu64 "%n", &entry.size,
               &entry.text_time, &entry.status_time, &entry.findings, &path_at) != 4)
        return EXIT_DONE;
    char *path = line + CHECKSUM_SIZE + path_at + 1;
    unescape(path);
    entry.key = key_of(path);
    if (!grow(journal))
        return message_memory();
    struct journal_entry *place = find(journal, entry.key);
    journal->entry_count += !place->key;
    *place = entry;
    return EXIT_DONE;
}

bool journal_has(const struct journal *journal, const char *path, const struct stat *status, uint64_t *ret_findings)
{
    const struct journal_entry *entry = journal->entry_count ? find(journal, key_of(path)) : NULL;
    if (!entry || !entry->key || entry->size != status->st_size || entry->text_time != nanoseconds(status->st_mtim) ||
        entry->status_time != nanoseconds(status->st_ctim))
        return false;
    *ret_findings = entry->findings;
    return true;
}

/* ---- Opening ---- */

static void make_run(struct journal *journal)
{
    uint64_t number;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        number = (uint64_t)getpid();
    (void)snprintf(journal->run, sizeof journal->run, "%016" PRIx64, number);
}

static exit_code write_head(struct journal *journal, uint64_t settings)
{
    char line[128];
    int size = snprintf(line, sizeof line, "%016d " HEAD " %s %016" PRIx64 "\n", 0, journal->run, settings);
    put_checksum(line, (size_t)size - 1);
    struct iovec vector = {line, (size_t)size};
    return io_write_all(journal->fd, &vector, 1) == 0 ? EXIT_DONE : message_io(journal->name, errno);
}

static exit_code read_head(struct journal *journal, char *line, size_t size, uint64_t settings)
{
    char run[JOURNAL_RUN_SIZE + 1];
    uint64_t told;
    if (!is_whole(line, size) || sscanf(line + CHECKSUM_SIZE, " " HEAD " %16s %16" SCNx64, run, &told) != 2) {
        message("%s: is not a journal of piiglet; name another file", journal->name);
        return EXIT_INVALID;
    }
    if (told != settings) {
        message("%s: was written with other options or rules; name another file, or remove it", journal->name);
        return EXIT_INVALID;
    }
    memcpy(journal->run, run, sizeof run);
    journal->resumed = true;
    return EXIT_DONE;
}

/* Reads all lines. A line that is not whole does not count; `*ret_end` is behind
 * the last line end. */
static exit_code read_lines(struct journal *journal, uint64_t settings, uint64_t *ret_end)
{
    struct input input = {.path = journal->name, .name = journal->name, .fd = journal->fd};
    struct line_reader reader;
    line_reader_init(&reader, &input);
    char *line;
    size_t size;
    exit_code code;
    *ret_end = 0;
    while ((code = line_reader_next(&reader, &line, &size)) == EXIT_DONE && line) {
        if (reader.number == 1)
            code = read_head(journal, line, size, settings);
        else if (reader.offset + size >= (uint64_t)journal->status.st_size)
            break; /* without a line end: torn */
        else if (is_whole(line, size))
            code = take_line(journal, line);
        if (code != EXIT_DONE)
            break;
        *ret_end = reader.next;
    }
    line_reader_free(&reader);
    return code;
}

exit_code journal_open(struct journal *journal, const char *path, uint64_t settings)
{
    *journal = (struct journal){.name = path, .fd = -1};
    make_run(journal);
    if (!path)
        return EXIT_DONE;
    journal->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (journal->fd < 0)
        return message_io(path, errno);
    if (flock(journal->fd, LOCK_EX | LOCK_NB) != 0 || fstat(journal->fd, &journal->status) != 0) {
        if (errno != EWOULDBLOCK)
            return message_io(path, errno);
        message("%s: is in use by another run", path);
        return EXIT_IO;
    }
    if (!S_ISREG(journal->status.st_mode)) {
        message("%s: is not a regular file; name another one", path);
        return EXIT_IO;
    }
    uint64_t end;
    exit_code code = read_lines(journal, settings, &end);
    if (code == EXIT_DONE && ftruncate(journal->fd, (off_t)end) != 0)
        code = message_io(path, errno);
    return code == EXIT_DONE && !journal->resumed ? write_head(journal, settings) : code;
}

void journal_close(struct journal *journal)
{
    if (journal->fd >= 0)
        close(journal->fd);
    free(journal->entries);
    *journal = (struct journal){.fd = -1};
}
