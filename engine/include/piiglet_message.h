/* piiglet_message.h - findings explained to those whom they concern.
 *
 * A finding says with `entity` what was found. Here is what to tell a child about it, in the child's
 * language, and a code for programs that have messages of their own. All strings are constants, never
 * freed; all functions are thread-safe and take no memory. The texts are those of rules/messages. */
#ifndef PIIGLET_MESSAGE_H
#define PIIGLET_MESSAGE_H

#include "piiglet_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The reason code of an entity: "phone.number" for "PHONE". Codes do not change from release to release, as ids
 * of rules may. Never NULL: "other.private" for entities that piiglet does not know, and for NULL. */
PII_API const char *pii_reason(const char *entity);

/* What a child is told about a finding of this entity: one line of UTF-8 (NFC), at most 90 code points.
 * `language` is a BCP 47 tag, in which small and capital letters are the same; "es-MX" finds Spanish. English where
 * there is no such language, and for NULL. Never NULL: other entities have a message of their own. */
PII_API const char *pii_message(const char *entity, const char *language);

/* The language that pii_message uses for a tag: "es" for "es-MX". PII_ERROR_ARGUMENT: there is none, so that it
 * falls back to English, or a pointer is NULL; `*ret_language` is then untouched. */
PII_API PII_MUST_CHECK pii_status pii_message_language(const char *tag, const char **ret_language);

/* The languages there are: tag, and name in the language itself (UTF-8); either may be NULL. False when `index` is
 * not below their number; the outputs are then untouched. */
PII_API bool pii_message_language_at(size_t index, const char **ret_language, const char **ret_name);

#ifdef __cplusplus
}
#endif

#endif
