#include "place_pattern.h"

#include <string.h>

bool pii__path_pattern_valid(const char *path)
{
    size_t size = strlen(path);
    return size > 1 && path[0] == '/' && path[size - 1] != '/' && !strstr(path, "//");
}

/* The next step: `at` is at the slash of one. */
static const char *after_step(const char *at)
{
    return at + 1 + strcspn(at + 1, "/");
}

static bool is_step(const char *at, const char *text)
{
    size_t size = (size_t)(after_step(at) - at);
    return size == strlen(text) && memcmp(at, text, size) == 0;
}

static bool step_fits(const char *pattern, const char *path)
{
    size_t size = (size_t)(after_step(path) - path);
    return is_step(pattern, "/*") ||
           ((size_t)(after_step(pattern) - pattern) == size && memcmp(pattern, path, size) == 0);
}

/* Of several ** only the last one is ever gone back to. */
bool pii__path_fits(const char *pattern, const char *path)
{
    const char *behind_any = NULL, *retry = NULL;
    while (*path) {
        if (*pattern && is_step(pattern, "/**")) {
            pattern = behind_any = after_step(pattern);
            retry = path;
        } else if (*pattern && step_fits(pattern, path)) {
            pattern = after_step(pattern);
            path = after_step(path);
        } else if (behind_any) {
            path = retry = after_step(retry);
            pattern = behind_any;
        } else {
            return false;
        }
    }
    while (*pattern && is_step(pattern, "/**"))
        pattern = after_step(pattern);
    return !*pattern;
}

bool pii__place_fits(const pii__place_pattern *pattern, const char *project, const char *path)
{
    if (pattern->project && strcmp(pattern->project, project) != 0)
        return false;
    return !pattern->path || pii__path_fits(pattern->path, path);
}

pii_status pii__place_pattern_copy(const pii_allocator *allocator, const pii_place *place, pii__place_pattern *ret)
{
    pii__place_pattern copy = {0};
    const char *project = place ? place->project : NULL, *path = place ? place->path : NULL;
    if (project)
        copy.project = pii__copy_string(allocator, project, strlen(project));
    if (path)
        copy.path = pii__copy_string(allocator, path, strlen(path));
    if ((project && !copy.project) || (path && !copy.path)) {
        pii__place_pattern_free(allocator, &copy);
        return PII_ERROR_MEMORY;
    }
    *ret = copy;
    return PII_OK;
}

void pii__place_pattern_free(const pii_allocator *allocator, pii__place_pattern *pattern)
{
    pii__release(allocator, pattern->project);
    pii__release(allocator, pattern->path);
    *pattern = (pii__place_pattern){0};
}
