#include "path_filter.h"

#include <fnmatch.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

bool path_pattern_valid(const char *text)
{
    return *text && strlen(text) < PATH_PATTERN_SIZE_MAX;
}

/* The part behind the next slash; NULL behind the last one. */
static const char *next_part(const char *part)
{
    const char *slash = strchr(part, '/');
    return slash && slash[1] ? slash + 1 : NULL;
}

static bool is_any_depth(const char *part)
{
    return part && strncmp(part, "**", 2) == 0 && (!part[2] || part[2] == '/');
}

static bool part_matches(const char *pattern, const char *part)
{
    char glob[PATH_PATTERN_SIZE_MAX], name[NAME_MAX + 1];
    size_t glob_size = strcspn(pattern, "/"), size = strcspn(part, "/");
    if (glob_size >= sizeof glob || size >= sizeof name)
        return false;
    memcpy(glob, pattern, glob_size);
    glob[glob_size] = '\0';
    memcpy(name, part, size);
    name[size] = '\0';
    return fnmatch(glob, name, 0) == 0;
}

/* Goes back to the last "**" only, which then takes one part more: a later one
 * can take whatever an earlier one could. */
static bool path_matches(const char *pattern, const char *path)
{
    const char *again_pattern = NULL, *again_path = NULL;
    while (path) {
        if (is_any_depth(pattern)) {
            pattern = again_pattern = next_part(pattern);
            again_path = path;
            if (!pattern)
                return true;
        } else if (pattern && part_matches(pattern, path)) {
            pattern = next_part(pattern);
            path = next_part(path);
        } else if (again_pattern) {
            pattern = again_pattern;
            path = again_path = next_part(again_path);
        } else {
            return false;
        }
    }
    return !pattern || (is_any_depth(pattern) && !next_part(pattern));
}

static bool matches(const char *pattern, const char *path, bool directory)
{
    size_t size = strlen(pattern);
    if (pattern[size - 1] == '/' && !directory)
        return false;
    const char *slash = strchr(pattern, '/');
    if (slash && slash < pattern + size - 1)
        return path_matches(*pattern == '/' ? pattern + 1 : pattern, path);
    const char *base = strrchr(path, '/');
    return part_matches(pattern, base ? base + 1 : path);
}

bool path_filter_takes(const struct path_filter *filter, const char *path, bool directory)
{
    bool any_include = false;
    for (int i = filter->count - 1; i >= 0; i--) {
        if (matches(filter->patterns[i].text, path, directory))
            return filter->patterns[i].include;
        any_include |= filter->patterns[i].include;
    }
    return directory || !any_include;
}
