#include "generator.h"

#include <stdio.h>
#include <string.h>

#include "prose.h"

const soak_format soak_formats[] = {
    {"text", PII_FORMAT_TEXT, "", "the end\n", "line ", "\n", " ", NULL},
    {"jsonl", PII_FORMAT_JSON_LINES, "", "{}\n", "{\"n\": ", "\"}\n", ", \"say\": \"", "\\u0040"},
    {"json", PII_FORMAT_JSON, "[", "null]", "{\"n\": ", "\"},\n", ", \"say\": \"", "\\u0040"},
    {"csv", PII_FORMAT_CSV, "n,say\n", "0,the end\n", "", "\"\n", ",\"", NULL},
    {"xml", PII_FORMAT_XML, "<r>", "</r>", "<p n=\"", "</p>\n", "\">", "&#64;"},
    {"html", PII_FORMAT_HTML, "<body>", "</body>", "<p id=\"", "</p>\n", "\">", "&commat;"},
    {"javascript", PII_FORMAT_JAVASCRIPT, "", "end();\n", "say(", "\");\n", ", \"", "\\x40"},
    {"python", PII_FORMAT_PYTHON, "", "end()\n", "say(", "')\n", ", '", "\\x40"},
    {.name = NULL},
};

const soak_format soak_prose = {"prose", PII_FORMAT_TEXT, "", "the end\n", NULL, NULL, NULL, NULL};

/* No names of people or places, nothing after which a number is a telephone, an age or a secret. */
static const char *const words[] = {
    "the",   "dragon", "sleeps",     "under",  "a",    "tree",     "and",     "robot",   "jumps",  "over",
    "when",  "green",  "flag",       "is",     "loud", "cat",      "repeats", "forever", "until",  "score",
    "grows", "again",  "caf\xc3\xa9", "sprite", "turns", "very",  "slowly",  "if",      "touching", "edge",
    "blue",  "bounce", "costume",    "stage",  "wait", "half",     "loop",    "block",   "music",  "plays",
    "soft",  "maze",   "finish",     "button", "story", "goes",    "on",      "zebra",   "\xce\xb1\xce\xb2\xce\xb3",
    "\xf0\x9f\x90\x89",
};

/* What looks like more than it is; a word follows, so that no number grows out of two. */
static const char *const numbers[] = {
    "4150 points", "12 coins", "x = 3.25 then", "7 lives", "10500 stars", "#ff8800 paint", "v1.2.3 of it", "90 degrees",
};

static size_t below(soak_generator *generator, size_t most)
{
    return random_below(&generator->random, most);
}

static void put(soak_piece *piece, const char *text)
{
    bytes_append_text(&piece->source, text);
    bytes_append_text(&piece->expected, text);
}

static void put_number(soak_generator *generator, soak_piece *piece)
{
    char digits[8];
    snprintf(digits, sizeof digits, "%u", (unsigned)below(generator, 1000));
    put(piece, digits);
}

/* A value may be torn by a character that nobody sees, and its @ written as the format allows. */
static void put_value(soak_generator *generator, soak_piece *piece, const char *value, const char *label)
{
    size_t tear = below(generator, 8) ? SIZE_MAX : 1 + below(generator, 2);
    const char *at = below(generator, 2) ? generator->format->at : NULL;
    for (size_t i = 0; value[i]; i++) {
        if (i == tear)
            bytes_append_text(&piece->source, "\xe2\x80\x8b");
        if (value[i] == '@' && at)
            bytes_append_text(&piece->source, at);
        else
            bytes_append(&piece->source, &value[i], 1);
    }
    bytes_append_text(&piece->expected, label);
    piece->planted++;
}

static void make_mail(soak_generator *generator, char *value, size_t room)
{
    static const char letters[] = "bcdfghjklmnpqrstvwxz";
    char name[8] = "";
    for (size_t i = 0, count = 2 + below(generator, 5); i < count; i++)
        name[i] = letters[below(generator, sizeof letters - 1)];
    snprintf(value, room, "kid.%s%u@%s.example.org", name, (unsigned)below(generator, 100), name);
}

static void make_phone(soak_generator *generator, char *value, size_t room)
{
    static const char *const writings[] = {"(%u) 555-01%02u", "%u-555-01%02u", "%u.555.01%02u", "+1 %u 555 01%02u"};
    static const unsigned areas[] = {212, 312, 415, 617, 713};
    const char *writing = writings[below(generator, 4)];
    unsigned area = areas[below(generator, 5)];
    snprintf(value, room, writing, area, (unsigned)below(generator, 100));
}

static void make_address(soak_generator *generator, char *value, size_t room)
{
    static const char *const streets[] = {"Harbor View Road", "Evergreen Street", "North Willow Avenue", "Mill Lane"};
    snprintf(value, room, "%u %s", 1 + (unsigned)below(generator, 900), streets[below(generator, 4)]);
}

/* With a last digit by which the sum is right. */
static void make_card(soak_generator *generator, char *value, size_t room)
{
    unsigned digits[16] = {4, 1, 1, 1}, sum = 0;
    for (size_t i = 4; i < 15; i++)
        digits[i] = (unsigned)below(generator, 10);
    for (size_t i = 0; i < 15; i++)
        sum += i % 2 ? digits[i] : digits[i] * 2 - (digits[i] > 4 ? 9 : 0);
    digits[15] = (10 - sum % 10) % 10;
    size_t size = 0;
    for (size_t i = 0; i < 16 && size + 2 < room; i++) {
        if (i && i % 4 == 0)
            value[size++] = ' ';
        value[size++] = (char)('0' + digits[i]);
    }
    value[size] = '\0';
}

