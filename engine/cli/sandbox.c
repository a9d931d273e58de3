#include "sandbox.h"

#include <errno.h>
#include <sys/prctl.h>

#include "message.h"
#include "sandbox_calls.h"
#include "sandbox_files.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { watched = 1 };
#else
enum { watched = 0 };
#endif

exit_code sandbox_enter(const struct options *options)
{
    if (options->no_sandbox || watched)
        return EXIT_DONE;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return errno == EINVAL ? EXIT_DONE : message_io("the sandbox (see --no-sandbox)", errno);
    int error = sandbox_files(options);
    if (!error)
        error = sandbox_calls();
    return error ? message_io("the sandbox (see --no-sandbox)", error) : EXIT_DONE;
}
