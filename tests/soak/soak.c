/* soak - documents without end go through piiglet for a while: on two threads through the library, as streams in pieces
 * of any size, in turn one of records in each format and a long one of prose; and meanwhile, on what those leave of the
 * processors, through two runs of the command, whose input does not end before the time is up. What comes out is
 * compared byte by byte with what the generator says must come: nothing planted is left, nothing else is touched.
 * Memory is as large in the second half of the time as it was in the first.
 *
 *     soak COMMAND SECONDS [SEED] */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "flow.h"
#include "tally.h"

enum {
    LIBRARIES = 2,
    WORKS = LIBRARIES + 2,
    DOCUMENT_BLOCKS = 512,
    PROSE_STRETCHES = 1 << 19,
    COMMAND_NICE = 10,
    GROWTH_MAX = 4 << 20, /* bytes */
    ROOM = 1 << 16
};

/* The largest memory of a process that was seen in each half of the time; the first tenth is for warming up. */
struct memory {
    pid_t process;
    size_t early, late; /* bytes */
};

struct work {
    const char *command;
    const soak_format *format; /* of the command's input; the library takes all */
    uint64_t seed;
    double begin, seconds;
    struct memory memory;
    size_t living; /* blocks of streams */
    uint64_t bytes, planted, documents, pieces;
    bool good;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool time_is_up(const struct work *work)
{
    return now() - work->begin >= work->seconds;
}

static size_t memory_of(pid_t process)
{
    char name[40];
    unsigned long pages = 0;
    snprintf(name, sizeof name, "/proc/%d/statm", (int)process);
    FILE *file = fopen(name, "r");
    if (!file || fscanf(file, "%*u %lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void look_at_memory(struct work *work)
{
    double part = (now() - work->begin) / work->seconds;
    size_t *most = part < 0.5 ? &work->memory.early : &work->memory.late;
    size_t size = part < 0.1 ? 0 : memory_of(work->memory.process);
    *most = size > *most ? size : *most;
}

/* ---- The library ---- */

static void *count_block(void *context, size_t size)
{
    struct work *work = context;
    void *block = malloc(size);
    work->living += block != NULL;
    return block;
}

static void release_block(void *context, void *block)
{
    struct work *work = context;
    free(block);
    work->living--;
}

static int compare(void *context, const pii_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_take(context, pieces[i].data, pieces[i].size);
    return 0;
}

/* One document; false when it does not come out as it must, or leaves memory behind. Prose can end anywhere. */
static bool scrub(struct work *work, pii_ruleset *rules, soak_source *source, soak_check *check)
{
    const pii_allocator allocator = {count_block, release_block, work};
    const soak_format *format = check->generator.format;
    bool complete = true;
    pii_stream *stream = NULL;
    if (pii_stream_new(rules, NULL, format->format, &allocator, &stream) != PII_OK)
        return false;
    pii_status status = PII_OK;
    const char *data;
    for (size_t size; status == PII_OK && complete && (size = source_take(source, &data)) > 0;) {
        status = pii_stream_write(stream, data, size, compare, check);
        if (++work->pieces % 64 == 0)
            look_at_memory(work);
        complete = !(format == &soak_prose && source->at == source->staged.size && time_is_up(work));
    }
    if (status == PII_OK)
        status = pii_stream_finish(stream, compare, check);
    pii_stream_free(stream);
    work->documents++;
    return status == PII_OK && check_finish(check, complete) && work->living == 0;
}

static bool scrub_one(struct work *work, pii_ruleset *rules, soak_source *source, soak_check *check,
                      const soak_format *format, size_t blocks)
{
    source_begin(source, format, blocks);
    check_begin(check, format, blocks);
    bool good = scrub(work, rules, source, check);
    look_at_memory(work);
    return good;
}

static void *soak_library(void *context)
{
    struct work *work = context;
    soak_source source;
    soak_check check;
    random_source random = {work->seed};
    pii_ruleset *rules = NULL;
    source_open(&source, work->seed);
    check_open(&check, work->seed);
    work->memory.process = getpid();
    work->good = pii_ruleset_default(NULL, &rules) == PII_OK;
    const soak_format *format = soak_formats;
    while (work->good && !time_is_up(work)) {
        bool records = format->name != NULL;
        size_t blocks = random_below(&random, records ? DOCUMENT_BLOCKS : PROSE_STRETCHES);
        work->good = scrub_one(work, rules, &source, &check, records ? format : &soak_prose, blocks);
        format = records ? format + 1 : soak_formats;
    }
    pii_ruleset_free(rules);
    work->bytes = check.bytes;
    work->planted = check.planted;
    source_close(&source);
    check_close(&check);
    return NULL;
}

/* ---- The command ---- */

struct child {
    pid_t process;
    int in, out; /* our ends of the pipes */
};

static bool start(const struct work *work, struct child *ret)
{
    extern char **environ;
    char *arguments[] = {(char *)(uintptr_t)work->command, (char[]){"scrub"}, (char[]){"--format"},
                         (char *)(uintptr_t)work->format->name, NULL};
    int in[2], out[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool good = posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO) == 0 &&
                posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO) == 0 &&
                posix_spawn(&ret->process, work->command, &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    ret->in = in[1];
    ret->out = out[0];
    return good;
}

/* Writes until the time is up. The command ends early only after an error, which its exit code tells. */
static void *feed(void *context)
{
    const struct work *work = *(struct work *const *)context;
    const struct child *child = *((struct child *const *)context + 1);
    soak_source source;
    source_open(&source, work->seed);
    source_begin(&source, work->format, SIZE_MAX - 1);
    const char *data;
    ssize_t written = 0;
    while (written >= 0 && !(source.at == source.staged.size && time_is_up(work)))
        for (size_t size = source_take(&source, &data), done = 0; done < size && written >= 0; done += (size_t)written)
            written = write(child->in, data + done, size - done);
    close(child->in);
    source_close(&source);
    return NULL;
}

static void *soak_command(void *context)
{
    struct work *work = context;
    static _Thread_local char room[ROOM];
    struct child child;
    soak_check check;
    pthread_t writer;
    const void *both[] = {work, &child};
    (void)!nice(COMMAND_NICE); /* of this thread, and so of the command and of what feeds it */
    if (!start(work, &child) || pthread_create(&writer, NULL, feed, both) != 0)
        return NULL;
    work->memory.process = child.process;
    check_open(&check, work->seed);
    check_begin(&check, work->format, SIZE_MAX - 1);
    for (ssize_t size; (size = read(child.out, room, sizeof room)) > 0;) {
        check_take(&check, room, (size_t)size);
        look_at_memory(work);
    }
    int status = -1;
    work->good = pthread_join(writer, NULL) == 0 && waitpid(child.process, &status, 0) == child.process &&
                 status == 0 && check_finish(&check, false);
    work->documents = 1;
    work->bytes = check.bytes;
    work->planted = check.planted;
    close(child.out);
    check_close(&check);
    return NULL;
}

/* ---- The whole ---- */

static void report(const struct work *work, const char *name)
{
    printf("%s: %.2f GB of %s, %llu documents, %llu values; memory %zu KiB, later %zu KiB\n", name,
           (double)work->bytes / 1e9, work->format ? work->format->name : "all formats",
           (unsigned long long)work->documents, (unsigned long long)work->planted, work->memory.early / 1024,
           work->memory.late / 1024);
    tally_case(work->good && work->planted > 0, "%s: what came out is not what must", name);
    bool flat = work->memory.early > 0 && work->memory.late <= work->memory.early + GROWTH_MAX;
    tally_case(flat, "%s: memory grows", name);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: soak COMMAND SECONDS [SEED]\n", stderr);
        return 2;
    }
    double seconds = strtod(argv[2], NULL), begin = now();
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : (uint64_t)time(NULL);
    printf("seed %llu\n", (unsigned long long)seed);
    fflush(stdout);
    signal(SIGPIPE, SIG_IGN);
    struct work works[WORKS];
    pthread_t threads[WORKS];
    for (size_t i = 0; i < WORKS; i++) {
        bool library = i < LIBRARIES;
        works[i] = (struct work){.command = argv[1], .seed = seed + i, .begin = begin, .seconds = seconds};
        works[i].format = library ? NULL : &soak_formats[i - LIBRARIES];
        if (pthread_create(&threads[i], NULL, library ? soak_library : soak_command, &works[i]) != 0)
            return 2;
    }
    double bytes = 0;
    for (size_t i = 0; i < WORKS; i++) {
        pthread_join(threads[i], NULL);
        report(&works[i], works[i].format ? "command" : "library");
        bytes += (double)works[i].bytes;
    }
    double took = now() - begin;
    printf("%.2f GB in %.0f seconds, %.3f GB/s\n", bytes / 1e9, took, bytes / 1e9 / took);
    return tally_end();
}