static void plant(soak_generator *generator, soak_piece *piece)
{
    static void (*const makers[])(soak_generator *, char *, size_t) = {make_mail, make_phone, make_address,
                                                                         make_card};
    static const char *const labels[] = {"[EMAIL]", "[PHONE]", "[ADDRESS]", "[CREDIT_CARD]"};
    size_t kind = below(generator, sizeof makers / sizeof *makers);
    char value[80];
    makers[kind](generator, value, sizeof value);
    put_value(generator, piece, value, labels[kind]);
}

static void put_words(soak_generator *generator, soak_piece *piece)
{
    for (size_t count = 5 + below(generator, 20); count > 0; count--) {
        if (below(generator, 40))
            put(piece, words[below(generator, sizeof words / sizeof *words)]);
        else
            put(piece, numbers[below(generator, sizeof numbers / sizeof *numbers)]);
        put(piece, " ");
    }
}

static void clear(soak_piece *piece)
{
    piece->source.size = piece->expected.size = piece->planted = 0;
}

/* One record in twenty-five has a value, with words around. */
static void make_block(soak_generator *generator, soak_piece *block)
{
    const soak_format *format = generator->format;
    clear(block);
    for (size_t i = 0; i < BLOCK_RECORDS; i++) {
        put(block, format->open);
        put_number(generator, block);
        put(block, format->then);
        put_words(generator, block);
        if (below(generator, 25) == 0) {
            put(block, "said ");
            plant(generator, block);
            put(block, " so ");
            put_words(generator, block);
        }
        put(block, format->close);
    }
}

void generator_reserve(test_bytes *bytes, size_t size)
{
    static const char zeros[1 << 12];
    while (bytes->size < size)
        bytes_append(bytes, zeros, sizeof zeros);
    bytes->size = 0;
}

void generator_open(soak_generator *ret, uint64_t seed)
{
    *ret = (soak_generator){.random = {seed}};
    for (size_t i = 0; i < BLOCKS; i++) {
        generator_reserve(&ret->blocks[i].source, BLOCK_SIZE_MAX);
        generator_reserve(&ret->blocks[i].expected, BLOCK_SIZE_MAX);
    }
    generator_reserve(&ret->prose, PROSE_SIZE + BLOCK_SIZE_MAX);
}

void generator_close(soak_generator *generator)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        bytes_free(&generator->blocks[i].source);
        bytes_free(&generator->blocks[i].expected);
    }
    bytes_free(&generator->edge.source);
    bytes_free(&generator->edge.expected);
    bytes_free(&generator->prose);
}

static void make_prose(soak_generator *generator)
{
    generator->prose.size = 0;
    prose_append(&generator->random, PROSE_SIZE, &generator->prose);
}

void generator_begin(soak_generator *generator, const soak_format *format, size_t blocks)
{
    generator->format = format;
    generator->left = blocks;
    generator->begun = false;
    generator->stretch = (soak_piece){.planted = 0};
    for (size_t i = 0; i < BLOCKS; i++)
        clear(&generator->blocks[i]);
    if (format == &soak_prose)
        make_prose(generator);
}

static const soak_piece *edge(soak_generator *generator, const char *text)
{
    clear(&generator->edge);
    put(&generator->edge, text);
    return &generator->edge;
}

/* The place after the next blank. */
static size_t next_word(const test_bytes *prose, size_t at)
{
    while (at < prose->size && prose->data[at] != ' ')
        at++;
    return at < prose->size ? at + 1 : at;
}

/* Some of the prose, and after it a value: at any place between two words. */
static const soak_piece *next_of_prose(soak_generator *generator)
{
    soak_piece *stretch = &generator->stretch;
    if (stretch->source.size) {
        stretch->source.size = stretch->expected.size = 0;
        clear(&generator->edge);
        put(&generator->edge, "said ");
        plant(generator, &generator->edge);
        put(&generator->edge, " so ");
        return &generator->edge;
    }
    size_t most = (size_t)1 << below(generator, STRETCH_BITS + 1);
    size_t from = next_word(&generator->prose, below(generator, PROSE_SIZE - most));
    size_t end = next_word(&generator->prose, from + below(generator, most));
    stretch->source = (test_bytes){.data = generator->prose.data + from, .size = end - from};
    stretch->expected = stretch->source;
    generator->left--;
    return stretch;
}

static const soak_piece *next_block(soak_generator *generator)
{
    generator->left--;
    soak_piece *block = &generator->blocks[below(generator, BLOCKS)];
    if (block->source.size == 0 || below(generator, RENEWED) == 0)
        make_block(generator, block);
    return block;
}

const soak_piece *generator_next(soak_generator *generator)
{
    if (!generator->begun) {
        generator->begun = true;
        return edge(generator, generator->format->begin);
    }
    if (generator->left == 0 && !generator->stretch.source.size) {
        generator->left = SIZE_MAX; /* the end has been given */
        return edge(generator, generator->format->end);
    }
    if (generator->left == SIZE_MAX)
        return NULL;
    return generator->format == &soak_prose ? next_of_prose(generator) : next_block(generator);
}
