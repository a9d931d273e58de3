/* interrupt.h - an orderly end on SIGINT, SIGTERM and SIGHUP.
 *
 * Needed only while a temporary file exists: reading stops, the usual error
 * path removes the file, and the program then dies of the signal after all. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on the first of these signals is noted instead of deadly. */
void interrupt_install(void);

bool interrupt_requested(void);

/* Dies of the noted signal, if any. */
void interrupt_finish(void);

#endif
