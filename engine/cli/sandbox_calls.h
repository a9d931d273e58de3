/* sandbox_calls.h - system calls that the command never makes. */
#ifndef CLI_SANDBOX_CALLS_H
#define CLI_SANDBOX_CALLS_H

/* From now on they end the process. 0, or an errno value; 0 also where the system or
 * this build has no such filter. */
int sandbox_calls(void);

#endif
