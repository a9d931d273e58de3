#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"

#define FIRST_SHOWN_AFTER 2.0 /* seconds; shorter runs need no progress */
#define SHOWN_EVERY 0.25
#define BAR_SIZE 20

static const char bar_full[BAR_SIZE + 1] = "####################";
static const char bar_empty[BAR_SIZE + 1] = "                    ";

/* Size of all files together; 0 when one of them has none. */
static uint64_t total_size(const struct options *options)
{
    uint64_t total = 0;
    for (int i = 0; i < options->file_count; i++) {
        struct stat status;
        const char *path = options->files[i];
        if ((input_is_stdin(path) ? fstat(STDIN_FILENO, &status) : stat(path, &status)) != 0)
            continue;
        if (!S_ISREG(status.st_mode))
            return 0;
        total += (uint64_t)status.st_size;
    }
    return total;
}

void progress_start(struct progress *progress, const struct options *options)
{
    bool file_output = options->output || options->in_place || options->command == COMMAND_CHECK;
    *progress = (struct progress){
        .on = isatty(STDERR_FILENO) && (file_output || !isatty(STDOUT_FILENO)),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .shown_at = FIRST_SHOWN_AFTER - SHOWN_EVERY,
    };
    if (!progress->on)
        return;
    progress->total = total_size(options);
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
}

static void show(const struct progress *progress, double seconds)
{
    double rate = (double)progress->done / seconds;
    char line[128];
    int size = snprintf(line, sizeof line, "\r\033[K%.1f MB, %.0f MB/s", (double)progress->done / 1e6, rate / 1e6);
    if (progress->total > progress->done && rate > 0) {
        double left = (double)(progress->total - progress->done) / rate;
        double part = (double)progress->done / (double)progress->total;
        int full = (int)(part * BAR_SIZE);
        size += snprintf(line + size, sizeof line - (size_t)size, " [%.*s%.*s] %.0f %%, %.0f s left", full, bar_full,
                         BAR_SIZE - full, bar_empty, part * 100, left);
    }
    if (write(STDERR_FILENO, line, (size_t)size) < 0)
        return; /* nobody is watching any more */
}

void progress_set_total(struct progress *progress, uint64_t total)
{
    pthread_mutex_lock(&progress->lock);
    progress->total = total;
    pthread_mutex_unlock(&progress->lock);
}

void progress_add(struct progress *progress, size_t bytes)
{
    if (!progress->on)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->done += bytes;
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds =
        (double)(now.tv_sec - progress->started.tv_sec) + (double)(now.tv_nsec - progress->started.tv_nsec) / 1e9;
    if (seconds >= progress->shown_at + SHOWN_EVERY) {
        show(progress, seconds);
        progress->shown_at = seconds;
        progress->shown = true;
    }
    pthread_mutex_unlock(&progress->lock);
}

void progress_end(struct progress *progress)
{
    static const char erase[] = "\r\033[K";
    if (progress->shown && write(STDERR_FILENO, erase, sizeof erase - 1) < 0)
        progress->on = false;
}
