/* TARGET DIRECTORY - hands every file of a corpus to a target that was built without libFuzzer, and goes
 * every way. The first file that fails ends the program, and is named. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "tally.h"

static char path[4096]; /* of the file at hand */

static void name_file(int number)
{
    (void)!write(STDERR_FILENO, path, strlen(path));
    (void)!write(STDERR_FILENO, "\n", 1);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static bool replay_file(void)
{
    FILE *file = fopen(path, "rb");
    test_bytes bytes = {0};
    char buffer[4096];
    for (size_t got; file && (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
        bytes_append(&bytes, buffer, got);
    if (!file)
        return false;
    (void)fclose(file);
    uint8_t *exact = malloc(bytes.size ? bytes.size : 1);
    fuzz_require(exact != NULL, "there is memory");
    if (bytes.size)
        memcpy(exact, bytes.data, bytes.size);
    (void)LLVMFuzzerTestOneInput(exact, bytes.size);
    free(exact);
    bytes_free(&bytes);
    return true;
}

int main(int count, char **arguments)
{
    fuzz_all_ways = true;
    (void)signal(SIGABRT, name_file);
    (void)signal(SIGSEGV, name_file);
    DIR *directory = count > 1 ? opendir(arguments[1]) : NULL;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (*entry->d_name == '.')
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        tally_case(replay_file(), "%s cannot be read", path);
    }
    if (directory)
        (void)closedir(directory);
    return tally_end();
}
