/* Whole commands, as people run them: a file on standard input and nothing to write to, and between pipes.
 * They may use every core, as they may in life; the reference is cat in the same place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "process.h"
#include "session.h"

#define PATIENCE 3.0 /* seconds, a tenth of them with --quick */
#define STEP 4       /* each text tried is so many times as long as the one before */

typedef struct command_lane {
    bench_command *command;
    char *input; /* path of the text it gets */
    size_t size;
    double *rates; /* MB/s */
    bool runs;
} command_lane;

static char *input_path(const bench_options *options, size_t size)
{
    return bench_format("%s/process-%zu.txt", options->corpora_dir, size / BENCH_MIB);
}

/* The corpus over and over, up to `size` bytes. */
static char *write_input(const bench_options *options, const bench_corpus *corpus, size_t size)
{
    char *path = input_path(options, size);
    if (access(path, R_OK) == 0)
        return path;
    FILE *file = fopen(path, "we");
    bool good = file != NULL;
    for (size_t done = 0; good && done < size;) {
        size_t piece = size - done < corpus->size ? size - done : corpus->size;
        good = fwrite(corpus->data, 1, piece, file) == piece;
        done += piece;
    }
    if (file == NULL || fclose(file) != 0 || !good)
        bench_fail("cannot write %s", path);
    return path;
}

static double run_once(command_lane *lane)
{
    char answer[256] = "";
    bench_command *command = lane->command;
    char *const *argv = command->argv;
    bench_process process = {
        .argv = argv, .input = command->reads_argument ? "/dev/null" : lane->input, .piped = command->piped};
    if (command->times_itself) {
        process.answer = answer;
        process.answer_size = sizeof answer;
    }
    double seconds = 0;
    lane->runs = bench_process_run(&process, &seconds);
    if (command->times_itself && lane->runs)
        lane->runs = sscanf(answer, "%lf", &seconds) == 1 && seconds > 0;
    return lane->runs ? (double)lane->size * 1e-6 / seconds : 0;
}

static void set_input(bench_session *session, const bench_corpus *corpus, command_lane *lane, size_t size)
{
    bench_command *command = lane->command;
    free(lane->input);
    lane->size = size;
    lane->input = write_input(&session->options, corpus, size);
    command->argv[command->argument_count] = command->reads_argument ? lane->input : NULL;
    command->argv[command->argument_count + 1] = NULL;
}

/* The longest text, in powers of two, that it gets through in PATIENCE seconds. */
static void prepare_lane(bench_session *session, const bench_corpus *corpus, command_lane *lane)
{
    double patience = session->options.quick ? PATIENCE / 10 : PATIENCE;
    lane->rates = bench_allocate(session->options.rounds * sizeof *lane->rates);
    if (!bench_process_there(lane->command->argv[0])) {
        bench_results_absent(session->results, lane->command->name, "the program is not there");
        return;
    }
    for (size_t size = BENCH_MIB; size <= session->options.process_size; size *= STEP) {
        set_input(session, corpus, lane, size);
        double rate = run_once(lane);
        if (!lane->runs) {
            bench_results_absent(session->results, lane->command->name, "the program failed, or lacks what it needs");
            return;
        }
        if (STEP * 1e-6 * (double)size / rate > patience)
            break;
    }
}

static void report_lane(bench_session *session, const command_lane *lane, double reference)
{
    bench_result result = {.section = "process",
                           .subject = "clean",
                           .contestant = lane->command->name,
                           .unit = "MB/s",
                           .higher_is_better = true,
                           .ratio = bench_quantile(lane->rates, session->options.rounds, 0.5) / reference,
                           .reference = lane->command->piped ? "cat | cat | cat" : "cat",
                           .bytes = lane->size};
    bench_results_add_samples(session->results, result, lane->rates, session->options.rounds);
}

static void measure_commands(bench_session *session, command_lane *lanes, size_t count)
{
    size_t rounds = session->options.rounds;
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            if (lanes[i].runs)
                lanes[i].rates[round] = run_once(&lanes[i]);
    double plain = bench_quantile(lanes[0].rates, rounds, 0.5);
    double piped = bench_quantile(lanes[1].rates, rounds, 0.5);
    for (size_t i = 0; i < count; i++)
        if (lanes[i].runs)
            report_lane(session, &lanes[i], lanes[i].command->piped ? piped : plain);
}

static void remove_inputs(const bench_options *options)
{
    for (size_t size = BENCH_MIB; size <= options->process_size; size *= STEP) {
        char *path = input_path(options, size);
        unlink(path);
        free(path);
    }
}

void bench_section_process(bench_session *session)
{
    bench_corpus corpus;
    if (!bench_corpus_load(&session->options, "clean", session->options.size, &corpus))
        return;
    bench_command *commands;
    size_t command_count = bench_commands_make(&session->options, &session->rules, &commands);
    command_lane *lanes = bench_allocate(command_count * sizeof *lanes);
    size_t count = 0;
    bench_unpin();
    for (size_t i = 0; i < command_count; i++) {
        if (i >= 2 && !bench_wanted(&session->options.contestants, commands[i].name))
            continue;
        lanes[count] = (command_lane){.command = &commands[i]};
        prepare_lane(session, &corpus, &lanes[count++]);
    }
    measure_commands(session, lanes, count);
    bench_pin(session->options.cpu);
    for (size_t i = 0; i < count; i++) {
        free(lanes[i].input);
        free(lanes[i].rates);
    }
    free(lanes);
    remove_inputs(&session->options);
    bench_commands_free(commands, command_count);
    bench_corpus_free(&corpus);
}
