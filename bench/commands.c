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

/* `arguments` is split at blanks; NULL is none. */
static bench_command *add_command(command_list *list, const char *name, const char *what, const char *program,
                                  const char *arguments)
{
    if (list->count == COMMANDS_MAX)
        bench_fail("more than %d commands", COMMANDS_MAX);
    bench_command *command = &list->commands[list->count++];
    *command = (bench_command){.name = name, .what = what};
    add_argument(command, bench_format("%s", program));
    char *words = arguments != NULL ? bench_format("%s", arguments) : NULL;
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
    const char *ours = options->command;
    add_command(list, "piiglet", "all default rules", ours, NULL);
    add_command(list, "piiglet, file", "the same, the file as argument", ours, "--threads 1")->reads_argument = true;
    add_command(list, "piiglet, file, 2 threads", "the same, two threads", ours, "--threads 2")->reads_argument = true;
    bench_command *command = add_command(list, "piiglet, 13 rules", "comparison rules", ours, "--no-default-rules");
    add_argument(command, bench_format("--rules"));
    add_argument(command, bench_format("%s/comparison_rules.yaml", options->source_dir));
    add_command(list, "cat | piiglet | cat", "all default rules, between pipes", ours, NULL)->piped = true;
}

static void add_tools(command_list *list, const bench_rules *rules)
{
    static const char replace[] = "--no-config --no-unicode -a -N --passthru -r [redacted]";
    bench_command *command =
        add_command(list, "rg --passthru -r", "ripgrep, comparison rules, bytes not Unicode", "rg", replace);
    add_patterns(command, rules, "-e", rules->count);
    command = add_command(list, "cat | rg --passthru -r | cat", "the same between pipes", "rg", replace);
    add_patterns(command, rules, "-e", rules->count);
    command->piped = true;
    command = add_command(list, "rg -o", "ripgrep, matches only", "rg", "--no-config --no-unicode -a -N -o -b");
    add_patterns(command, rules, "-e", rules->count);
    command = add_command(list, "cat | grep -P -o | cat", "GNU grep with PCRE2, matches only", "grep", "-a -b -o -P");
    add_argument(command, bench_rules_alternation(rules));
    command->piped = true; /* grep stops at the first match when its output is /dev/null */
    command = add_command(list, "sed -E", "GNU sed, one substitution per rule", "sed", "-E");
    for (size_t i = 0; i < rules->count; i++) {
        add_argument(command, bench_format("-e"));
        add_argument(command, sed_substitution(rules->list[i].open_pattern));
    }
    command = add_command(list, "perl -pe", "perl, one substitution per rule", "perl", "-pe");
    add_argument(command, bench_format("BEGIN { @p = map { qr/$_/ } @ARGV; @ARGV = () } "
                                       "foreach my $p (@p) { s/$p/[redacted]/g }"));
    add_patterns(command, rules, NULL, rules->count);
}

static void add_redact_pii(command_list *list, const bench_options *options, const char *name, const char *what,
                           const char *kinds)
{
    bench_command *command = add_command(list, name, what, "node", NULL);
    add_argument(command, bench_format("%s/peers/redact_pii.js", options->source_dir));
    add_argument(command, bench_format("%s", options->peers_dir));
    add_argument(command, bench_format("%s", kinds));
    command->times_itself = command->reads_argument = true;
}

static void add_scripts(command_list *list, const bench_options *options, const bench_rules *rules)
{
    add_redact_pii(list, options, "redact-pii, 3 kinds", "redact-pii on Node, e-mail, telephone and address only",
                   "three");
    add_redact_pii(list, options, "redact-pii, default", "redact-pii on Node as it comes", "default");
    bench_command *command =
        add_command(list, "ruby, 3 expressions", "gsub with the first three comparison rules", "ruby", NULL);
    add_argument(command, bench_format("%s/peers/three_expressions.rb", options->source_dir));
    add_patterns(command, rules, NULL, THREE);
    command->times_itself = command->reads_argument = true;
}

size_t bench_commands_make(const bench_options *options, const bench_rules *rules, bench_command **ret_list)
{
    command_list list = {bench_allocate(COMMANDS_MAX * sizeof(bench_command)), 0};
    add_command(&list, "cat", "copies its input", "cat", NULL);
    add_command(&list, "cat | cat | cat", "the same between pipes", "cat", NULL)->piped = true;
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
