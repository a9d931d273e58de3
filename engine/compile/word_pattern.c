#include "word_pattern.h"

#include <stdlib.h>
#include <string.h>

static int compare_words(const void *left, const void *right)
{
    const pii__word *a = left, *b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return memcmp(a->text, b->text, a->size);
}

size_t pii__words_sort(pii__word *words, size_t count)
{
    if (!count)
        return 0;
    qsort(words, count, sizeof *words, compare_words);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++)
        if (compare_words(&words[kept - 1], &words[i]))
            words[kept++] = words[i];
    return kept;
}

/* ---- Bytes of words ---- */

static bool plain_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (uint8_t)c >= 0x80;
}

/* A part of a pattern that stops growing at the first error. */
typedef struct word_writer {
    pii__buffer *pattern;
    pii_status status;
} word_writer;

static void write_text(word_writer *writer, const char *text)
{
    if (writer->status == PII_OK)
        writer->status = pii__buffer_append_text(writer->pattern, text);
}

/* The byte 0x85 is white space to PCRE2 under (?x), though not in our tables. */
static void write_byte(word_writer *writer, char byte)
{
    char escaped[2] = {'\\', byte};
    if (byte == ' ')
        write_text(writer, "[ \\t]{1,4}");
    else if (byte == (char)0x85)
        write_text(writer, "\\x85");
    else if (writer->status == PII_OK)
        writer->status = plain_byte(byte) ? pii__buffer_append(writer->pattern, escaped + 1, 1)
                                          : pii__buffer_append(writer->pattern, escaped, 2);
}

static void write_from(word_writer *writer, const pii__word *word, size_t depth)
{
    for (size_t i = depth; i < word->size; i++)
        write_byte(writer, word->text[i]);
}

static void write_flat(word_writer *writer, const pii__word *words, size_t count, size_t depth)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            write_text(writer, "|");
        write_from(writer, &words[i], depth);
    }
}

/* ---- Tries ---- */

/* Why the order of preference is that of the flat alternation, the longest first:
 * - Siblings begin with different bytes, either case and blank or tab counted as
 *   one. At any place of a text at most one of them can match, so that their own
 *   order says nothing.
 * - Words that share a byte match it in one way, or not at all. A blank is shared
 *   only where no blank can follow: then its run has one length.
 * - A word that ends where others go on is the shortest of them, and comes last.
 * Words for which this does not hold stay an alternation: those that begin alike
 * only without regard to case, or with blanks of uncertain length. */

enum { level_max = 24 }; /* of nested groups; our parser and PCRE2 have limits */

/* Words that begin with the same `depth` bytes, in the order of their keys. */
typedef struct word_range {
    pii__word *words;
    size_t count;
    size_t depth;
} word_range;

/* Bytes of words that can match the same byte of a text have one key. */
static uint8_t key_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (uint8_t)(byte | 0x20);
    return byte == ' ' ? '\t' : (uint8_t)byte;
}

/* By keys, so that a word comes before those that it begins. */
static int compare_keys(const void *left, const void *right)
{
    const pii__word *a = left, *b = right;
    for (size_t i = 0; i < a->size && i < b->size; i++)
        if (key_of(a->text[i]) != key_of(b->text[i]))
            return key_of(a->text[i]) < key_of(b->text[i]) ? -1 : 1;
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    return 0;
}

static size_t count_sharing_key(const word_range *range)
{
    size_t count = 1;
    uint8_t key = key_of(range->words[0].text[range->depth]);
    while (count < range->count && key_of(range->words[count].text[range->depth]) == key)
        count++;
    return count;
}

/* Whether all words go on with the same byte, which can match in one way only. */
static bool next_shared(const word_range *range)
{
    char byte = range->words[0].text[range->depth];
    for (size_t i = 0; i < range->count; i++) {
        const char *next = range->words[i].text + range->depth;
        bool last = range->words[i].size == range->depth + 1;
        if (*next != byte || (byte == ' ' && (last || key_of(next[1]) == key_of(' '))))
            return false;
    }
    return true;
}

static void write_rest(word_writer *writer, word_range range, unsigned level);

/* Words whose next bytes have one key. */
static void write_branch(word_writer *writer, word_range range, unsigned level)
{
    if (range.count == 1 || level == level_max || !next_shared(&range)) {
        size_t count = pii__words_sort(range.words, range.count);
        write_flat(writer, range.words, count, range.depth);
        return;
    }
    do {
        write_byte(writer, range.words[0].text[range.depth]);
        range.depth++;
    } while (range.words[0].size > range.depth && next_shared(&range));
    write_rest(writer, range, level + 1);
}

/* One or more words, the first of which may end here. */
static void write_branches(word_writer *writer, word_range range, unsigned level)
{
    bool ends = range.words[0].size == range.depth;
    size_t done = ends;
    while (done < range.count) {
        word_range branch = {range.words + done, range.count - done, range.depth};
        branch.count = count_sharing_key(&branch);
        write_branch(writer, branch, level);
        done += branch.count;
        if (done < range.count || ends)
            write_text(writer, "|");
    }
}

/* Two or more words, the first of which may end here. */
static void write_rest(word_writer *writer, word_range range, unsigned level)
{
    write_text(writer, "(?:");
    write_branches(writer, range, level);
    write_text(writer, ")");
}

static pii_status write_trie(word_writer *writer, pii__arena *scratch, const pii__word *words, size_t count)
{
    pii__word *sorted = pii__arena_take_array(scratch, count, sizeof *sorted);
    if (!sorted)
        return PII_ERROR_MEMORY;
    memcpy(sorted, words, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    write_branches(writer, (word_range){sorted, count, 0}, 0);
    return writer->status;
}

pii_status pii__words_append(pii__arena *scratch, pii__buffer *pattern, pii__word_form form, const pii__word *words,
                             size_t count)
{
    word_writer writer = {.pattern = pattern};
    write_text(&writer, "(?:");
    if (form == PII__WORDS_FLAT)
        write_flat(&writer, words, count, 0);
    else if (count)
        writer.status = write_trie(&writer, scratch, words, count);
    write_text(&writer, ")");
    return writer.status;
}
