#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

static const char usage[] =
    "bench [OPTION...]            measure and print; exit code 1 when piiglet's spans are not the reference's\n"
    "bench list                   sections, corpora and contestants\n"
    "bench --compare OLD NEW      exit code 1 when NEW is slower than OLD beyond the threshold\n"
    "\n"
    "  --quick              small corpora, few rounds: under a minute\n"
    "  --section NAME       only this section (repeatable; a leading part is enough)\n"
    "  --corpus NAME        only this corpus (repeatable)\n"
    "  --contestant NAME    only this contestant (repeatable); memcpy, cat and the reference always run\n"
    "  --rounds N           interleaved rounds\n"
    "  --size MIB           size of each corpus\n"
    "  --process-size MIB   size of the file that whole processes read\n"
    "  --stream-size MIB    size of the longest stream\n"
    "  --cpu N              core to run on\n"
    "  --json FILE          write the results\n"
    "  --threshold PERCENT  of --compare (default 10)\n"
    "  --corpora DIR, --peers DIR, --command FILE   where corpora, peers and the piiglet command lie\n";

enum {
    OPTION_QUICK = 256,
    OPTION_SECTION,
    OPTION_CORPUS,
    OPTION_CONTESTANT,
    OPTION_ROUNDS,
    OPTION_SIZE,
    OPTION_PROCESS_SIZE,
    OPTION_STREAM_SIZE,
    OPTION_CPU,
    OPTION_JSON,
    OPTION_THRESHOLD,
    OPTION_CORPORA,
    OPTION_PEERS,
    OPTION_COMMAND,
    OPTION_COMPARE,
    OPTION_HELP,
};

static const struct option long_options[] = {
    {"quick", no_argument, NULL, OPTION_QUICK},
    {"section", required_argument, NULL, OPTION_SECTION},
    {"corpus", required_argument, NULL, OPTION_CORPUS},
    {"contestant", required_argument, NULL, OPTION_CONTESTANT},
    {"rounds", required_argument, NULL, OPTION_ROUNDS},
    {"size", required_argument, NULL, OPTION_SIZE},
    {"process-size", required_argument, NULL, OPTION_PROCESS_SIZE},
    {"stream-size", required_argument, NULL, OPTION_STREAM_SIZE},
    {"cpu", required_argument, NULL, OPTION_CPU},
    {"json", required_argument, NULL, OPTION_JSON},
    {"threshold", required_argument, NULL, OPTION_THRESHOLD},
    {"corpora", required_argument, NULL, OPTION_CORPORA},
    {"peers", required_argument, NULL, OPTION_PEERS},
    {"command", required_argument, NULL, OPTION_COMMAND},
    {"compare", no_argument, NULL, OPTION_COMPARE},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static size_t number(const char *text, size_t least, size_t most)
{
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (end == text || *end != '\0' || value < least || value > most)
        bench_fail("'%s' is not a number from %zu to %zu", text, least, most);
    return (size_t)value;
}

static void add_name(bench_filter *filter, const char *name)
{
    if (filter->count == BENCH_FILTERS_MAX)
        bench_fail("more than %d names for one option", BENCH_FILTERS_MAX);
    filter->names[filter->count++] = name;
}

/* The folder of the running binary: corpora and peers lie beside it. */
static char *own_folder(void)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return bench_format(".");
    path[length] = '\0';
    *strrchr(path, '/') = '\0';
    return bench_format("%s", path);
}

static void set_defaults(bench_options *options, bool quick)
{
    char *folder = own_folder();
    *options = (bench_options){
        .quick = quick,
        .rounds = quick ? 3 : 7,
        .size = (quick ? 8 : 64) * BENCH_MIB,
        .budget = quick ? 0.02 : 0.4,
        .process_size = (quick ? 64 : 1024) * BENCH_MIB,
        .stream_size = (quick ? 64 : 4096) * BENCH_MIB,
        .cpu = bench_cpu_count() - 1,
        .threshold = 0.1,
        .corpora_dir = bench_format("%s/corpora", folder),
        .peers_dir = bench_format("%s/peers", folder),
        .source_dir = BENCH_SOURCE_DIR,
        .command = bench_format("%s/../piiglet", folder),
    };
    free(folder);
}

static void set_option(bench_options *ret, int option, const char *value)
{
    switch (option) {
    case OPTION_QUICK: break; /* chose the defaults */
    case OPTION_SECTION: add_name(&ret->sections, value); break;
    case OPTION_CORPUS: add_name(&ret->corpora, value); break;
    case OPTION_CONTESTANT: add_name(&ret->contestants, value); break;
    case OPTION_ROUNDS: ret->rounds = number(value, 1, 1000); break;
    case OPTION_SIZE: ret->size = number(value, 1, 4096) * BENCH_MIB; break;
    case OPTION_PROCESS_SIZE: ret->process_size = number(value, 1, 65536) * BENCH_MIB; break;
    case OPTION_STREAM_SIZE: ret->stream_size = number(value, 1, 65536) * BENCH_MIB; break;
    case OPTION_CPU: ret->cpu = (unsigned)number(value, 0, bench_cpu_count() - 1); break;
    case OPTION_JSON: ret->json = value; break;
    case OPTION_THRESHOLD: ret->threshold = (double)number(value, 1, 1000) / 100; break;
    case OPTION_CORPORA: ret->corpora_dir = value; break;
    case OPTION_PEERS: ret->peers_dir = value; break;
    case OPTION_COMMAND: ret->command = value; break;
    case OPTION_COMPARE: ret->old_json = ""; break;
    case OPTION_HELP: fputs(usage, stdout); exit(0);
    default: fputs(usage, stderr); exit(2);
    }
}

void bench_options_parse(int argc, char **argv, bench_options *ret)
{
    bool quick = false;
    for (int i = 1; i < argc; i++)
        quick = quick || !strcmp(argv[i], "--quick");
    set_defaults(ret, quick);

    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
        set_option(ret, option, optarg);
    if (ret->old_json != NULL && argc - optind == 2) {
        ret->old_json = argv[optind];
        ret->new_json = argv[optind + 1];
    } else if (ret->old_json == NULL && argc - optind == 1 && !strcmp(argv[optind], "list")) {
        ret->list = true;
    } else if (ret->old_json != NULL || argc != optind) {
        fputs(usage, stderr);
        exit(2);
    }
}
