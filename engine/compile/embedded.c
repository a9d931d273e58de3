#include "embedded.h"

size_t pii__embedded_file_at(const pii__embedded_file *files, size_t index, const char **ret_name,
                             const char **ret_bytes, size_t *ret_size)
{
    size_t count = 0;
    for (const pii__embedded_file *file = files; file->name; file++, count++) {
        if (count != index)
            continue;
        if (ret_name)
            *ret_name = file->name;
        if (ret_bytes)
            *ret_bytes = file->bytes;
        if (ret_size)
            *ret_size = file->size;
    }
    return count;
}
