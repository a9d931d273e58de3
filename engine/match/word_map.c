#include "word_map.h"

#include "memory.h"

enum {
    granules_per_block = PII__BLOCK_SIZE / PII__GRANULE_SIZE,
    window_size = PII__BLOCK_SIZE + PII__WORD_HEAD, /* all that is read for one block */
    narrow = 8 /* bytes of a stretch in which words are looked at without filling the map */
};

void pii__word_map_init(pii__word_map *map, const pii_allocator *allocator, const pii__lexicon *lexicon,
                        const pii__kernel *kernel)
{
    *map = (pii__word_map){.allocator = *allocator, .lexicon = lexicon, .kernel = kernel};
}

void pii__word_map_free(pii__word_map *map)
{
    pii__release(&map->allocator, map->granules);
    pii__release(&map->allocator, map->filled);
    map->granules = map->filled = NULL;
    map->capacity = 0;
}

static pii_status make_room(pii__word_map *map, size_t blocks)
{
    pii__word_map_free(map);
    map->granules = pii__allocate_array(&map->allocator, blocks, granules_per_block * sizeof *map->granules);
    map->filled = pii__allocate_array(&map->allocator, blocks / 64 + 1, sizeof *map->filled);
    if (!map->granules || !map->filled)
        return PII_ERROR_MEMORY;
    map->capacity = blocks;
    return PII_OK;
}

pii_status pii__word_map_start(pii__word_map *map, const uint8_t *text, size_t size)
{
    size_t blocks = size / PII__BLOCK_SIZE + 1;
    pii_status status = blocks > map->capacity ? make_room(map, blocks) : PII_OK;
    if (status != PII_OK)
        return status;
    map->text = text;
    map->size = size;
    memset(map->filled, 0, (blocks / 64 + 1) * sizeof *map->filled);
    return PII_OK;
}

/* Which bytes of a block are what. */
typedef struct block_view {
    const uint8_t *at; /* `window_size` readable bytes */
    uint64_t letters;
    uint64_t high; /* not ASCII */
    bool in_word;  /* a letter comes before the block */
} block_view;

/* The sets of a word that begins with a letter, of 8 readable bytes. */
static uint64_t sets_of_ascii(const pii__lexicon *lexicon, const uint8_t *word)
{
    size_t count = pii__leading_letters(word);
    uint8_t sign_class = count <= PII__WORD_SHORT ? pii__sign_class(word[count]) : 0;
    uint64_t sets = pii__lexicon_find(lexicon, pii__word_key(word, count, sign_class));
    if (count + PII__WORD_NON_ASCII <= PII__WORD_HEAD && word[count] >= 0x80)
        sets |= pii__lexicon_find(lexicon, pii__word_key(word, count + PII__WORD_NON_ASCII, 0));
    return sets;
}

/* The same of a word that begins with a byte that is not ASCII. */
static uint64_t sets_of_non_ascii(const pii__lexicon *lexicon, const uint8_t *word)
{
    if (word[0] < 0xC0)
        return 0;
    return pii__lexicon_find(lexicon, pii__word_key(word, PII__WORD_NON_ASCII, 0)) |
           pii__lexicon_find(lexicon, pii__word_key(word, PII__WORD_NON_ASCII_FIRST, 0));
}

/* First without a branch on what a word is: there is no pattern in it that could
 * be predicted. */
static void enter_ascii(const pii__lexicon *lexicon, const block_view *block, uint64_t *granules)
{
    uint8_t places[PII__BLOCK_SIZE / 2 + 1];
    size_t count = 0;
    uint64_t starts = block->letters & ~(block->letters << 1 | block->in_word);
    for (; starts; starts &= starts - 1) {
        size_t at = (size_t)__builtin_ctzll(starts);
        places[count] = (uint8_t)at;
        count += pii__lexicon_may_have(lexicon, block->at + at);
    }
    for (size_t i = 0; i < count; i++)
        granules[places[i] / PII__GRANULE_SIZE] |= sets_of_ascii(lexicon, block->at + places[i]);
}

