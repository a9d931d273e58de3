#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "hash.h"
#include "interrupt.h"
#include "journal.h"
#include "message.h"
#include "tree_size.h"
#include "tree_summary.h"
#include "tree_walk.h"
#include "worker.h"

#define JOURNAL_EVERY ((uint64_t)16 << 20) /* bytes read, at most, of which the journal does not know */

/* What one thread works with, besides its working memory. */
struct tree_worker {
    struct tree_batch batch;
    struct writer writer;
    struct window path;  /* of the file at hand, with its NUL */
    struct window lines; /* for the journal */
    uint64_t unwritten;  /* bytes read since the last of them was written */
    struct tree_counts counts;
    struct summary summary;
};

struct tree {
    const struct options *options;
    task_function function;
    void *context;
    struct setup setup;
    struct journal journal;
    struct tree_scope scope;
    struct tree_walk walk;
    struct progress progress;
    struct stat own[3]; /* standard output and error, and the file of a report: they may lie in the tree */
    struct worker *workers;
    struct tree_worker *tree_workers;
};

static bool next_batch(void *context, unsigned worker)
{
    struct tree *tree = context;
    return !interrupt_requested() && tree_walk_next(&tree->walk, &tree->tree_workers[worker].batch);
}

/* ---- One file ---- */

static bool set_path(struct tree_worker *worker, const struct directory *directory, const char *name)
{
    bool slash = directory->path_size > 0 && directory->path[directory->path_size - 1] == '/';
    worker->path.size = 0;
    return window_add(&worker->path, directory->path, directory->path_size) &&
           (slash || window_add(&worker->path, "/", 1)) && window_add(&worker->path, name, strlen(name) + 1);
}

