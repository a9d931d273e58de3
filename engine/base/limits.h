/* limits.h - every limit of the engine: name, value, unit, reason.
 *
 * docs/LIMITS.md is generated from the LIMIT lines below; a test keeps the two
 * equal. Raising one is a change of what the engine promises: see the reason. */
#ifndef PII__LIMITS_H
#define PII__LIMITS_H

/* ---- Rules, checked when a ruleset is made ---- */

/* LIMIT bytes: widest match a rule may have; sets the hold-back of a stream */
#define PII__RULE_WIDTH_MAX 4096
/* LIMIT bytes: farthest a look-around, context window or validator may see */
#define PII__RULE_REACH_MAX 512
/* LIMIT rules: number of rules in one ruleset */
#define PII__RULES_MAX 10000
/* LIMIT bytes: length of one pattern after word lists were put in */
#define PII__PATTERN_SIZE_MAX 65536
/* LIMIT groups: nesting depth of groups in a pattern; bounds our parser's stack */
#define PII__PATTERN_DEPTH_MAX 64
/* LIMIT bytes: size of one rule file */
#define PII__RULE_FILE_SIZE_MAX (4 << 20)
/* LIMIT bytes: length of a rule id or an entity name */
#define PII__NAME_SIZE_MAX 64
/* LIMIT entities: built-in and declared ones together */
#define PII__ENTITIES_MAX 256

/* ---- Matching ---- */

/* LIMIT steps: PCRE2 match limit of one attempt; an anchored attempt of a
 * linted rule stays far below it */
#define PII__MATCH_LIMIT 1000000
/* LIMIT KiB: PCRE2 heap limit of one attempt (stock PCRE2 has about 20 GB) */
#define PII__HEAP_LIMIT_KIB 4096
/* LIMIT frames: PCRE2 depth limit of one interpreted attempt */
#define PII__DEPTH_LIMIT 20000
/* LIMIT bytes: first and largest size of the JIT stack of one thread */
#define PII__JIT_STACK_FIRST (32 << 10)
#define PII__JIT_STACK_MAX (512 << 10)
/* LIMIT start offsets: positions one PCRE2 call may try before the budget is
 * looked at again; the match limit restarts at each of them */
#define PII__STARTS_PER_CALL 4096
/* LIMIT features: numbers a validator may report for one candidate */
#define PII__FEATURES_MAX 16

/* ---- Known values ---- */

/* LIMIT values: number of values in one pii_known; 100,000 names in all ways to write them
 * take about 40 MB */
#define PII__KNOWN_VALUES_MAX 250000
/* LIMIT bytes: one value once it is folded, signs and blanks not counted */
#define PII__KNOWN_VALUE_SIZE_MAX 256
/* LIMIT bytes: one value as it is handed over */
#define PII__KNOWN_SOURCE_SIZE_MAX 4096
/* LIMIT words: in one value; of scripts that leave no gap between words, characters */
#define PII__KNOWN_WORDS_MAX 32
/* LIMIT bytes: signs and blanks between two words of a value; more of them, and the words
 * do not belong together */
#define PII__KNOWN_GAP_MAX 8

/* ---- View ---- */

/* LIMIT bytes: ignorable or invalid source bytes in a row that the view leaves
 * out; a longer run is a wall that no match crosses, which bounds memory */
#define PII__IGNORED_RUN_MAX 64
/* LIMIT bytes: source bytes that are folded and scanned at a time; a page of
 * text and its masks stay in the second-level cache */
#define PII__PAGE_SIZE 65536

/* ---- Formats ---- */

/* LIMIT containers: nesting depth of a document */
#define PII__FORMAT_DEPTH_MAX 1024
/* LIMIT documents: inside fields of each other, the outermost one not counted */
#define PII__FORMAT_NEST_MAX 4
/* LIMIT bytes: names in one tag of XML, that of the element and those of its attributes,
 * which have to differ */
#define PII__FORMAT_TAG_MAX 4096
/* LIMIT bytes: longest reference to a character or an entity, from & to ; */
#define PII__FORMAT_REFERENCE_MAX 64
/* LIMIT bytes: longest field without a blank that a project says is an id, an asset, a number or a type,
 * and that is therefore left alone */
#define PII__FORMAT_KEPT_MAX 512
/* LIMIT bytes: of the beginning of a document, by which its format is chosen */
#define PII__DETECT_SIZE_MAX 65536
/* LIMIT bytes: longest number in a document; a finding replaces it whole */
#define PII__FORMAT_NUMBER_MAX 4096
/* LIMIT bytes: longest name that is shown in a path, a longer one is shown as
 * three dots */
#define PII__PATH_NAME_MAX 256
/* LIMIT bytes: longest id of a block that findings show; those of Blockly have 20, UUIDs 36 */
#define PII__BLOCK_ID_MAX 64
/* LIMIT bytes: source between a name and its value, beyond which the name does
 * not speak for the value; bounds what a stream holds back */
#define PII__NAME_GAP_MAX 4096

/* ---- Actions ---- */

/* LIMIT bytes: longest value that an action looks at; a longer one becomes "[ENTITY]" */
#define PII__VALUE_SIZE_MAX 512
/* LIMIT characters: that a mask leaves at either end, whatever the policy says */
#define PII__MASK_KEEP_MAX 4
/* LIMIT keys: secrets of one policy */
#define PII__KEYS_MAX 8
/* LIMIT bytes: length of the id of a key, which shows in tokens */
#define PII__KEY_ID_MAX 16
/* LIMIT values: different ones of a document that get numbers; later ones become "[ENTITY]" */
#define PII__NUMBERED_MAX 65536
/* LIMIT bytes: source of one record - a row, an item of JSON Lines - where a column says whom it is about;
 * it is held until it ends, so this bounds memory */
#define PII__RECORD_SIZE_MAX (1 << 20)
/* LIMIT bytes: size of one policy file */
#define PII__POLICY_FILE_SIZE_MAX (4 << 20)
/* LIMIT rules: of a policy, that are about places */
#define PII__PLACES_MAX 1024
/* LIMIT entries: values, domains and patterns of an allow list; each finding is compared with all */
#define PII__ALLOW_ENTRIES_MAX 4096
/* LIMIT hashes: of an allow list */
#define PII__ALLOW_HASHES_MAX 65536
/* LIMIT bytes: longest text of PII_ACTION_TEXT */
#define PII__ACTION_TEXT_MAX 256

/* LIMIT steps: of all paths of fields that a policy names, their ends among them */
#define PII__FIELD_MAP_STEPS_MAX 4096
/* LIMIT states: of the machine that reads these paths */
#define PII__FIELD_MAP_STATES_MAX 2048
/* LIMIT bytes: of these paths and of what their fields hold */
#define PII__FIELD_MAP_TEXT_MAX 65535

/* ---- Calls ---- */

/* LIMIT bytes: largest output of one pii_scrub call */
#define PII__OUTPUT_SIZE_MAX (SIZE_MAX / 4)
/* LIMIT findings: largest number of findings that one pii_scrub or pii_scan
 * call returns (a stream has no such limit) */
#define PII__FINDINGS_MAX (1u << 26)

#endif
