/* name_list.h - names of files, one behind the other. */
#ifndef CLI_NAME_LIST_H
#define CLI_NAME_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct name_list {
    char *bytes; /* each name with its NUL */
    size_t size;
    size_t capacity;
    size_t *starts; /* of the names in `bytes` */
    size_t count;
    size_t start_capacity;
};

/* False: out of memory. */
bool name_list_add(struct name_list *list, const char *name);

/* By their bytes. */
void name_list_sort(struct name_list *list);

static inline const char *name_list_at(const struct name_list *list, size_t index)
{
    return list->bytes + list->starts[index];
}

void name_list_free(struct name_list *list);

#endif