/* Whether the file has been done by the run that this one goes on with. The copy must still be there. */
static bool is_done(struct tree *tree, struct tree_worker *worker, const char *name)
{
    struct stat status, copy;
    const struct directory *directory = worker->batch.directory;
    uint64_t findings;
    if (!tree->journal.resumed || fstatat(directory->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode) || !journal_has(&tree->journal, (const char *)worker->path.bytes, &status, &findings))
        return false;
    if (directory->copy >= 0 && fstatat(directory->copy, name, &copy, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    worker->counts.done_before++;
    progress_add(&tree->progress, (size_t)status.st_size);
    return true;
}

static bool is_own(const struct tree *tree, const struct stat *status)
{
    const struct stat *const own[] = {&tree->own[0], &tree->own[1], &tree->own[2], &tree->journal.status};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (own[i]->st_ino == status->st_ino && own[i]->st_dev == status->st_dev)
            return true;
    return false;
}

/* Opens a file that is to be read: `input->fd` stays -1 for one that is only to be counted. */
static exit_code open_file(const struct tree *tree, struct tree_worker *worker, const struct turn *turn,
                           struct input *input)
{
    input->fd = openat(input->directory, input->base, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (input->fd >= 0 && fstat(input->fd, &input->status) == 0) {
        bool regular = S_ISREG(input->status.st_mode);
        if (regular && !is_own(tree, &input->status))
            return EXIT_DONE;
        if (regular)
            worker->counts.own++;
        else
            worker->counts.special++; /* it has been a file a moment ago */
        input_close(input);
        return EXIT_DONE;
    }
    int error = errno;
    input_close(input);
    if (error == ENOENT)
        worker->counts.gone++;
    else if (error == ELOOP)
        worker->counts.links++;
    else
        turn_wait(turn);
    return error == ENOENT || error == ELOOP ? EXIT_DONE : message_io(input->name, error);
}

/* A change in the same tick of the clock as the one before would not show in the status. */
static bool is_settled(const struct stat *status)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return status->st_ctim.tv_sec < now.tv_sec ||
           (status->st_ctim.tv_sec == now.tv_sec && status->st_ctim.tv_nsec < now.tv_nsec);
}

static exit_code make_ready(struct tree *tree, struct worker *worker, struct task *task)
{
    struct tree_task *in_tree = task->in_tree;
    bool whole = task->input.status.st_size < (off_t)TASK_READ_SIZE;
    exit_code code =
        whole ? worker_scrubber(worker, task) : worker_stream(worker, &tree->setup, in_tree->format);
    in_tree->scrubber = whole ? worker->scrubber : NULL;
    task->stream = worker->stream;
    task->buffer = worker->buffer;
    return code;
}

static exit_code run_task(struct tree *tree, struct tree_worker *worker, struct worker *memory, struct task *task)
{
    struct tree_task *in_tree = task->in_tree;
    uint64_t before = worker->summary.findings;
    in_tree->settled = is_settled(&task->input.status);
    uint64_t size = (uint64_t)task->input.status.st_size;
    exit_code code = make_ready(tree, memory, task);
    if (code == EXIT_DONE)
        code = tree->function(tree->context, task);
    uint64_t findings = worker->summary.findings - before;
    worker->counts.found += findings > 0;
    if (code > EXIT_FOUND)
        return code;
    worker->counts.files++;
    worker->counts.bytes += size;
    worker->counts.binary += in_tree->binary;
    worker->unwritten += size;
    if (tree->journal.name && in_tree->settled &&
        !journal_line(&worker->lines, task->input.path, &task->input.status, findings))
        return message_memory();
    return code;
}

static exit_code run_file(struct tree *tree, unsigned index, const char *name, const struct turn *turn)
{
    struct tree_worker *worker = &tree->tree_workers[index];
    const struct directory *directory = worker->batch.directory;
    if (!set_path(worker, directory, name))
        return message_memory();
    if (is_done(tree, worker, name))
        return EXIT_DONE;
    const char *path = (const char *)worker->path.bytes;
    struct tree_task in_tree = {
        .format = task_format(tree->options, name),
        .copy_directory = directory->copy,
        .label = tree->journal.run,
        .summary = &worker->summary,
    };
    struct task task = {
        .options = tree->options,
        .turn = turn,
        .input = {.path = path, .name = path, .directory = directory->fd, .base = name},
        .ruleset = tree->setup.ruleset,
        .policy = tree->setup.policy,
        .known = tree->setup.known,
        .progress = &tree->progress,
        .writer = &worker->writer,
        .in_tree = &in_tree,
    };
    exit_code code = open_file(tree, worker, turn, &task.input);
    if (code == EXIT_DONE && task.input.fd >= 0)
        code = run_task(tree, worker, &tree->workers[index], &task);
    worker->counts.failed += code > EXIT_FOUND;
    input_close(&task.input);
    return code;
}

/* ---- A batch ---- */

/* What the journal tells of must have been printed. */
static exit_code write_journal(struct tree *tree, struct tree_worker *worker, const struct turn *turn)
{
    exit_code code = writer_end(&worker->writer);
    worker->unwritten = 0;
    if (code != EXIT_DONE) {
        worker->lines.size = 0;
        return code;
    }
    code = journal_write(&tree->journal, &worker->lines);
    if (code != EXIT_DONE)
        turn_stop(turn);
    return code;
}

static exit_code run_batch(void *context, unsigned index, const struct turn *turn)
{
    struct tree *tree = context;
    struct tree_worker *worker = &tree->tree_workers[index];
    struct tree_batch *batch = &worker->batch;
    exit_code code = EXIT_DONE;
    worker->writer.turn = turn;
    for (size_t i = batch->first; i < batch->end && worker->writer.code == EXIT_DONE; i++) {
        if (interrupt_requested())
            break;
        code = exit_worst(code, run_file(tree, index, name_list_at(&batch->directory->files, i), turn));
        if (worker->unwritten >= JOURNAL_EVERY)
            code = exit_worst(code, write_journal(tree, worker, turn));
    }
    code = exit_worst(code, write_journal(tree, worker, turn));
    directory_release(batch->directory);
    batch->directory = NULL;
    return code;
}

/* ---- The run ---- */

/* Of everything that decides what is found: the options, this version, the rules. */
static uint64_t settings_of(const struct tree *tree)
{
    pii_build_info info;
    pii_build_info_get(&info);
    uint64_t hash = hash_bytes(tree->options->fingerprint, info.version, strlen(info.version) + 1);
    size_t count = pii_ruleset_size(tree->setup.ruleset);
    for (size_t i = 0; i < count; i++) {
        pii_rule_info rule;
        if (pii_ruleset_rule(tree->setup.ruleset, i, &rule) != PII_OK)
            continue;
        const char *const texts[] = {rule.id, rule.entity, rule.pattern, rule.validator};
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++)
            hash = hash_bytes(hash, texts[j], strlen(texts[j]) + 1);
        hash = hash_bytes(hash, &rule.confidence, sizeof rule.confidence);
    }
    return hash;
}

/* The directory of --output is made, and must not hold what is read: files of the
 * one would take the place of files of the other. */
static exit_code open_copy(struct tree *tree)
{
    const struct options *options = tree->options;
    struct stat copy, above, before = {0};
    if (mkdir(options->output, 0777) != 0 && errno != EEXIST)
        return message_io(options->output, errno);
    tree->scope.copy = open(options->output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tree->scope.copy < 0 || fstat(tree->scope.copy, &copy) != 0)
        return message_io(options->output, errno);
    int fd = open(options->files[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    exit_code code = EXIT_DONE;
    while (fd >= 0 && fstat(fd, &above) == 0 && (above.st_ino != before.st_ino || above.st_dev != before.st_dev)) {
        if (above.st_ino == copy.st_ino && above.st_dev == copy.st_dev) {
            message("%s: holds %s, or is it; name another directory", options->output, options->files[0]);
            code = EXIT_IO;
            break;
        }
        before = above;
        int parent = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        close(fd);
        fd = parent;
    }
    if (fd >= 0)
        close(fd);
    return code;
}

static exit_code prepare(struct tree *tree)
{
    const struct options *options = tree->options;
    tree->scope = (struct tree_scope){
        .roots = options->files,
        .root_count = options->file_count,
        .filter = &options->filter,
        .one_file_system = options->one_file_system,
        .backup = options->backup,
        .copy = -1,
        .threads = options->threads,
    };
    exit_code code = setup_make(&tree->setup, options);
    if (code == EXIT_DONE)
        code = journal_open(&tree->journal, options->journal, settings_of(tree));
    if (code == EXIT_DONE && options->output && options->command == COMMAND_SCRUB)
        code = open_copy(tree);
    if (code != EXIT_DONE)
        return code;
    tree->scope.run = tree->journal.run;
    tree->scope.resumed = tree->journal.resumed;
    (void)fstat(STDOUT_FILENO, &tree->own[0]);
    (void)fstat(STDERR_FILENO, &tree->own[1]);
    if (options->output)
        (void)stat(options->output, &tree->own[2]);
    tree->workers = calloc(options->threads, sizeof *tree->workers);
    tree->tree_workers = calloc(options->threads, sizeof *tree->tree_workers);
    if (!tree->workers || !tree->tree_workers)
        return message_memory();
    for (unsigned i = 0; i < options->threads; i++)
        writer_init_stdout(&tree->tree_workers[i].writer, NULL);
    return tree_walk_init(&tree->walk, &tree->scope);
}

static exit_code print_summary(const struct tree *tree)
{
    struct tree_counts counts = tree->walk.counts;
    struct summary summary = {.count = 0};
    for (unsigned i = 0; i < tree->options->threads; i++) {
        tree_counts_add(&counts, &tree->tree_workers[i].counts);
        summary_join(&summary, &tree->tree_workers[i].summary);
    }
    summary_sort(&summary);
    if (!tree->options->quiet)
        tree_summary_print(&counts, &summary);
    exit_code code = summary.out_of_memory ? message_memory() : EXIT_DONE;
    summary_free(&summary);
    return code;
}

static void free_tree(struct tree *tree)
{
    for (unsigned i = 0; tree->tree_workers && i < tree->options->threads; i++) {
        writer_free(&tree->tree_workers[i].writer);
        window_free(&tree->tree_workers[i].path);
        window_free(&tree->tree_workers[i].lines);
        summary_free(&tree->tree_workers[i].summary);
    }
    free(tree->tree_workers);
    workers_free(tree->workers, tree->options->threads);
    tree_walk_free(&tree->walk);
    if (tree->scope.copy >= 0)
        close(tree->scope.copy);
    journal_close(&tree->journal);
    setup_free(&tree->setup);
}

/* Each thread holds a file, its output and some directories open. */
static void allow_many_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

exit_code tree_run(const struct options *options, task_function function, void *context)
{
    struct tree tree = {.options = options, .function = function, .context = context, .journal.fd = -1};
    interrupt_install();
    allow_many_descriptors();
    exit_code code = prepare(&tree);
    if (code == EXIT_DONE) {
        struct tree_size size;
        progress_start(&tree.progress, options);
        tree_size_start(&size, &tree.scope, &tree.progress);
        code = jobs_run_from(next_batch, options->threads, run_batch, &tree);
        tree_size_end(&size);
        progress_end(&tree.progress);
        code = exit_worst(code, tree.walk.code);
        if (interrupt_requested())
            code = exit_worst(code, EXIT_IO);
        code = exit_worst(code, print_summary(&tree));
    }
    free_tree(&tree);
    return code;
}
