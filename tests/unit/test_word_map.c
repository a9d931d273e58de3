/* The map of words never misses a listed word, whatever stands around it and
 * wherever blocks end, and tells of none that is more than a granule away. */
#include <criterion/criterion.h>
#include <string.h>

#include "memory.h"
#include "word_heads.h"
#include "word_map.h"

enum { text_max = 400, words_max = 12, list_count = 3 };

static uint64_t seed = 0x243F6A8885A308D3u;

static size_t below(size_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % limit);
}

/* Few letters, so that words meet; "\xC3\xA9" and "\xD0\xB4" as characters. */
static const char *const pieces[] = {"a", "b", "a", "b", "c", "A",  "B",        " ",
                                    " ", ".", "-", "\t", "7", "\xC3\xA9", "\xD0\xB4"};

static size_t random_text(char *text, size_t room, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[below(sizeof pieces / sizeof pieces[0])];
        if (size + strlen(piece) > room)
            break;
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    return size;
}

static bool starts_word(const char *word)
{
    return pii__ascii_letter((uint8_t)word[0]) || (uint8_t)word[0] >= 0xC0;
}

typedef struct words {
    char text[words_max][16];
    size_t size[words_max];
    size_t count;
} words;

static void random_words(words *list)
{
    list->count = 1 + below(words_max);
    for (size_t i = 0; i < list->count; i++)
        do
            list->size[i] = random_text(list->text[i], sizeof list->text[i], 1 + below(9));
        while (!starts_word(list->text[i]));
}

static pii__word_set set_of(pii__arena *arena, const words *list)
{
    pii__word_heads heads = {.keys = pii__arena_take_array(arena, PII__WORD_HEADS_MAX, sizeof *heads.keys)};
    for (size_t i = 0; i < list->count; i++)
        cr_assert(pii__word_heads_add(&heads, list->text[i], list->size[i]));
    return pii__word_heads_finish(&heads, arena);
}

static uint8_t lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : (uint8_t)byte;
}

/* Whether a word of the list stands at `at`: no letter before it, and none after
 * it where it ends with one. */
static bool stands_at(const words *list, const char *text, size_t size, size_t at)
{
    if (at && pii__ascii_letter((uint8_t)text[at - 1]))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        size_t length = list->size[i], k = 0;
        while (k < length && at + k < size && lower(text[at + k]) == lower(list->text[i][k]))
            k++;
        bool ends = !pii__ascii_letter((uint8_t)list->text[i][length - 1]) || at + k == size ||
                    !pii__ascii_letter((uint8_t)text[at + k]);
        if (k == length && ends)
            return true;
    }
    return false;
}

static void check_stretch(pii__word_map *map, const words *list, uint64_t bit, size_t from, size_t until)
{
    const char *text = (const char *)map->text;
    bool there = false;
    for (size_t at = from; at < until && at < map->size; at++)
        there |= stands_at(list, text, map->size, at);
    if (there)
        cr_assert(pii__word_map_any(map, from, until, bit), "missed in [%zu, %zu) of %zu", from, until, map->size);
}

/* Of the stretches in which words may begin, none leaves out a word, also where the map is not filled. */
static void check_next(const pii__word_map *map, const words *list, uint64_t bit, size_t from, size_t until)
{
    const char *text = (const char *)map->text;
    size_t begin = from, end = from, last_end = from;
    until = until < map->size ? until : map->size;
    for (bool more = true; more; last_end = begin = end) {
        more = pii__word_map_next(map, &begin, until, bit, &end);
        cr_assert(!more || (last_end <= begin && begin < end && end <= until));
        for (size_t at = last_end; at < (more ? begin : until); at++)
            cr_assert(!stands_at(list, text, map->size, at), "missed at %zu of %zu", at, map->size);
    }
}

