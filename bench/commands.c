#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMANDS_MAX 32
#define THREE 3 /* e-mail, telephone, address: the first comparison rules */

typedef struct command_list {
    bench_command *commands;
    size_t count;
} command_list;

static void add_argument(bench_command *command, char *argument)
{
    if (command->argument_count + 1 >= BENCH_ARGUMENTS_MAX)
        bench_fail("too many arguments for %s", command->name);
    command->argv[command->argument_count++] = argument;
    command->argv[command->argument_count] = NULL;
}

/* `line` is split at blanks. */
static bench_command *add_command(command_list *list, const char *name, const char *what, size_t most,
                                  const char *line)
{
    if (list->count == COMMANDS_MAX)
        bench_fail("more than %d commands", COMMANDS_MAX);
    bench_command *command = &list->commands[list->count++];
    *command = (bench_command){.name = name, .what = what, .most = most};
    char *words = bench_format("%s", line);
    char *rest = words;
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        add_argument(command, bench_format("%s", word));
    free(words);
    return command;
}

static void add_patterns(bench_command *command, const bench_rules *rules, const char *option, size_t count)
{
    for (size_t i = 0; i < count && i < rules->count; i++) {
        if (option != NULL)
            add_argument(command, bench_format("%s", option));
        add_argument(command, bench_format("%s", rules->list[i].open_pattern));
    }
}

/* POSIX extended syntax: groups are plain, letter case is a flag. No rule has a '#'. */
static char *sed_substitution(const char *pattern)
{
    bool caseless = !strncmp(pattern, "(?i)", 4);
    char *plain = bench_allocate(strlen(pattern) + 1);
    size_t length = 0;
    for (const char *at = pattern + (caseless ? 4 : 0); *at != '\0';) {
        bool group = !strncmp(at, "(?:", 3);
        plain[length++] = *at;
        at += group ? 3 : 1;
    }
    plain[length] = '\0';
    char *script = bench_format("s#%s#[redacted]#g%s", plain, caseless ? "I" : "");
    free(plain);
    return script;
}

static void add_ours(command_list *list, const bench_options *options)
{
    char *rules = bench_format("%s --no-default-rules --rules %s/comparison_rules.yaml", options->command,
                               options->source_dir);
    char *two = bench_format("%s --threads 2", options->command);
    add_command(list, "piiglet", "all default rules", SIZE_MAX, options->command);
    add_command(list, "piiglet, 2 threads", "the same, --threads 2", SIZE_MAX, two)->reads_argument = true;
    add_command(list, "piiglet, 1 thread, file", "the same, the file as argument", SIZE_MAX, options->command)
        ->reads_argument = true;
    add_command(list, "piiglet, 13 rules", "comparison rules", SIZE_MAX, rules);
    add_command(list, "cat | piiglet | cat", "all default rules, between pipes", SIZE_MAX, options->command)->piped =
        true;
    free(rules);
    free(two);
}

static void add_tools(command_list *list, const bench_rules *rules)
{
    char *alternation = bench_rules_alternation(rules);
    bench_command *command =
        add_command(list, "rg --passthru -r", "ripgrep, comparison rules, bytes not Unicode", 64 * BENCH_MIB,
                    "rg --no-config --no-unicode -a -N --passthru -r [redacted]");
    add_patterns(command, rules, "-e", rules->count);
    command = add_command(list, "cat | rg -r | cat", "the same between pipes", 64 * BENCH_MIB,
                          "rg --no-config --no-unicode -a -N --passthru -r [redacted]");
    add_patterns(command, rules, "-e", rules->count);
    command->piped = true;
    command = add_command(list, "rg -o", "ripgrep, matches only", 64 * BENCH_MIB,
                          "rg --no-config --no-unicode -a -N -o -b");
    add_patterns(command, rules, "-e", rules->count);
    command = add_command(list, "grep -P -o", "GNU grep with PCRE2, matches only", 16 * BENCH_MIB, "grep -a -b -o -P");
    add_argument(command, alternation);
    command = add_command(list, "sed -E", "GNU sed, one substitution per rule", 8 * BENCH_MIB, "sed -E");
    for (size_t i = 0; i < rules->count; i++) {
        add_argument(command, bench_format("-e"));
        add_argument(command, sed_substitution(rules->list[i].open_pattern));
    }
    command = add_command(list, "perl -pe", "perl, one substitution per rule", 4 * BENCH_MIB, "perl -pe");
    add_argument(command, bench_format("BEGIN { @p = map { qr/$_/ } @ARGV; @ARGV = () } "
                                       "foreach my $p (@p) { s/$p/[redacted]/g }"));
    add_patterns(command, rules, NULL, rules->count);
}

static void add_scripts(command_list *list, const bench_options *options, const bench_rules *rules)
{
    static const char *const kinds[][3] = {
        {"redact-pii, 3 kinds", "redact-pii on Node, e-mail, telephone and address only", "three"},
        {"redact-pii, default", "redact-pii on Node as it comes", "default"},
    };
    for (size_t i = 0; i < 2; i++) {
        char *line = bench_format("node %s/peers/redact_pii.js %s %s", options->source_dir, options->peers_dir,
                                  kinds[i][2]);
        bench_command *command = add_command(list, kinds[i][0], kinds[i][1], (i == 0 ? 8 : 2) * BENCH_MIB, line);
        command->times_itself = command->reads_argument = true;
        free(line);
    }
    char *line = bench_format("ruby %s/peers/three_expressions.rb", options->source_dir);
    bench_command *command = add_command(list, "ruby, 3 expressions", "gsub with the first three comparison rules",
                                         4 * BENCH_MIB, line);
    add_patterns(command, rules, NULL, THREE);
    command->times_itself = command->reads_argument = true;
    free(line);
}

size_t bench_commands_make(const bench_options *options, const bench_rules *rules, bench_command **ret_list)
{
    command_list list = {bench_allocate(COMMANDS_MAX * sizeof(bench_command)), 0};
    add_command(&list, "cat", "copies its input", SIZE_MAX, "cat");
    add_command(&list, "cat | cat | cat", "the same between pipes", SIZE_MAX, "cat")->piped = true;
    add_ours(&list, options);
    add_tools(&list, rules);
    add_scripts(&list, options, rules);
    *ret_list = list.commands;
    return list.count;
}

void bench_commands_free(bench_command *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < list[i].argument_count; j++)
            free(list[i].argv[j]);
    free(list);
}
