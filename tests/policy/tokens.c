/* tokens - pseudonyms and surrogates over many values. An argument: how many.
 *
 *   distinct      no two values share a token
 *   stable        the same values give the same tokens again
 *   unlinkable    tokens of one value under two keys agree in a letter as often as chance has it
 *   even          each letter is as frequent at each place
 *   without key   somebody who tries numbers with a key of his own hits none of the tokens
 *   gone          no surrogate and no token holds the value that it stands for, and a surrogate stays
 *
 * Says on stderr how many tokens a second one thread makes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tally.h"
#include "transform.h"

enum { LETTERS = 20, KNOWN = 16, COMPARED_MAX = 20000, TRIED_MAX = 1000000 };

static const char alphabet[] = "bcdfghjkmnprstvz";

struct maker {
    pii__keyring keys;
    pii__buffer out;
    char value[64];
};

static void maker_init(struct maker *maker)
{
    unsigned char secret[PII__KEY_SECRET_SIZE];
    *maker = (struct maker){0};
    pii__buffer_init(&maker->out, &pii__default_allocator, 4096);
    for (int which = 0; which < 2; which++) {
        memset(secret, 'a' + which, sizeof secret);
        if (pii__keyring_add(&maker->keys, which ? "two" : "one", secret, sizeof secret) != PII_OK)
            exit(2);
    }
}

/* What the action makes of maker->value; NUL-terminated, until the next call. */
static const char *make(struct maker *maker, pii_action_kind kind, const char *key, const char *entity)
{
    pii_action action = {.kind = kind, .key = key};
    pii__transform_input input = {.action = &action,
                                  .entity = entity,
                                  .value = (const uint8_t *)maker->value,
                                  .size = strlen(maker->value),
                                  .keys = &maker->keys};
    pii__buffer_clear(&maker->out);
    if (pii__transform(&input, &maker->out) != PII_OK || pii__buffer_append(&maker->out, "", 1) != PII_OK)
        exit(2);
    return (const char *)maker->out.bytes;
}

/* The letters of the token of maker->value. */
static const char *letters(struct maker *maker, const char *key, const char *entity)
{
    return strrchr(make(maker, PII_ACTION_PSEUDONYM, key, entity), ':') + 1;
}

/* The first sixteen letters as a number: values that differ there differ. */
static uint64_t number_of(const char *token)
{
    uint64_t number = 0;
    for (int i = 0; i < 16; i++)
        number = number << 4 | (uint64_t)(strchr(alphabet, token[i]) - alphabet);
    return number;
}

static void set_email(struct maker *maker, size_t i)
{
    (void)snprintf(maker->value, sizeof maker->value, "kid.%zu@example.org", i);
}

static void set_phone(struct maker *maker, size_t i)
{
    (void)snprintf(maker->value, sizeof maker->value, "(%zu) %03zu-%04zu", 200 + i / 10000000, 200 + i / 10000 % 800,
                   i % 10000);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void check_distinct(struct maker *maker, size_t count)
{
    uint64_t *tokens = malloc(count * sizeof *tokens), again = 0, first = 0;
    struct timespec begin, end;
    if (!tokens)
        exit(2);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (size_t i = 0; i < count; i++) {
        set_email(maker, i);
        tokens[i] = number_of(letters(maker, "one", "EMAIL"));
        first = first * 31 + tokens[i];
    }
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
    (void)fprintf(stderr, "%.2f million tokens a second\n", (double)count / seconds * 1e-6);
    struct maker other;
    maker_init(&other);
    for (size_t i = 0; i < count; i++) {
        set_email(&other, i);
        again = again * 31 + number_of(letters(&other, "one", "EMAIL"));
    }
    pii__buffer_free(&other.out);
    tally_case(first == again, "tokens differ from run to run");
    qsort(tokens, count, sizeof *tokens, compare);
    size_t shared = 0;
    for (size_t i = 1; i < count; i++)
        shared += tokens[i] == tokens[i - 1];
    tally_case(shared == 0, "%zu of %zu values share a token", shared, count);
    free(tokens);
}

/* Six standard deviations around one in sixteen: once in 500 million. */
static bool is_chance(size_t hits, size_t tries)
{
    double expected = (double)tries / 16, away = (double)hits - expected;
    return away * away <= 36 * expected * 15 / 16 + 36;
}

static void check_unlinkable(struct maker *maker, size_t count)
{
    size_t equal = 0, frequency[LETTERS][16] = {{0}};
    for (size_t i = 0; i < count; i++) {
        char token[LETTERS + 1] = "";
        set_email(maker, i);
        memcpy(token, letters(maker, "one", "EMAIL"), LETTERS);
        const char *other = letters(maker, "two", "EMAIL");
        for (size_t at = 0; at < LETTERS; at++) {
            equal += token[at] == other[at];
            frequency[at][strchr(alphabet, token[at]) - alphabet]++;
        }
    }
    tally_case(is_chance(equal, count * LETTERS), "%zu of %zu letters agree", equal, count * LETTERS);
    for (size_t at = 0; at < LETTERS; at++)
        for (size_t letter = 0; letter < 16; letter++)
            tally_case(is_chance(frequency[at][letter], count), "%c stands at %zu %zu times", alphabet[letter], at,
                       frequency[at][letter]);
}

static void check_without_key(struct maker *maker, size_t count)
{
    uint64_t known[KNOWN];
    size_t step = count / KNOWN + 1, hits = 0, owner = 0;
    for (size_t i = 0; i < KNOWN; i++) {
        set_phone(maker, i * step);
        known[i] = number_of(letters(maker, "one", "PHONE"));
    }
    for (size_t i = 0; i < count + step; i++) {
        set_phone(maker, i);
        uint64_t tried = number_of(letters(maker, "two", "PHONE")), right = 0;
        if (i % step == 0)
            right = number_of(letters(maker, "one", "PHONE"));
        for (size_t at = 0; at < KNOWN; at++) {
            hits += known[at] == tried;
            owner += known[at] == right;
        }
    }
    tally_case(hits == 0, "%zu tokens were found without their key", hits);
    tally_case(owner >= KNOWN, "with the key, only %zu of %d were found", owner, KNOWN);
}

static void check_gone(struct maker *maker, const char *entity)
{
    char value[sizeof maker->value], surrogate[sizeof maker->value];
    memcpy(value, maker->value, sizeof value);
    tally_case(!strstr(letters(maker, "one", entity), value), "a token of %s holds its value", entity);
    const char *made = make(maker, PII_ACTION_SURROGATE, "one", entity);
    tally_case(!strstr(made, value), "a surrogate of %s holds its value", entity);
    (void)snprintf(surrogate, sizeof surrogate, "%s", made);
    memcpy(maker->value, surrogate, sizeof surrogate);
    tally_case(!strcmp(make(maker, PII_ACTION_SURROGATE, "two", entity), surrogate), "%s: the surrogate of %s is %s",
               entity, surrogate, (const char *)maker->out.bytes);
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
    struct maker maker;
    maker_init(&maker);
    check_distinct(&maker, count);
    check_unlinkable(&maker, count < COMPARED_MAX ? count : COMPARED_MAX);
    check_without_key(&maker, count < TRIED_MAX ? count : TRIED_MAX);
    for (size_t i = 0; i < (count < COMPARED_MAX ? count : COMPARED_MAX); i++) {
        set_email(&maker, i);
        check_gone(&maker, "EMAIL");
        set_phone(&maker, i * 79999);
        check_gone(&maker, "PHONE");
    }
    pii__buffer_free(&maker.out);
    return tally_end();
}