static void enter_non_ascii(const pii__lexicon *lexicon, const block_view *block, uint64_t *granules)
{
    uint64_t starts = block->high & ~(block->letters << 1 | block->in_word);
    for (; starts; starts &= starts - 1) {
        size_t at = (size_t)__builtin_ctzll(starts);
        granules[at / PII__GRANULE_SIZE] |= sets_of_non_ascii(lexicon, block->at + at);
    }
}

/* text[from, from + size), with zeros after the text: where it lies, or in `copy`. */
static const uint8_t *window_at(const pii__word_map *map, size_t from, size_t size, uint8_t *copy)
{
    size_t rest = map->size - from;
    if (rest >= size)
        return map->text + from;
    memcpy(copy, map->text + from, rest);
    memset(copy + rest, 0, size - rest);
    return copy;
}

static bool letter_before(const pii__word_map *map, size_t at)
{
    return at && pii__ascii_letter(map->text[at - 1]);
}

static void fill_block(pii__word_map *map, size_t index)
{
    uint8_t copy[window_size];
    size_t from = index * PII__BLOCK_SIZE;
    uint64_t *granules = &map->granules[index * granules_per_block];
    block_view block = {.at = window_at(map, from, window_size, copy), .in_word = letter_before(map, from)};
    map->kernel->letters(block.at, &block.letters, &block.high);
    memset(granules, 0, granules_per_block * sizeof *granules);
    enter_ascii(map->lexicon, &block, granules);
    if (block.high)
        enter_non_ascii(map->lexicon, &block, granules);
    map->filled[index / 64] |= UINT64_C(1) << index % 64;
}

static bool is_filled(const pii__word_map *map, size_t index)
{
    return map->filled[index / 64] >> index % 64 & 1;
}

/* The sets of the word that begins at `at`, 0 if none does. */
static uint64_t sets_at(const pii__word_map *map, size_t at)
{
    uint8_t copy[PII__WORD_HEAD];
    uint8_t first = map->text[at];
    if (letter_before(map, at) || !(pii__ascii_letter(first) || first >= 0xC0))
        return 0;
    const uint8_t *word = window_at(map, at, PII__WORD_HEAD, copy);
    if (first >= 0xC0)
        return sets_of_non_ascii(map->lexicon, word);
    return pii__lexicon_may_have(map->lexicon, word) ? sets_of_ascii(map->lexicon, word) : 0;
}

bool pii__word_map_any(pii__word_map *map, size_t from, size_t until, uint64_t sets)
{
    uint64_t found = 0;
    if (until > map->size)
        until = map->size;
    if (from >= until)
        return false;
    size_t first = from / PII__BLOCK_SIZE, last = (until - 1) / PII__BLOCK_SIZE;
    if (until - from <= narrow && !(is_filled(map, first) && is_filled(map, last))) {
        for (size_t at = from; at < until && !(found & sets); at++)
            found = sets_at(map, at);
        return (found & sets) != 0;
    }
    for (size_t i = first; i <= last; i++)
        if (!is_filled(map, i))
            fill_block(map, i);
    for (size_t i = from / PII__GRANULE_SIZE; i <= (until - 1) / PII__GRANULE_SIZE; i++)
        found |= map->granules[i];
    return (found & sets) != 0;
}

/* Of a block that is not filled, nothing is known. */
static bool granule_may_have(const pii__word_map *map, size_t index, uint64_t sets)
{
    return !is_filled(map, index / granules_per_block) || (map->granules[index] & sets);
}

bool pii__word_map_next(const pii__word_map *map, size_t *from, size_t until, uint64_t sets, size_t *ret_end)
{
    if (*from >= until)
        return false;
    size_t begin = *from / PII__GRANULE_SIZE, last = (until - 1) / PII__GRANULE_SIZE;
    while (begin <= last && !granule_may_have(map, begin, sets))
        begin++;
    if (begin > last)
        return false;
    size_t end = begin + 1;
    while (end <= last && granule_may_have(map, end, sets))
        end++;
    if (*from < begin * PII__GRANULE_SIZE)
        *from = begin * PII__GRANULE_SIZE;
    *ret_end = end * PII__GRANULE_SIZE < until ? end * PII__GRANULE_SIZE : until;
    return true;
}
