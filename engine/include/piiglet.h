/* piiglet.h - the whole public interface: rules in, scrubbed text out.
 *
 *   piiglet_compile.h   YAML rule files -> immutable pii_ruleset
 *   piiglet_format.h    which formats of documents there are
 *   piiglet_message.h   what to tell a child about a finding
 *   piiglet_policy.h    what takes the place of a finding
 *   piiglet_scan.h      policy, scrubber, one-shot calls, streams
 *   piiglet_known.h     values known beforehand: names, usernames, a roster
 *
 * The library never prints, aborts, or opens a file; it reads no clock,
 * environment variable or locale. All sizes and offsets are bytes.
 *
 * After fork() the child may use, and free, whatever no other thread was using at that moment; a ruleset, which
 * threads share without locks, may be used in any case. */
#ifndef PIIGLET_H
#define PIIGLET_H

#include "piiglet_compile.h"
#include "piiglet_known.h"
#include "piiglet_message.h"
#include "piiglet_policy.h"
#include "piiglet_scan.h"

#endif
