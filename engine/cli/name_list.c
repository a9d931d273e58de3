#include "name_list.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct name_list *list, size_t size)
{
    if (size > list->capacity - list->size) {
        size_t capacity = (list->capacity + size) * 2;
        char *bytes = realloc(list->bytes, capacity);
        if (!bytes)
            return false;
        list->bytes = bytes;
        list->capacity = capacity;
    }
    if (list->count == list->start_capacity) {
        size_t capacity = list->start_capacity ? list->start_capacity * 2 : 64;
        size_t *starts = reallocarray(list->starts, capacity, sizeof *starts);
        if (!starts)
            return false;
        list->starts = starts;
        list->start_capacity = capacity;
    }
    return true;
}

bool name_list_add(struct name_list *list, const char *name)
{
    size_t size = strlen(name) + 1;
    if (!reserve(list, size))
        return false;
    memcpy(list->bytes + list->size, name, size);
    list->starts[list->count++] = list->size;
    list->size += size;
    return true;
}

static int compare(const void *a, const void *b, void *bytes)
{
    return strcmp((const char *)bytes + *(const size_t *)a, (const char *)bytes + *(const size_t *)b);
}

void name_list_sort(struct name_list *list)
{
    if (list->count > 1)
        qsort_r(list->starts, list->count, sizeof *list->starts, compare, list->bytes);
}

void name_list_free(struct name_list *list)
{
    free(list->bytes);
    free(list->starts);
    *list = (struct name_list){0};
}
