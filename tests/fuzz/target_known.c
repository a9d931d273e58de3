/* Known values: lines of values, an empty line, a text. All kernels and a stream in pieces answer the same;
 * where all is ASCII and no value is a name - a line that begins with "!" - so does a search that reads
 * docs/KNOWN.md literally. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { VALUES_MAX = 64, WORDS_MAX = 32, VALUE_MAX = 200, TEXT_MAX = 1 << 14, GAP_MAX = 8, KERNELS_MAX = 8 };

/* Words of a text, small letters, and the signs before each. */
typedef struct word {
    size_t begin, end;
    char signs[GAP_MAX + 1]; /* those that matter */
    bool far;                /* more stands between than belongs into a value */
} word;

typedef struct words {
    const char *text;
    size_t count;
    word *list;
} words;

typedef struct span {
    size_t begin, end;
} span;

static bool is_word(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
}

static bool plain(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] >= 0x7F || (text[i] < ' ' && !strchr("\t\r\n", text[i])) || !text[i])
            return false;
    return true;
}

static bool ends_sentence(const char *text, size_t size, size_t at, size_t word_size)
{
    return text[at] == '.' && word_size > 3 && at + 1 < size && (text[at + 1] == ' ' || text[at + 1] == '\n');
}

static void read_words(const char *text, size_t size, words *ret)
{
    *ret = (words){.text = text, .list = malloc((size + 1) * sizeof *ret->list)};
    fuzz_require(ret->list != NULL, "there is memory");
    size_t end = 0, begin;
    for (size_t at = 0; at < size;) {
        word *next = &ret->list[ret->count];
        *next = (word){0};
        size_t signs = 0, last = ret->count ? end - next[-1].begin : 0;
        for (; at < size && !is_word(text[at]); at++) {
            bool weak = strchr(" \t\r\n-_.()", text[at]) && !(at == end && ends_sentence(text, size, at, last));
            if (!weak && signs < GAP_MAX)
                next->signs[signs++] = text[at];
            else if (!weak)
                memset(next->signs, 1, GAP_MAX); /* more than a text may have */
        }
        next->far = at - end > GAP_MAX;
        for (begin = at; at < size && is_word(text[at]);)
            at++;
        next->begin = begin;
        next->end = end = at;
        ret->count += at > begin;
    }
}

static bool same_letters(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((a[i] | 32) != (b[i] | 32))
            return false;
    return true;
}

static bool same_word(const words *a, size_t i, const words *b, size_t k)
{
    size_t size = a->list[i].end - a->list[i].begin;
    return size == b->list[k].end - b->list[k].begin &&
           same_letters(a->text + a->list[i].begin, b->text + b->list[k].begin, size);
}

/* `loose`: an apostrophe of the value is left out. */
static bool matches(const words *text, size_t at, const words *value, bool loose)
{
    for (size_t i = 0; i < value->count; i++) {
        const word *own = &value->list[i], *other = &text->list[at + i];
        const char *signs = loose && !strcmp(own->signs, "'") ? "" : own->signs;
        if (at + i == text->count || !same_word(value, i, text, at + i) ||
            (i && (other->far || strcmp(other->signs, signs) != 0)))
            return false;
    }
    return true;
}

static bool matches_joined(const words *text, size_t at, const words *value)
{
    size_t done = text->list[at].begin;
    for (size_t i = 0; i < value->count; i++) {
        const word *own = &value->list[i];
        size_t size = own->end - own->begin;
        if (size > text->list[at].end - done || !same_letters(text->text + done, value->text + own->begin, size))
            return false;
        done += size;
    }
    return done == text->list[at].end;
}

/* Where the longest value ends that begins with this word; 0: none. */
static size_t longest(const words *text, size_t at, const words *values, size_t count)
{
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        size_t last = 0;
        if (matches(text, at, &values[i], false) || matches(text, at, &values[i], true))
            last = text->list[at + values[i].count - 1].end;
        else if (matches_joined(text, at, &values[i]))
            last = text->list[at].end;
        end = last > end ? last : end;
    }
    return end;
}

