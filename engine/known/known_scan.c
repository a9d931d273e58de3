#include "known_scan.h"

#include "known_word.h"
#include "word_form.h"
#include "memory.h"

enum { batch_blocks = 32 };

/* One call. */
typedef struct search {
    pii__known_scanner *scanner;
    const pii_known *known;
    const uint8_t *text;
    size_t size;
    size_t until;
} search;

/* Which bytes of some blocks belong to words, and those of the block after them. */
typedef struct masks {
    uint64_t words[batch_blocks + 1]; /* ASCII letters and digits */
    uint64_t high[batch_blocks + 1];  /* not ASCII */
    bool word_before; /* what the byte before is; false: not known */
    bool high_before;
} word_masks;

void pii__known_scanner_free(pii__known_scanner *scanner)
{
    if (scanner->allocator)
        pii__release(scanner->allocator, scanner->hits);
    pii_known_free(scanner->known);
}

size_t pii__known_behind(const pii__known_scanner *scanner)
{
    return scanner->known ? PII__KNOWN_MARGIN : 0;
}

size_t pii__known_reach(const pii__known_scanner *scanner)
{
    return scanner->known ? scanner->known->width + PII__KNOWN_MARGIN : 0;
}

/* ---- One start ---- */

/* How the words so far are written. */
typedef struct manner {
    bool capitals; /* each begins with a capital letter */
    bool dots;     /* each single letter has its dot */
    bool single;   /* there is one */
    bool lone_i;   /* one is the word "I", as it seems */
} manner;

static void look_at_word(const search *s, size_t at, const pii__known_word *word, manner *how)
{
    bool dot = word->end < s->size && s->text[word->end] == '.';
    how->capitals &= word->capital;
    how->dots &= !word->single || dot;
    how->single |= word->single;
    how->lone_i |= word->single && !dot && s->text[at] == 'I';
}

static bool as_name(const manner *how)
{
    return (how->capitals && !how->lone_i) || (how->single && how->dots);
}

/* The end of the longest value that begins at `at`; 0: none does. `*ret_spelled`: a
 * word that was read has another spelling. */
static size_t longest_value(const search *s, size_t at, bool spell_out, uint32_t *ret_entity, bool *ret_spelled)
{
    size_t limit = s->size - at < s->known->width ? s->size : at + s->known->width, found = 0;
    manner how = {.capitals = true, .dots = true};
    pii__folded folded;
    pii__known_word word;
    uint64_t sum = 0;
    uint32_t sign = 0;
    for (;;) {
        if (!pii__known_word_read(s->text, s->size, at, limit, spell_out, &folded, &word))
            return found;
        *ret_spelled |= word.spelled;
        sum = pii__known_step(sum, sign, pii__known_sum(folded.bytes, folded.size));
        unsigned info = pii__known_find(s->known, sum);
        look_at_word(s, at, &word, &how);
        if (info & PII__KNOWN_ENDS || (info & PII__KNOWN_ENDS_AS_NAME && as_name(&how))) {
            found = word.end;
            *ret_entity = info >> PII__KNOWN_ENTITY_SHIFT;
        }
        bool goes_on = info & PII__KNOWN_GOES_ON || (info & PII__KNOWN_GOES_ON_AS_NAME && (how.capitals || how.dots));
        size_t word_size = word.end - at;
        at = word.end;
        if (!goes_on || !pii__known_gap_read(s->text, s->size, &at, limit, word_size, &sign))
            return found;
    }
}

static pii_status add_hit(pii__known_scanner *scanner, pii__known_hit hit)
{
    pii__known_hit *hits =
        pii__grow(scanner->allocator, scanner->hits, &scanner->hit_capacity, scanner->hit_count, sizeof *hits);
    if (!hits)
        return PII_ERROR_MEMORY;
    scanner->hits = hits;
    hits[scanner->hit_count++] = hit;
    return PII_OK;
}

/* A word begins at `at`, unless it goes on from before. */
static pii_status try_word(const search *s, size_t at)
{
    pii__known_hit hit = {.begin = at};
    bool spelled = false;
    uint32_t entity;
    hit.end = longest_value(s, at, false, &hit.entity, &spelled);
    if (spelled) {
        size_t end = longest_value(s, at, true, &entity, &spelled);
        if (end > hit.end) {
            hit.end = end;
            hit.entity = entity;
        }
    }
    return hit.end ? add_hit(s->scanner, hit) : PII_OK;
}

/* ---- Starts ---- */

