/* piiglet_types.h - what both halves of the interface share: status codes,
 * the allocator, version facts. Included by the other two headers. */
#ifndef PIIGLET_TYPES_H
#define PIIGLET_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PII_API __attribute__((visibility("default")))
#define PII_MUST_CHECK __attribute__((warn_unused_result))
#else
#define PII_API
#define PII_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What every fallible call answers. Only PII_OK means that data may be used;
 * the values are stable across releases. */
typedef enum pii_status {
    PII_OK = 0,
    PII_ERROR_MEMORY = 1,   /* an allocation failed; objects stay usable unless said otherwise */
    PII_ERROR_ARGUMENT = 2, /* NULL or out-of-range argument, unknown entity name */
    PII_ERROR_BUSY = 3,     /* the object is in use by another thread or by an enclosing call */
    PII_ERROR_STATE = 4,    /* call after the end, or after an earlier error, of this stream */
    PII_ERROR_RULE = 5,     /* a rule file was refused; see the compiler's diagnostics */
    PII_ERROR_INVALID = 6,  /* the input is not what its format promises (error_offset says where) */
    PII_ERROR_LIMIT = 7,    /* an engine limit was reached (error_offset says where) */
    PII_ERROR_BLOCKED = 8,  /* the policy blocks this input because of what it holds */
    PII_ERROR_ENGINE = 9,   /* the match engine failed in a way that has no other name */
    PII_ERROR_SINK = 10,    /* the caller's sink asked to stop */
    PII_ERROR_KEY = 11      /* the policy has an action that needs a key, and no such key */
} pii_status;

/* One constant English sentence per status, never NULL, never freed. */
PII_API const char *pii_status_text(pii_status status);

/* Where memory comes from. All three members are required; `context` is handed
 * to both functions. Both must be safe to call from every thread that uses an
 * object made with this allocator. Blocks must be aligned for any C type.
 * piiglet wipes every block before it hands it to `release`. */
typedef struct pii_allocator {
    void *(*allocate)(void *context, size_t size); /* NULL when out of memory */
    void (*release)(void *context, void *block);   /* never called with NULL */
    void *context;
} pii_allocator;

/* A named number that took part in a validator's score. */
typedef struct pii_feature {
    const char *name; /* constant */
    double value;
} pii_feature;

/* Facts for a version line or a bug report; constants, never freed. */
typedef struct pii_build_info {
    const char *version; /* of the library: "MAJOR.MINOR.PATCH" */
    const char *pcre2;   /* of PCRE2 at run time, with its date */
    const char *unicode; /* of the fold table: "MAJOR.MINOR" */
    const char *kernel;  /* CPU kernel that the classifier runs */
    bool jit;            /* whether PCRE2 can compile to machine code in this process */
} pii_build_info;

/* Fills `*ret` (not NULL). Probes JIT anew at each call, as a process may lose
 * the right to map executable memory. Thread-safe. */
PII_API void pii_build_info_get(pii_build_info *ret);

#ifdef __cplusplus
}
#endif

#endif