static void require_naive(const char *text, size_t size, const words *values, size_t count,
                          const fuzz_answer *answer)
{
    words read;
    size_t found = 0;
    span open = {0, 0};
    read_words(text, size, &read);
    for (size_t i = 0; i <= read.count; i++) {
        size_t end = i < read.count ? longest(&read, i, values, count) : 0;
        bool apart = i == read.count || read.list[i].begin >= open.end;
        if (apart && open.end && (end || i == read.count)) {
            const pii_finding *finding = &answer->taken.findings.list[found];
            fuzz_require(found < answer->taken.findings.count && finding->begin == open.begin &&
                             finding->end == open.end,
                         "what a literal search finds is found");
            found++;
            open = (span){0, 0};
        }
        if (end)
            open = (span){open.end ? open.begin : read.list[i].begin, end > open.end ? end : open.end};
    }
    fuzz_require(found == answer->taken.findings.count, "nothing else is found");
    free(read.list);
}

typedef struct ground {
    pii_scrubber *scrubbers[KERNELS_MAX];
    size_t count;
    pii_stream *stream;
} ground;

static void open_ground(ground *ret)
{
    pii_ruleset *rules = fuzz_default_rules();
    for (size_t i = 0; pii_kernel_name(i) && ret->count < KERNELS_MAX; i++) {
        pii_policy *policy = fuzz_policy(PII_INVALID_BLOCK, pii_kernel_name(i));
        pii_policy_set_all(policy, false);
        if (pii_scrubber_new(rules, policy, NULL, &ret->scrubbers[ret->count]) == PII_OK)
            ret->count++;
        if (!ret->stream && ret->count)
            fuzz_require(pii_stream_new(rules, policy, PII_FORMAT_TEXT, NULL, &ret->stream) == PII_OK, "a stream");
        pii_policy_free(policy);
    }
    fuzz_require(ret->count && ret->stream, "there is a kernel");
}

/* The lines up to an empty one; answers how many bytes they take. `*ret_naive`: all of
 * them can be searched for literally. */
static size_t take_values(const char *data, size_t size, pii_known_builder *builder, words values[VALUES_MAX],
                          size_t *ret_count, bool *ret_naive)
{
    size_t at = 0;
    *ret_naive = true;
    while (at < size && data[at] != '\n' && *ret_count < VALUES_MAX) {
        const char *end = memchr(data + at, '\n', size - at), *line = data + at;
        size_t length = end ? (size_t)(end - line) : size - at;
        bool name = line[0] == '!';
        const unsigned alone = PII_KNOWN_GIVEN_ALONE | PII_KNOWN_SURNAME_ALONE;
        pii_status status = pii_known_builder_add(builder, name ? "PERSON" : "URL", line, length, name ? alone : 0);
        fuzz_require(status != PII_ERROR_MEMORY && status != PII_ERROR_ENGINE, "a value is taken or refused");
        if (status == PII_OK) {
            *ret_naive = *ret_naive && !name && plain(line, length) && length <= VALUE_MAX;
            read_words(line, length, &values[(*ret_count)++]);
        }
        at += length + (end != NULL);
    }
    return at < size && data[at] == '\n' ? at + 1 : at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ground ways;
    if (!ways.count)
        open_ground(&ways);
    if (size > TEXT_MAX)
        return 0;
    random_source random = {fuzz_hash(data, size)};
    words values[VALUES_MAX];
    size_t count = 0;
    bool naive;
    pii_known_builder *builder = NULL;
    pii_known *known = NULL;
    fuzz_require(pii_known_builder_new(NULL, &builder) == PII_OK, "there is a builder");
    size_t taken = take_values((const char *)data, size, builder, values, &count, &naive);
    fuzz_require(pii_known_builder_finish(builder, &known) == PII_OK && pii_known_size(known) == count, "values");
    const char *text = (const char *)data + taken;
    fuzz_answer first = {0}, other = {0};
    for (size_t i = 0; i < ways.count; i++) {
        fuzz_require(pii_scrubber_set_known(ways.scrubbers[i], known) == PII_OK, "they are set");
        fuzz_scrub(ways.scrubbers[i], PII_FORMAT_TEXT, text, size - taken, i ? &other : &first);
        if (i)
            fuzz_require_same(&first, &other, "every kernel finds the same values");
    }
    pii_stream_reset(ways.stream);
    fuzz_require(pii_stream_set_known(ways.stream, known) == PII_OK, "they are set in a stream");
    fuzz_stream(ways.stream, text, size - taken, &random, &other);
    fuzz_require_same(&first, &other, "in pieces as in one");
    if (naive && plain(text, size - taken))
        require_naive(text, size - taken, values, count, &first);
    for (size_t i = 0; i < count; i++)
        free(values[i].list);
    pii_known_free(known);
    pii_known_builder_free(builder);
    fuzz_answer_free(&first);
    fuzz_answer_free(&other);
    return 0;
}
