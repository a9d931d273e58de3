#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

bool input_is_stdin(const char *path)
{
    return !strcmp(path, "-");
}

static const char *display_name(const char *path)
{
    return input_is_stdin(path) ? "standard input" : path;
}

exit_code input_open(struct input *input, const char *path)
{
    *input = (struct input){.path = path, .name = display_name(path), .fd = -1};
    int fd = input_is_stdin(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return message_io(input->name, errno);
    input->fd = fd;
    int error = 0;
    if (fstat(fd, &input->status) != 0)
        error = errno;
    else if (S_ISDIR(input->status.st_mode))
        error = EISDIR;
    if (!error) {
        (void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
        return EXIT_DONE;
    }
    input_close(input);
    return message_io(input->name, error);
}

void input_close(struct input *input)
{
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    input->fd = -1;
}

static bool path_status(const char *path, struct stat *ret)
{
    return (input_is_stdin(path) ? fstat(STDIN_FILENO, ret) : stat(path, ret)) == 0;
}

exit_code input_check_output(const char *const *paths, int count, const struct stat *output, const char *output_name)
{
    for (int i = 0; i < count && S_ISREG(output->st_mode); i++) {
        struct stat in;
        if (!path_status(paths[i], &in) || in.st_dev != output->st_dev || in.st_ino != output->st_ino)
            continue;
        message("%s: is also %s; write to another file, or use --in-place", display_name(paths[i]), output_name);
        return EXIT_IO;
    }
    return EXIT_DONE;
}

exit_code input_check_output_path(const char *const *paths, int count, const char *output)
{
    struct stat out;
    return stat(output, &out) == 0 ? input_check_output(paths, count, &out, "the output file") : EXIT_DONE;
}