/* The words that begin in a run of bytes that are not ASCII, of which the first is at `at`. */
static pii_status try_run(const search *s, size_t at)
{
    bool inside = pii__known_word_before(s->text, at);
    pii_status status = PII_OK;
    while (at < s->until && s->text[at] >= 0x80 && status == PII_OK) {
        uint16_t letter;
        size_t size = pii__known_character(s->text, s->size, at, &letter);
        if (letter == PII__FORM_ALONE || (letter != PII__FORM_NONE && !inside))
            status = try_word(s, at);
        inside = letter != PII__FORM_NONE && letter != PII__FORM_ALONE;
        at += size;
    }
    return status;
}

/* Eight bytes, zeros after the end of the text. */
static inline uint64_t load_padded(const search *s, size_t at)
{
    uint8_t bytes[8] = {0};
    if (s->size - at >= sizeof bytes)
        return pii__load_word(s->text + at);
    memcpy(bytes, s->text + at, s->size - at);
    return pii__load_word(bytes);
}

/* Bits from `at` of block `index` on. */
static inline uint64_t bits_from(const uint64_t *mask, size_t index, size_t at)
{
    return mask[index] >> at | mask[index + 1] << 1 << (PII__BLOCK_SIZE - 1 - at);
}

/* The letters that a word begins with, 8 at most, of which `run` says where they end. */
static inline size_t letters_of(uint64_t run)
{
    return (size_t)__builtin_ctzll(~run | 1 << PII__WORD_HEAD);
}

/* What filters know a word by that begins with `letters` of these bytes; none will do. */
static inline uint32_t head_of(uint64_t bytes, size_t letters)
{
    const uint64_t lower_case = UINT64_C(0x2020202020202020); /* digits have the bit */
    return pii__known_head((bytes | lower_case) & UINT64_MAX >> (8 * (PII__WORD_HEAD - letters) & 63));
}

static inline bool has_head(const pii_known *known, uint32_t head, size_t letters)
{
    return pii__known_filter_has(&known->filters[PII__KNOWN_HEADS + (letters >> 3)], head);
}

/* Which of these words, of ASCII letters, a value may begin with. Without a branch on
 * what a word is: there is no pattern in it that could be predicted. `inside`: the
 * text goes on for eight bytes after the block. */
static inline uint64_t known_heads(const search *s, const word_masks *masks, size_t index, size_t from,
                                   uint64_t starts, bool inside)
{
    uint64_t found = 0;
    for (; starts; starts &= starts - 1) {
        size_t at = (size_t)__builtin_ctzll(starts);
        uint64_t bytes = inside ? pii__load_word(s->text + from + at) : load_padded(s, from + at);
        size_t letters = letters_of(bits_from(masks->words, index, at));
        found |= (uint64_t)has_head(s->known, head_of(bytes, letters), letters) << at;
    }
    return found;
}

/* Where words begin, and what is not ASCII. */
static uint64_t starts_in(const word_masks *masks, size_t index)
{
    uint64_t words = masks->words[index], high = masks->high[index];
    bool word_before = index ? masks->words[index - 1] >> 63 : masks->word_before;
    bool high_before = index ? masks->high[index - 1] >> 63 : masks->high_before;
    return (words & ~(words << 1 | word_before)) | (high & ~(high << 1 | high_before));
}

/* Those of them that a value may begin with. */
static uint64_t worth_a_look(const search *s, const word_masks *masks, size_t index, size_t from)
{
    uint64_t starts = starts_in(masks, index);
    if (masks->high[index] | masks->high[index + 1])
        return starts;
    bool inside = s->size - from >= PII__BLOCK_SIZE + PII__WORD_HEAD;
    return inside ? known_heads(s, masks, index, from, starts, true)
                  : known_heads(s, masks, index, from, starts, false);
}

/* What the beginning of a word tells. */
typedef struct outset {
    uint32_t head;
    bool unknown; /* it has other than ASCII letters: filters are not asked */
    size_t letters; /* 8 at most */
    bool initial;   /* one, and written as an initial is */
} outset;

static outset look_at_outset(const search *s, size_t at, uint64_t run, uint64_t high)
{
    uint64_t bytes = load_padded(s, at);
    size_t letters = letters_of(run);
    bool capital = !(bytes & 0x20) && (bytes & 0xFF) != 'I', dot = (bytes >> 8 & 0xFF) == '.';
    return (outset){
        .head = head_of(bytes, letters),
        .unknown = (high & ((1 << PII__WORD_HEAD) - 1)) >> letters & 1,
        .letters = letters,
        .initial = letters == 1 && (capital || dot),
    };
}

