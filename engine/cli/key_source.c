#include "key_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io.h"
#include "message.h"

#define SECRET_SIZE ((size_t)32)
#define DIGITS_SIZE (2 * SECRET_SIZE)
#define FIRST_FREE_FD 3
#define ID_SIZE_MAX 64

static const char default_id[] = "k1";

/* A private file, or what tells why it is none. */
static const char *file_problem(int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return strerror(errno);
    if (!S_ISREG(status.st_mode))
        return "is no file";
    if (status.st_uid != geteuid())
        return "belongs to another user; a key is read from a file of your own only";
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        return "can be read by others; chmod 600 it, and make a new key if they may have";
    return NULL;
}

static int digit_of(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* 32 bytes as they are, or 64 hexadecimal digits, which may have a line end. */
static bool decode(const uint8_t *bytes, size_t size, uint8_t secret[SECRET_SIZE])
{
    if (size == SECRET_SIZE) {
        memcpy(secret, bytes, size);
        return true;
    }
    if (size == DIGITS_SIZE + 1 && bytes[DIGITS_SIZE] == '\n')
        size--;
    bool good = size == DIGITS_SIZE;
    for (size_t i = 0; good && i < SECRET_SIZE; i++) {
        int high = digit_of(bytes[2 * i]), low = digit_of(bytes[2 * i + 1]);
        good = high >= 0 && low >= 0;
        secret[i] = (uint8_t)(good ? high << 4 | low : 0);
    }
    return good;
}

static exit_code read_key(int fd, const char *name, const char *id, pii_policy *policy)
{
    uint8_t bytes[DIGITS_SIZE + 2], secret[SECRET_SIZE];
    size_t size = 0;
    ssize_t got = 1;
    while (got > 0 && size < sizeof bytes) {
        got = io_read(fd, bytes + size, sizeof bytes - size);
        size += got > 0 ? (size_t)got : 0;
    }
    exit_code code = EXIT_DONE;
    if (got < 0)
        code = message_io(name, errno);
    else if (!decode(bytes, size, secret) || pii_policy_add_key(policy, id, secret, sizeof secret) != PII_OK)
        code = message_usage("scrub",
                             "%s: no key; expected 32 random bytes or 64 hexadecimal digits, not all zero, under an id "
                             "of small letters and digits that no other key has, 8 keys at most",
                             name);
    explicit_bzero(bytes, sizeof bytes);
    explicit_bzero(secret, sizeof secret);
    return code;
}

static exit_code add_file(const char *path, const char *id, pii_policy *policy)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return message_io(path, errno);
    const char *problem = file_problem(fd);
    exit_code code = EXIT_USAGE;
    if (problem)
        message("%s: %s", path, problem);
    else
        code = read_key(fd, path, id, policy);
    (void)close(fd);
    return code;
}

static exit_code add_descriptor(const char *text, const char *id, pii_policy *policy)
{
    char name[64];
    int fd = 0;
    for (const char *at = text; *at >= '0' && *at <= '9' && fd < 100000; at++)
        fd = fd * 10 + (*at - '0');
    if (strspn(text, "0123456789") != strlen(text) || fd < FIRST_FREE_FD)
        return message_usage("scrub", "--key-fd %s: expected the number of a descriptor from 3 on", text);
    (void)snprintf(name, sizeof name, "descriptor %d", fd);
    return read_key(fd, name, id, policy);
}

/* ID=WHERE, or WHERE alone. */
static exit_code add(const struct key_option *key, pii_policy *policy)
{
    char id[ID_SIZE_MAX + 1];
    const char *where = strchr(key->text, '=');
    size_t size = where ? (size_t)(where - key->text) : 0;
    if (size > ID_SIZE_MAX || (where && !size))
        return message_usage("scrub", "%s: expected ID=%s", key->text, key->is_descriptor ? "N" : "FILE");
    memcpy(id, where ? key->text : default_id, where ? size : sizeof default_id);
    if (where)
        id[size] = '\0';
    where = where ? where + 1 : key->text;
    return key->is_descriptor ? add_descriptor(where, id, policy) : add_file(where, id, policy);
}

exit_code key_source_add(const struct options *options, pii_policy *policy)
{
    exit_code code = EXIT_DONE;
    for (int i = 0; i < options->keys_count && code == EXIT_DONE; i++)
        code = add(&options->keys[i], policy);
    return code;
}
