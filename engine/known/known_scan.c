#include "known_scan.h"

#include "known_word.h"
#include "word_form.h"
#include "memory.h"

enum { batch_blocks = 64 };

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
    bool lone_i;   /* the last one is the word "I", as it seems */
} manner;

static void look_at_word(const search *s, size_t at, const pii__known_word *word, manner *how)
{
    bool dot = word->end < s->size && s->text[word->end] == '.';
    how->capitals &= word->capital;
    how->dots &= !word->single || dot;
    how->single |= word->single;
    how->lone_i = word->single && !dot && s->text[at] == 'I';
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
        at = word.end;
        if (!goes_on || !pii__known_gap_read(s->text, s->size, &at, limit, &sign))
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

/* Where words begin that a value may begin with; those that go on with other than
 * ASCII bytes are not asked about. Without a branch on what a word is: there is no
 * pattern in it that could be predicted. */
static uint64_t worth_trying(const search *s, const word_masks *masks, size_t index, size_t from)
{
    const uint64_t lower_case = UINT64_C(0x2020202020202020); /* digits have the bit */
    uint64_t words = masks->words[index], found = 0;
    bool before = index ? masks->words[index - 1] >> 63 : masks->word_before;
    for (uint64_t starts = words & ~(words << 1 | before); starts; starts &= starts - 1) {
        size_t at = (size_t)__builtin_ctzll(starts);
        uint64_t run = bits_from(masks->words, index, at), high = bits_from(masks->high, index, at);
        size_t letters = (size_t)__builtin_ctzll(~run | 1 << PII__WORD_HEAD);
        uint64_t head = (load_padded(s, from + at) | lower_case) & UINT64_MAX >> 8 * (PII__WORD_HEAD - letters);
        uint64_t unknown = (high & ((1 << PII__WORD_HEAD) - 1)) >> letters & 1;
        found |= (unknown | pii__known_may_begin(s->known, pii__known_head(head))) << at;
    }
    return found;
}

static pii_status try_block(const search *s, const word_masks *masks, size_t index, size_t from)
{
    uint64_t high = masks->high[index], before = index ? masks->high[index - 1] >> 63 : masks->high_before;
    uint64_t runs = high & ~(high << 1 | before);
    pii_status status = PII_OK;
    for (uint64_t starts = worth_trying(s, masks, index, from) | runs; starts && status == PII_OK;
         starts &= starts - 1) {
        size_t at = from + (size_t)__builtin_ctzll(starts);
        if (at >= s->until)
            break;
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
    masks.word_before = masks.high_before = false;
    scanner->hit_count = 0;
    if (!s.known || s.known->shortest == SIZE_MAX)
        return PII_OK;
    while (from < until) {
        size_t blocks = (until - from + PII__BLOCK_SIZE - 1) / PII__BLOCK_SIZE;
        blocks = blocks < batch_blocks ? blocks : batch_blocks;
        classify(&s, from, blocks, &masks);
        for (size_t i = 0; i < blocks; i++) {
            pii_status status = try_block(&s, &masks, i, from + i * PII__BLOCK_SIZE);
            if (status != PII_OK)
                return status;
        }
        masks.word_before = masks.words[blocks - 1] >> 63;
        masks.high_before = masks.high[blocks - 1] >> 63;
        from += blocks * PII__BLOCK_SIZE;
    }
    return PII_OK;
}
