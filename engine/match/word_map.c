#include "word_map.h"

#include "memory.h"

enum {
    granules_per_block = PII__BLOCK_SIZE / PII__GRANULE_SIZE,
    window_size = 2 * PII__BLOCK_SIZE /* all that is read for one block */
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

/* Bytes of a block, what comes after it, and which of its bytes are what. */
typedef struct block_view {
    const uint8_t *at; /* `window_size` readable bytes */
    uint64_t letters;
    uint64_t next_letters; /* the same of the block after it */
    uint64_t high;         /* not ASCII */
    bool in_word;          /* a letter comes before the block */
} block_view;

/* The letters from `at` on, 8 at most. */
static size_t letters_from(const block_view *block, size_t at)
{
    uint64_t run = block->letters >> at | block->next_letters << 1 << (PII__BLOCK_SIZE - 1 - at);
    return (size_t)__builtin_ctzll(~run | UINT64_C(1) << PII__WORD_HEAD);
}

/* The sets of the word that begins at `at`. */
static uint64_t sets_of_word(const pii__lexicon *lexicon, const block_view *block, size_t at)
{
    size_t count = letters_from(block, at);
    const uint8_t *word = block->at + at;
    uint8_t sign_class = count <= PII__WORD_SHORT ? pii__sign_class(word[count]) : 0;
    uint64_t sets = pii__lexicon_find(lexicon, pii__word_key(word, count, sign_class));
    if (word[count] >= 0x80 && count + PII__WORD_NON_ASCII <= PII__WORD_HEAD)
        sets |= pii__lexicon_find(lexicon, pii__word_key(word, count + PII__WORD_NON_ASCII, 0));
    return sets;
}

/* First without a branch on what a word is: there is no pattern in it that could
 * be predicted. */
static void enter_letters(const pii__lexicon *lexicon, const block_view *block, uint64_t *granules)
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
        granules[places[i] / PII__GRANULE_SIZE] |= sets_of_word(lexicon, block, places[i]);
}

static void enter_non_ascii(const pii__lexicon *lexicon, const block_view *block, uint64_t *granules)
{
    uint64_t starts = block->high & ~(block->letters << 1 | block->in_word);
    for (; starts; starts &= starts - 1) {
        size_t at = (size_t)__builtin_ctzll(starts);
        const uint8_t *word = block->at + at;
        if (word[0] < 0xC0)
            continue;
        granules[at / PII__GRANULE_SIZE] |=
            pii__lexicon_find(lexicon, pii__word_key(word, PII__WORD_NON_ASCII, 0)) |
            pii__lexicon_find(lexicon, pii__word_key(word, PII__WORD_NON_ASCII_FIRST, 0));
    }
}

static void fill_block(pii__word_map *map, size_t index)
{
    uint8_t copy[window_size];
    uint64_t next_high;
    size_t from = index * PII__BLOCK_SIZE, rest = map->size - from;
    uint64_t *granules = &map->granules[index * granules_per_block];
    block_view block = {.at = map->text + from, .in_word = from && pii__ascii_letter(map->text[from - 1])};
    if (rest < window_size) {
        memcpy(copy, block.at, rest);
        memset(copy + rest, 0, window_size - rest);
        block.at = copy;
    }
    map->kernel->letters(block.at, &block.letters, &block.high);
    map->kernel->letters(block.at + PII__BLOCK_SIZE, &block.next_letters, &next_high);
    memset(granules, 0, granules_per_block * sizeof *granules);
    enter_letters(map->lexicon, &block, granules);
    if (block.high)
        enter_non_ascii(map->lexicon, &block, granules);
    map->filled[index / 64] |= UINT64_C(1) << index % 64;
}

bool pii__word_map_any(pii__word_map *map, size_t from, size_t until, uint64_t sets)
{
    if (until > map->size)
        until = map->size;
    if (from >= until)
        return false;
    for (size_t i = from / PII__BLOCK_SIZE; i <= (until - 1) / PII__BLOCK_SIZE; i++)
        if (!(map->filled[i / 64] >> i % 64 & 1))
            fill_block(map, i);
    uint64_t found = 0;
    for (size_t i = from / PII__GRANULE_SIZE; i <= (until - 1) / PII__GRANULE_SIZE; i++)
        found |= map->granules[i];
    return (found & sets) != 0;
}

bool pii__word_map_next(const pii__word_map *map, size_t *from, size_t until, uint64_t sets, size_t *ret_end)
{
    size_t begin = *from / PII__GRANULE_SIZE, last = (until - 1) / PII__GRANULE_SIZE;
    while (begin <= last && !(map->granules[begin] & sets))
        begin++;
    if (*from >= until || begin > last)
        return false;
    size_t end = begin + 1;
    while (end <= last && map->granules[end] & sets)
        end++;
    if (*from < begin * PII__GRANULE_SIZE)
        *from = begin * PII__GRANULE_SIZE;
    *ret_end = end * PII__GRANULE_SIZE < until ? end * PII__GRANULE_SIZE : until;
    return true;
}
