/* known_file.h - the file of --known. */
#ifndef CLI_KNOWN_FILE_H
#define CLI_KNOWN_FILE_H

#include "exit_code.h"
#include "piiglet.h"

/* Reads one value a line: VALUE (a PERSON), ENTITY<TAB>VALUE, or ENTITY<TAB>VALUE<TAB>HOW,
 * where HOW is one or more of exact, given-alone, surname-alone, with commas between.
 * Empty lines are passed over; entities must be those of `ruleset`. Says what is wrong, with the number of the line and
 * never with what stands there. */
exit_code known_file_read(const char *path, pii_ruleset *ruleset, pii_known **ret);

#endif
