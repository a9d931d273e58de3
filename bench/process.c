#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define EACH_WRITE ((size_t)256 << 10)

bool bench_process_there(const char *program)
{
    if (strchr(program, '/') != NULL)
        return access(program, X_OK) == 0;
    const char *path = getenv("PATH");
    char *folders = bench_format("%s", path != NULL ? path : "/usr/bin:/bin");
    char *rest = folders;
    bool there = false;
    for (char *folder; !there && (folder = strsep(&rest, ":")) != NULL;) {
        char *file = bench_format("%s/%s", folder, program);
        there = access(file, X_OK) == 0;
        free(file);
    }
    free(folders);
    return there;
}

/* The two descriptors become standard input and output; both are close-on-exec otherwise. */
static pid_t start(char *const *argv, int input, int output)
{
    pid_t pid = -1;
    posix_spawn_file_actions_t actions;
    if (input < 0 || output < 0 || posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    if (posix_spawn_file_actions_adddup2(&actions, input, 0) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, output, 1) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) != 0 ||
        posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0)
        pid = -1;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static bool ended_well(pid_t pid)
{
    int status = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) <= 1;
}

static void close_all(const int *files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (files[i] >= 0)
            close(files[i]);
}

static bool run_piped(const bench_process *process)
{
    static char cat_name[] = "cat";
    char *const cat[] = {cat_name, NULL};
    int first[2] = {-1, -1};
    int second[2] = {-1, -1};
    int input = open(process->input, O_RDONLY | O_CLOEXEC);
    int output = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bool good = input >= 0 && output >= 0 && pipe2(first, O_CLOEXEC) == 0 && pipe2(second, O_CLOEXEC) == 0;
    pid_t pids[3] = {-1, -1, -1};
    if (good) {
        pids[0] = start(cat, input, first[1]);
        pids[1] = start(process->argv, first[0], second[1]);
        pids[2] = start(cat, second[0], output);
    }
    close_all((const int[]){input, output, first[0], first[1], second[0], second[1]}, 6);
    for (size_t i = 0; i < 3; i++)
        good = ended_well(pids[i]) && good;
    return good;
}

/* The answers that are gathered are short enough for a pipe's buffer. */
static bool run_plain(const bench_process *process)
{
    int ends[2] = {-1, -1};
    int input = open(process->input, O_RDONLY | O_CLOEXEC);
    if (process->answer != NULL) {
        if (pipe2(ends, O_CLOEXEC) != 0)
            ends[0] = ends[1] = -1;
    } else {
        ends[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
    }
    pid_t pid = start(process->argv, input, ends[1]);
    close_all((const int[]){input, ends[1]}, 2);
    bool good = ended_well(pid);
    if (process->answer != NULL && good) {
        ssize_t length = read(ends[0], process->answer, process->answer_size - 1);
        process->answer[length > 0 ? length : 0] = '\0';
    }
    close_all(ends, 1);
    return good;
}

bool bench_process_run(const bench_process *process, double *ret_seconds)
{
    uint64_t begin = bench_now();
    bool good = process->piped ? run_piped(process) : run_plain(process);
    *ret_seconds = bench_seconds_since(begin);
    return good;
}

static bool write_all(int file, const char *text, size_t text_size, size_t size)
{
    size_t at = 0;
    while (size > 0) {
        size_t piece = text_size - at < EACH_WRITE ? text_size - at : EACH_WRITE;
        ssize_t written = write(file, text + at, piece < size ? piece : size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            size -= (size_t)written;
            at = (at + (size_t)written) % text_size;
        }
    }
    return true;
}

/* Waits until the reader has taken everything out of the pipe, or is gone. */
static void wait_until_read(int file, pid_t pid)
{
    int waiting = 0;
    siginfo_t ended = {0};
    while (ioctl(file, FIONREAD, &waiting) == 0 && waiting > 0 &&
           waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0)
        usleep(500);
}

bool bench_process_feed(char *const *argv, const char *text, size_t text_size, size_t size, double *ret_seconds,
                        size_t *ret_peak)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    int output = open("/dev/null", O_WRONLY | O_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
    uint64_t begin = bench_now();
    pid_t pid = start(argv, ends[0], output);
    close_all((const int[]){ends[0], output}, 2);
    bool good = pid > 0 && write_all(ends[1], text, text_size, size);
    if (good)
        wait_until_read(ends[1], pid);
    *ret_peak = pid > 0 ? bench_memory_peak(pid) : 0;
    close(ends[1]);
    good = ended_well(pid) && good;
    *ret_seconds = bench_seconds_since(begin);
    return good;
}
