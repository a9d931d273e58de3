/* fuzz.h - the ground that the fuzz targets stand on.
 *
 * A target is LLVMFuzzerTestOneInput. With clang and -Dfuzz=true it is driven by libFuzzer; else
 * replay.c hands it the files of its corpus. What must hold is stated with fuzz_require, which ends
 * the program where it does not. Everything is decided by the input alone, so that it happens again. */
#ifndef FUZZ_H
#define FUZZ_H

#include "random.h"
#include "session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Where there are many ways to the same answer, all are gone, not only some that the input chooses. */
extern bool fuzz_all_ways;

void fuzz_require(bool holds, const char *what);

uint64_t fuzz_hash(const void *data, size_t size);

/* Patterns that are compiled from now on are, or are not, made machine code of. */
void fuzz_use_jit(bool on);

/* ---- Answers ---- */

typedef struct fuzz_answer {
    pii_status status;
    pii_outcome outcome;
    const char *fault;
    uint64_t fault_at;
    test_answer taken;
} fuzz_answer;

void fuzz_answer_free(fuzz_answer *answer);

/* One pii_scrub call on a copy of the data that is followed by nothing. Requires all that the header says
 * of any answer: findings in order and inside, other bytes unchanged, nothing released on an error. */
void fuzz_scrub(pii_scrubber *scrubber, pii_format format, const void *data, size_t size, fuzz_answer *ret);

/* The same data in pieces and through buffers that `random` chooses. */
void fuzz_stream(pii_stream *stream, const void *data, size_t size, random_source *random, fuzz_answer *ret);

/* A limit counts steps, which not all ways take alike: where one is reached, nothing is compared. */
void fuzz_require_same(const fuzz_answer *expected, const fuzz_answer *answer, const char *what);

/* What the answer put in is not found again. */
void fuzz_require_final(pii_scrubber *scrubber, pii_format format, const fuzz_answer *answer);

/* ---- Ways to the same answer ---- */

enum { FUZZ_WAYS_MAX = 16 };

/* The first is the one that everybody goes; the others are ungated, with the interpreter instead of
 * machine code, and with every other kernel. */
typedef struct fuzz_ways {
    size_t count;
    const char *names[FUZZ_WAYS_MAX];
    bool jit[FUZZ_WAYS_MAX];
    pii_scrubber *scrubbers[FUZZ_WAYS_MAX];
} fuzz_ways;

/* All entities are on. `interpreted` is a ruleset of the same rules that nobody else uses. */
void fuzz_ways_open(fuzz_ways *ways, pii_ruleset *ruleset, pii_ruleset *interpreted, pii_invalid_action action);

/* `ret` is the answer of the first way; requires that the others answer the same. */
void fuzz_ways_agree(fuzz_ways *ways, pii_format format, const void *data, size_t size, fuzz_answer *ret);

/* A policy with all entities on; the program ends where there is none. */
pii_policy *fuzz_policy(pii_invalid_action action, const char *kernel);

/* The built-in rules. */
pii_ruleset *fuzz_default_rules(void);

/* ---- Hits of the scan itself, which public calls show as unions only ---- */

typedef struct fuzz_scans fuzz_scans;

fuzz_scans *fuzz_scans_new(pii_ruleset *ruleset, pii_ruleset *interpreted);
void fuzz_scans_free(fuzz_scans *scans);

/* Requires the same hits with and without gates, with every kernel, from machine code and interpreter. */
void fuzz_scans_agree(fuzz_scans *scans, const void *data, size_t size);

/* ---- Plantings ---- */

/* Puts an e-mail address and a telephone number at places that the data chooses, and requires that they do not
 * come out. Of programs only some parts are fields, which a rule for a word that is nowhere else tells. */
void fuzz_plant(fuzz_ways *strict, fuzz_ways *lenient, pii_format format, const void *data, size_t size);

#endif