static void check_texts(const pii__kernel *kernel, const pii__lexicon *lexicon, const words *lists,
                        const uint64_t *bits)
{
    pii__word_map map;
    pii__word_map_init(&map, &pii__default_allocator, lexicon, kernel);
    for (size_t round = 0; round < 20; round++) {
        char text[text_max];
        size_t size = random_text(text, sizeof text, below(text_max));
        cr_assert_eq(pii__word_map_start(&map, (const uint8_t *)text, size), PII_OK);
        for (size_t i = 0; i < 60; i++) {
            size_t from = below(size + 1), until = from + below(80), list = below(list_count);
            check_stretch(&map, &lists[list], bits[list], from, until);
            check_next(&map, &lists[list], bits[list], from, until);
        }
    }
    pii__word_map_free(&map);
}

Test(word_map, misses_no_word)
{
    for (size_t round = 0; round < 150; round++) {
        pii__arena arena;
        pii__arena_init(&arena, &pii__default_allocator);
        words lists[list_count];
        pii__word_set sets[list_count];
        uint64_t bits[list_count];
        pii__lexicon *lexicon = NULL;
        for (size_t i = 0; i < list_count; i++) {
            random_words(&lists[i]);
            sets[i] = set_of(&arena, &lists[i]);
        }
        cr_assert_eq(pii__lexicon_new(&pii__default_allocator, sets, list_count, bits, &lexicon), PII_OK);
        for (size_t i = 0; pii__kernel_name(i); i++)
            if (pii__kernel_find(pii__kernel_name(i)))
                check_texts(pii__kernel_find(pii__kernel_name(i)), lexicon, lists, bits);
        pii__lexicon_free(lexicon);
        pii__arena_free(&arena);
    }
}

static bool finds(const char *word, const char *text)
{
    pii__arena arena;
    pii__arena_init(&arena, &pii__default_allocator);
    words list = {.count = 1, .size = {strlen(word)}};
    memcpy(list.text[0], word, strlen(word));
    pii__word_set set = set_of(&arena, &list);
    uint64_t bit;
    pii__lexicon *lexicon = NULL;
    pii__word_map map;
    cr_assert_eq(pii__lexicon_new(&pii__default_allocator, &set, 1, &bit, &lexicon), PII_OK);
    pii__word_map_init(&map, &pii__default_allocator, lexicon, pii__kernel_best());
    cr_assert_eq(pii__word_map_start(&map, (const uint8_t *)text, strlen(text)), PII_OK);
    bool found = pii__word_map_any(&map, 0, strlen(text), bit);
    pii__word_map_free(&map);
    pii__lexicon_free(lexicon);
    pii__arena_free(&arena);
    return found;
}

Test(word_map, tells_words_apart)
{
    cr_expect(finds("street", "12 Elm STREET, today"));
    cr_expect_not(finds("street", "12 Elm streets, today"));
    cr_expect_not(finds("street", "mainstreet"));
    cr_expect(finds("b-day", "my b-day is near"));
    cr_expect_not(finds("b-day", "plan b is near"));
    cr_expect(finds("st", "12 Elm St."));
    cr_expect_not(finds("st", "a stone, best of all"));
    cr_expect(finds("rue", "12 rue\xE2\x86\x92"));
    cr_expect(finds("t\xC3\xA9l\xC3\xA9phone", "mon t\xC3\xA9l\xC3\xA9phone"));
    cr_expect_not(finds("t\xC3\xA9l\xC3\xA9phone", "don't tell"));
}

Test(word_map, gives_equal_sets_one_bit)
{
    pii__arena arena;
    pii__arena_init(&arena, &pii__default_allocator);
    words one = {.text = {"road"}, .size = {4}, .count = 1}, other = {.text = {"lane"}, .size = {4}, .count = 1};
    pii__word_set sets[4] = {set_of(&arena, &one), set_of(&arena, &other), set_of(&arena, &one), {NULL, 0}};
    uint64_t bits[4];
    pii__lexicon *lexicon = NULL;
    cr_assert_eq(pii__lexicon_new(&pii__default_allocator, sets, 4, bits, &lexicon), PII_OK);
    cr_expect_eq(bits[0], bits[2]);
    cr_expect_neq(bits[0], bits[1]);
    cr_expect_eq(bits[3], 0);
    pii__lexicon_free(lexicon);
    pii__arena_free(&arena);
}