/* The word after the one at `at` of a block. */
static outset next_outset(const search *s, const word_masks *masks, size_t index, size_t from, size_t at)
{
    uint64_t starts = starts_in(masks, index) & ~((UINT64_C(2) << at) - 1);
    if (starts) {
        at = (size_t)__builtin_ctzll(starts);
        return look_at_outset(s, from + at, bits_from(masks->words, index, at), bits_from(masks->high, index, at));
    }
    starts = starts_in(masks, index + 1);
    at = starts ? (size_t)__builtin_ctzll(starts) : PII__BLOCK_SIZE;
    if (at >= PII__BLOCK_SIZE - PII__WORD_HEAD)
        return (outset){.unknown = true}; /* these two blocks do not tell */
    return look_at_outset(s, from + PII__BLOCK_SIZE + at, masks->words[index + 1] >> at, masks->high[index + 1] >> at);
}

/* A place where a value may begin. */
typedef struct candidate {
    uint16_t place; /* in the batch */
    bool asks;      /* if `pair` is one of a value */
    uint32_t pair;
} candidate;

/* Looks at the words of a block that are worth it; what memory the filter of pairs will
 * be asked about comes meanwhile. */
static size_t add_candidates(const search *s, const word_masks *masks, size_t index, size_t from, candidate *ret)
{
    const pii__known_filter *pairs = &s->known->filters[PII__KNOWN_PAIRS];
    uint64_t kept = worth_a_look(s, masks, index, from);
    size_t count = 0;
    for (; kept; kept &= kept - 1) {
        size_t at = (size_t)__builtin_ctzll(kept);
        uint64_t run = bits_from(masks->words, index, at), high = bits_from(masks->high, index, at);
        outset word = look_at_outset(s, from + at, run, high);
        candidate *place = &ret[count];
        *place = (candidate){.place = (uint16_t)(index * PII__BLOCK_SIZE + at)};
        if (!word.unknown && !pii__known_filter_has(&s->known->filters[PII__KNOWN_ALONE], word.head)) {
            if ((word.letters == 1 && !word.initial) || !has_head(s->known, word.head, word.letters))
                continue;
            outset next = next_outset(s, masks, index, from, at);
            place->asks = !next.unknown;
            place->pair = pii__known_pair(word.head, next.head);
            __builtin_prefetch(&pairs->words[place->pair >> pairs->shift]);
        }
        count++;
    }
    return count;
}

/* In order of the places. */
static pii_status try_candidates(const search *s, size_t from, const candidate *candidates, size_t count)
{
    const pii__known_filter *pairs = &s->known->filters[PII__KNOWN_PAIRS];
    pii_status status = PII_OK;
    for (size_t i = 0; i < count && status == PII_OK; i++) {
        size_t at = from + candidates[i].place;
        if (at >= s->until || (candidates[i].asks && !pii__known_filter_has(pairs, candidates[i].pair)))
            continue;
        if (s->text[at] >= 0x80)
            status = try_run(s, at);
        else if (!pii__known_word_before(s->text, at))
            status = try_word(s, at);
    }
    return status;
}

/* Those of `blocks` blocks and, if the text goes so far, of one more. */
static void classify(const search *s, size_t from, size_t blocks, word_masks *masks)
{
    uint8_t last[PII__BLOCK_SIZE] = {0};
    size_t rest = s->size - from, whole = rest / PII__BLOCK_SIZE;
    if (whole > blocks)
        whole = blocks + 1;
    s->scanner->kernel->words(s->text + from, whole, masks->words, masks->high);
    if (whole > blocks)
        return;
    memcpy(last, s->text + from + whole * PII__BLOCK_SIZE, rest - whole * PII__BLOCK_SIZE);
    s->scanner->kernel->words(last, 1, masks->words + whole, masks->high + whole);
    if (whole < blocks)
        masks->words[blocks] = masks->high[blocks] = 0;
}

pii_status pii__known_scan(pii__known_scanner *scanner, const pii__subject *text, size_t from, size_t until)
{
    search s = {scanner, scanner->known, text->text, text->size, until};
    word_masks masks;
    candidate candidates[batch_blocks * (PII__BLOCK_SIZE / 2 + 1)];
    masks.word_before = masks.high_before = false;
    scanner->hit_count = 0;
    if (!s.known || s.known->shortest == SIZE_MAX)
        return PII_OK;
    while (from < until) {
        size_t blocks = (until - from + PII__BLOCK_SIZE - 1) / PII__BLOCK_SIZE;
        blocks = blocks < batch_blocks ? blocks : batch_blocks;
        classify(&s, from, blocks, &masks);
        size_t count = 0;
        for (size_t i = 0; i < blocks; i++)
            count += add_candidates(&s, &masks, i, from + i * PII__BLOCK_SIZE, candidates + count);
        pii_status status = try_candidates(&s, from, candidates, count);
        if (status != PII_OK)
            return status;
        masks.word_before = masks.words[blocks - 1] >> 63;
        masks.high_before = masks.high[blocks - 1] >> 63;
        from += blocks * PII__BLOCK_SIZE;
    }
    return PII_OK;
}
