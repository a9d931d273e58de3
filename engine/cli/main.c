/* piiglet - the command. Everything it knows about personal information is
 * behind piiglet.h; here are files, descriptors, signals and the terminal. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "help.h"
#include "input.h"
#include "interrupt.h"
#include "message.h"
#include "sandbox.h"

/* The text must not end up in a core file, nor be read by a debugger of the
 * same user. */
static void forbid_core(void)
{
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* A closed standard descriptor would be given to the next file that is opened,
 * and text would go where it must not. Plug it with something that answers
 * every read or write with an error. */
static void plug_closed_descriptors(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", modes[fd]);
}

static exit_code check_standard_output(const struct options *options)
{
    struct stat out;
    bool used = options->command <= COMMAND_EXPLAIN && options->command != COMMAND_CHECK && !options->output &&
                !options->in_place && !options->recursive; /* a tree leaves out what it writes */
    if (!used || fstat(STDOUT_FILENO, &out) != 0)
        return EXIT_DONE;
    return input_check_output(options->files, options->file_count, &out, "standard output");
}

static exit_code print_help(const struct options *options)
{
    struct writer writer;
    writer_init_stdout(&writer, NULL);
    exit_code code = EXIT_DONE;
    if (options->help)
        help_print(&writer, options);
    else
        code = version_print(&writer);
    code = exit_worst(code, writer_end(&writer));
    writer_free(&writer);
    return code;
}

static exit_code run(const struct options *options)
{
    static exit_code (*const functions[COMMAND_COUNT])(const struct options *) = {
        [COMMAND_SCRUB] = command_scrub,           [COMMAND_SCAN] = command_scan,
        [COMMAND_CHECK] = command_check,           [COMMAND_EXPLAIN] = command_explain,
        [COMMAND_RULES_LIST] = command_rules_list, [COMMAND_RULES_LINT] = command_rules_lint,
        [COMMAND_RULES_TEST] = command_rules_test,       [COMMAND_POLICIES_LIST] = command_policies_list,
        [COMMAND_POLICIES_SHOW] = command_policies_show, [COMMAND_REPORT] = command_report,
    };
    if (options->help || options->version)
        return print_help(options);
    exit_code code = check_standard_output(options);
    if (code == EXIT_DONE)
        code = sandbox_enter(options);
    return code == EXIT_DONE ? functions[options->command](options) : code;
}

int main(int argc, char **argv)
{
    plug_closed_descriptors();
    forbid_core();
    (void)signal(SIGPIPE, SIG_IGN); /* EPIPE and EFBIG are errors to act on, not to die of */
    (void)signal(SIGXFSZ, SIG_IGN);
    struct options options;
    exit_code code = options_parse(&options, argc, argv);
    if (code == EXIT_DONE)
        code = run(&options);
    options_free(&options);
    interrupt_finish();
    /* Some file systems tell of a full disk only now. */
    if (close(STDOUT_FILENO) != 0 && errno != EBADF && code != EXIT_IO)
        code = message_io("standard output", errno);
    return (int)code;
}
