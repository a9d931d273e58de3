#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "hits.h"
#include "memory.h"
#include "view.h"

enum { KERNELS_MAX = 8 };

/* At 0 every candidate counts that its validator lets pass; at the usual minimum, rules that need a
 * word near them are not even tried where there is none. */
static const double minimums[] = {0, 0.5};

enum { MINIMUMS = sizeof minimums / sizeof *minimums };

struct fuzz_scans {
    pii_allocator allocator;
    bool *rule_on;
    double *minimums[MINIMUMS]; /* one per rule */
    pii__view view;
    size_t kernels;
    pii__scanner gated[MINIMUMS][KERNELS_MAX];
    pii__scanner ungated[MINIMUMS];
    pii__scanner interpreted[MINIMUMS];
};

static void open_scanner(fuzz_scans *scans, pii__scanner *scanner, const pii_ruleset *ruleset,
                         const pii__kernel *kernel, size_t m)
{
    fuzz_require(pii__scanner_init(scanner, &scans->allocator, ruleset, kernel) == PII_OK, "there is a scanner");
    pii__scanner_choose(scanner, scans->rule_on, scans->minimums[m]);
}

fuzz_scans *fuzz_scans_new(pii_ruleset *ruleset, pii_ruleset *interpreted)
{
    fuzz_scans *scans = calloc(1, sizeof *scans);
    fuzz_require(scans != NULL, "there is memory");
    scans->rule_on = malloc(ruleset->rule_count);
    fuzz_require(scans->rule_on != NULL, "there is memory");
    memset(scans->rule_on, true, ruleset->rule_count);
    for (size_t m = 0; m < MINIMUMS; m++) {
        scans->minimums[m] = calloc(ruleset->rule_count, sizeof(double));
        fuzz_require(scans->minimums[m] != NULL, "there is memory");
        for (size_t i = 0; i < ruleset->rule_count; i++)
            scans->minimums[m][i] = minimums[m];
    }
    scans->allocator = pii__allocator_or_default(NULL);
    pii__view_init(&scans->view, &scans->allocator);
    const pii__kernel *best = NULL;
    for (size_t i = 0; pii__kernel_name(i) && scans->kernels < KERNELS_MAX; i++) {
        const pii__kernel *kernel = pii__kernel_find(pii__kernel_name(i));
        if (!kernel) /* of another CPU */
            continue;
        best = best ? best : kernel;
        for (size_t m = 0; m < MINIMUMS; m++)
            open_scanner(scans, &scans->gated[m][scans->kernels], ruleset, kernel, m);
        scans->kernels++;
    }
    for (size_t m = 0; m < MINIMUMS; m++) {
        open_scanner(scans, &scans->ungated[m], ruleset, best, m);
        scans->ungated[m].gated = false;
        open_scanner(scans, &scans->interpreted[m], interpreted, best, m);
    }
    return scans;
}

void fuzz_scans_free(fuzz_scans *scans)
{
    for (size_t m = 0; m < MINIMUMS; m++) {
        for (size_t k = 0; k < scans->kernels; k++)
            pii__scanner_free(&scans->gated[m][k]);
        pii__scanner_free(&scans->ungated[m]);
        pii__scanner_free(&scans->interpreted[m]);
        free(scans->minimums[m]);
    }
    pii__view_free(&scans->view);
    free(scans->rule_on);
    free(scans);
}

/* Requires that the two find the same, unless one reaches a limit. */
static void require_same(const fuzz_scans *scans, pii__scanner *a, pii__scanner *b, const char *what)
{
    const pii__subject subject = {scans->view.bytes, scans->view.size, true, true};
    pii__scanner_restart(a);
    pii__scanner_restart(b);
    pii_status first = pii__scan(a, &subject, 0, subject.size);
    pii_status second = pii__scan(b, &subject, 0, subject.size);
    if (first == PII_ERROR_LIMIT || second == PII_ERROR_LIMIT)
        return;
    fuzz_require(first == PII_OK && second == PII_OK, "a scan ends well");
    fuzz_require(hits_equal(a, b), what);
}

void fuzz_scans_agree(fuzz_scans *scans, const void *data, size_t size)
{
    if (size > PII__PAGE_SIZE)
        return;
    fuzz_require(pii__view_build(&scans->view, data, size, true, false) == PII_OK, "there is a view");
    uint64_t choice = fuzz_hash(data, size);
    for (size_t m = 0; m < MINIMUMS; m++) {
        if (!fuzz_all_ways && m != choice % MINIMUMS)
            continue;
        for (size_t k = 0; k < scans->kernels; k++)
            if (fuzz_all_ways || k == choice / MINIMUMS % scans->kernels)
                require_same(scans, &scans->gated[m][k], &scans->ungated[m], "hits without gates as with them");
        fuzz_use_jit(false);
        require_same(scans, &scans->gated[m][0], &scans->interpreted[m], "hits interpreted as by machine code");
        fuzz_use_jit(true);
    }
}
