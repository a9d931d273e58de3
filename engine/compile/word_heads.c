#include "word_heads.h"

#include <stdlib.h>

enum {
    head_max = PII__WORD_HEAD + PII__WORD_NON_ASCII, /* bytes that show the key of a word */
    choices_max = 12 /* bytes that a class in a word may stand for */
};

/* What comes after a node: the rest of a list, or further rounds of a repeat. */
typedef struct rest {
    const pii__node *list;   /* the next of the list, or NULL */
    const pii__node *repeat; /* or a repeat with ... */
    uint32_t min, more;      /* ... so many rounds to go */
    const struct rest *then;
} rest;

typedef struct walk {
    pii__word_heads *heads;
    uint8_t bytes[head_max];
    size_t size;
    bool good;
} walk;

static bool add_key(pii__word_heads *heads, const uint8_t *word, size_t size)
{
    uint8_t bytes[head_max] = {0};
    size_t head = pii__word_head(word, size);
    if (!head || heads->count + PII__SIGN_CLASSES > PII__WORD_HEADS_MAX)
        return false;
    memcpy(bytes, word, head);
    heads->non_ascii |= word[0] >= 0x80;
    bool brief = head <= PII__WORD_SHORT && bytes[head - 1] < 0x80;
    for (uint8_t sign = PII__SIGN_BLANK; brief && sign < PII__SIGN_CLASSES; sign++)
        if (head == size || sign == pii__sign_class(word[head]))
            heads->keys[heads->count++] = pii__word_key(bytes, head, sign);
    if (!brief)
        heads->keys[heads->count++] = pii__word_key(bytes, head, 0);
    return true;
}

bool pii__word_heads_add(pii__word_heads *heads, const char *word, size_t size)
{
    return add_key(heads, (const uint8_t *)word, size);
}

/* Whether what is known of a word is enough: a byte has come that is part of no
 * head, or there is no more to know. */
static bool complete(const walk *w)
{
    return w->size == head_max || (w->size && w->bytes[w->size - 1] < 0x80 &&
                                   !pii__ascii_letter(w->bytes[w->size - 1]));
}

static void step(walk *w, const pii__node *node, const rest *then);

static void go_on(walk *w, const rest *then)
{
    if (!w->good)
        return;
    if (complete(w) || !then) {
        w->heads->open |= !complete(w);
        w->good = add_key(w->heads, w->bytes, w->size);
        return;
    }
    if (then->repeat) {
        rest fewer = *then;
        if (!then->min)
            go_on(w, then->then);
        if (!then->min && !then->more)
            return;
        if (then->min)
            fewer.min--;
        else
            fewer.more--;
        step(w, then->repeat->repeat.child, &fewer);
    } else if (then->list) {
        rest after = {.list = then->list->next, .then = then->then};
        step(w, then->list, &after);
    } else {
        go_on(w, then->then);
    }
}

/* One byte after the other, letters in one case only. */
static void step_byte(walk *w, const pii__byte_set *set, const rest *then)
{
    size_t choices = 0;
    for (unsigned byte = 0; byte < 256 && w->good; byte++) {
        bool other_case = byte >= 'a' && byte <= 'z' && pii__byte_set_has(set, (uint8_t)(byte - 0x20));
        if (!pii__byte_set_has(set, (uint8_t)byte) || other_case)
            continue;
        w->good = ++choices <= choices_max;
        w->bytes[w->size++] = (uint8_t)byte;
        go_on(w, then);
        w->size--;
    }
}

static void step(walk *w, const pii__node *node, const rest *then)
{
    if (!w->good)
        return;
    switch (node->kind) {
    case PII__NODE_BYTE: step_byte(w, &node->byte.set, then); break;
    case PII__NODE_CONCAT: go_on(w, &(rest){.list = node->list.first, .then = then}); break;
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            step(w, child, then);
        break;
    case PII__NODE_REPEAT:
        go_on(w, &(rest){.repeat = node,
                         .min = node->repeat.min,
                         .more = node->repeat.max - node->repeat.min,
                         .then = then});
        break;
    case PII__NODE_GROUP: step(w, node->group.child, then); break;
    case PII__NODE_LOOK:
    case PII__NODE_ANCHOR: go_on(w, then); break;
    case PII__NODE_REFERENCE: w->good = false; break;
    }
}

bool pii__word_heads_of(pii__word_heads *heads, const pii__node *node)
{
    walk w = {.heads = heads, .good = true};
    step(&w, node, NULL);
    return w.good;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

pii__word_set pii__word_heads_finish(pii__word_heads *heads, pii__arena *arena)
{
    uint64_t *keys = pii__arena_take_array(arena, heads->count, sizeof *keys);
    size_t count = 0;
    qsort(heads->keys, heads->count, sizeof *heads->keys, compare);
    for (size_t i = 0; keys && i < heads->count; i++)
        if (!count || keys[count - 1] != heads->keys[i])
            keys[count++] = heads->keys[i];
    return (pii__word_set){keys, count};
}
