#include "random.h"

#include <string.h>

/* splitmix64 */
uint64_t random_next(random_source *random)
{
    uint64_t mixed = random->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

size_t random_below(random_source *random, size_t below)
{
    return (size_t)(random_next(random) % below);
}

static void append_byte(test_bytes *ret, int byte)
{
    char value = (char)byte;
    bytes_append(ret, &value, 1);
}

/* Mostly short; now and then wider than the view's ignored run or than any rule. */
static size_t run_length(random_source *random)
{
    static const size_t most[] = {3, 12, 12, 30, 30, 80, 5000};
    return 1 + random_below(random, most[random_below(random, sizeof most / sizeof *most)]);
}

static void append_run(random_source *random, const char *alphabet, test_bytes *ret)
{
    size_t letters = strlen(alphabet);
    for (size_t left = run_length(random); left > 0; left--)
        append_byte(ret, alphabet[random_below(random, letters)]);
}

static void append_repeated(random_source *random, const char *text, test_bytes *ret)
{
    for (size_t left = run_length(random); left > 0; left--)
        bytes_append_text(ret, text);
}

static void append_vector(random_source *random, const test_session *session, bool whole, test_bytes *ret)
{
    const pii_rule_test *vector = &session->vectors[random_below(random, session->vector_count)];
    size_t begin = whole ? 0 : random_below(random, vector->size + 1);
    size_t end = whole ? vector->size : begin + random_below(random, vector->size - begin + 1);
    bytes_append(ret, vector->text + begin, end - begin);
}

/* A vector whose bytes are torn apart by characters that the view leaves out. */
static void append_torn_vector(random_source *random, const test_session *session, test_bytes *ret)
{
    static const char *const wedges[] = {"\xe2\x80\x8b", "\xc2\xad", "\xff", "\xf0\x9f", "\xef\xbb\xbf", "\x01"};
    const pii_rule_test *vector = &session->vectors[random_below(random, session->vector_count)];
    for (size_t i = 0; i < vector->size; i++) {
        bytes_append(ret, vector->text + i, 1);
        if (random_below(random, 4) == 0)
            bytes_append_text(ret, wedges[random_below(random, sizeof wedges / sizeof *wedges)]);
    }
}

/* A vector with its ASCII written in full-width characters. */
static void append_wide_vector(random_source *random, const test_session *session, test_bytes *ret)
{
    const pii_rule_test *vector = &session->vectors[random_below(random, session->vector_count)];
    for (size_t i = 0; i < vector->size; i++) {
        unsigned char byte = (unsigned char)vector->text[i];
        if (byte > 0x20 && byte < 0x7f) {
            unsigned wide = 0xfee0u + byte;
            append_byte(ret, (int)(0xe0 | wide >> 12));
            append_byte(ret, (int)(0x80 | (wide >> 6 & 0x3f)));
            append_byte(ret, (int)(0x80 | (wide & 0x3f)));
        } else {
            append_byte(ret, byte);
        }
    }
}

static void append_atom(random_source *random, const test_session *session, test_bytes *ret)
{
    switch (random_below(random, 16)) {
    case 0:
    case 1:
    case 2:
    case 3: append_vector(random, session, true, ret); break;
    case 4: append_vector(random, session, false, ret); break;
    case 5: append_torn_vector(random, session, ret); break;
    case 6: append_wide_vector(random, session, ret); break;
    case 7: append_run(random, "0123456789", ret); break;
    case 8: append_run(random, "abcdefghijklmnopqrstuvwxyzABCXYZ", ret); break;
    case 9: append_run(random, "0123456789 .-()+/:", ret); break;
    case 10: append_run(random, "abc.@-_ABC1", ret); break;
    case 11: append_run(random, "\xff\xc0\x80\xe2\xf0\x9f\xed\xa0", ret); break;
    case 12: append_byte(ret, 0); break;
    case 13: append_repeated(random, "\xe2\x80\x8b", ret); break;
    case 14: append_run(random, "\r\n\t ", ret); break;
    default: append_repeated(random, "\xc3\xa9", ret); break;
    }
}

static void append_atoms(random_source *random, const test_session *session, size_t size, test_bytes *ret)
{
    for (size_t end = ret->size + size; ret->size < end;) {
        append_atom(random, session, ret);
        if (random_below(random, 3) != 0)
            bytes_append_text(ret, random_below(random, 8) == 0 ? "\n" : " ");
    }
}

void random_text(random_source *random, const test_session *session, size_t size, test_bytes *ret)
{
    size_t begin = ret->size;
    do {
        ret->size = begin;
        append_atoms(random, session, size, ret);
    } while (!begin && strcmp(pii_encoding_name(ret->data, ret->size), "UTF-8") != 0);
}
