#include "help.h"

#include "message.h"

static const char exit_codes[] = "\n"
                                 "Exit codes: 0 done, 1 findings (check), 2 usage, 3 invalid input or rule file,\n"
                                 "4 limit or engine error, 5 reading or writing failed, 6 blocked by the policy.\n"
                                 "The highest one wins.\n";

static const char selection[] = "\n"
                                "What is found:\n"
                                "  --only ENTITIES       only these kinds, for example EMAIL,PHONE\n"
                                "  --except ENTITIES     all kinds that are on by default, without these\n"
                                "  --min-confidence X    only findings of at least this confidence, 0 to 1 (0.5)\n"
                                "  --policy NAME|FILE    a policy that is built in, or a file of one; the options\n"
                                "                        above and below come after it (see piiglet policies)\n"
                                "  --kernel NAME         force a CPU kernel, for measurements; the result is the same\n"
                                "  --rules FILE|DIR      add a rule file, or every *.yaml of a directory;\n"
                                "                        may be given more than once\n"
                                "  --no-default-rules    use the rules of --rules only\n"
                                "  --known FILE          also find the values in FILE, one a line: a name, or\n"
                                "                        ENTITY<TAB>VALUE; names in all usual ways to write them\n"
                                "  --format FORMAT       how the input is read: text, json, jsonl, xml, html, csv,\n"
                                "                        tsv, javascript, python ..., a kind of project such as\n"
                                "                        game-lab, or auto, which says what it chose (text)\n"
                                "  --column NAME=WHAT    each cell below NAME (a name, a number, or a path such as\n"
                                "                        /users/*/mail) is one finding of the entity WHAT, whatever\n"
                                "                        it holds; where WHAT is never, it is left alone, where it\n"
                                "                        is text, it is scanned; the first one that fits counts;\n"
                                "                        subject, besides: it says whom its row is about\n"
                                "  --lenient             scan as text what is not well formed, and say so; without\n"
                                "                        it such a document is refused\n";

static const char journal[] =
    "  --journal FILE        note in FILE what is done; the same command then goes on\n"
    "                        where it was stopped, and leaves out what has not changed\n";

static const char tree[] = "\n"
                           "Directories:\n"
                           "  -r, --recursive       read every file below the directories that are named, on as\n"
                           "                        many threads as there are processors; --format is auto.\n"
                           "                        Symbolic links, devices and the like are counted, not read\n"
                           "  --include GLOB        only files that match; or again, after an exclude\n"
                           "  --exclude GLOB        not these files, and nothing below these directories; the\n"
                           "                        last GLOB that matches decides; ** is any directories\n"
                           "  --one-file-system     stay on the file system of each directory\n";

static const char scrub[] = "Usage: piiglet [scrub] [OPTION]... [FILE]...\n"
                            "\n"
                            "Copies text and puts [EMAIL], [PHONE], [ADDRESS] ... in place of personal\n"
                            "information; every other byte stays as it is. Without FILE, or for -, it reads\n"
                            "standard input; it writes standard output. A FILE with the name of a command is\n"
                            "written ./NAME.\n"
                            "\n"
                            "Commands:\n"
                            "  scrub      this one, also without its name\n"
                            "  scan       list what would be replaced\n"
                            "  check      only tell by the exit code whether there is something\n"
                            "  report     write a page of all findings for people\n"
                            "  explain    say why something was found, or was not\n"
                            "  rules      list, lint or test rules\n"
                            "  policies   list policies, or show one\n"
                            "Each has a --help of its own. All take --no-sandbox: piiglet gives up the right\n"
                            "to open other files than those named, to start programs and to use the network.\n"
                            "\n"
                            "Where the text goes:\n"
                            "  -o, --output FILE     write FILE; it appears whole or not at all. With -r: a\n"
                            "                        directory, which is filled with a copy of the tree\n"
                            "  --in-place            rewrite each FILE that has findings; the others are\n"
                            "                        left alone, and after an error the old file is there\n"
                            "  --backup SUFFIX       keep the old file under its name with SUFFIX at its end\n"
                            "  --lines               each line is a text of its own, handed on as soon as it has\n"
                            "                        come; what goes over a line end is not found\n"
                            "  --threads N           work on N files at a time, or on N parts of one file or\n"
                            "                        stream in blocks of 4 MiB; 1 to 256 (1)\n"
                            "  --version             version of piiglet and of what it runs on\n"
                            "\n"
                            "What a policy may need:\n"
                            "  --key-file [ID=]FILE  a key: 32 random bytes, or 64 hexadecimal digits, in a file\n"
                            "                        that only you can read; ID (k1) shows in tokens. May be\n"
                            "                        given more than once; the last one is used\n"
                            "  --key-fd [ID=]N       the same from descriptor N\n"
                            "  --subject TEXT        whom the text is about: dates of one subject are shifted by\n"
                            "                        one number of days; see --column NAME=subject\n"
                            "  --today DATE          the day by which ages count, as 2026-03-31 (today)\n";

static const char scrub_examples[] = "\n"
                                     "Examples:\n"
                                     "  piiglet < story.txt > clean.txt\n"
                                     "  piiglet --in-place --threads 4 export/*.txt\n"
                                     "  tail -f app.log | piiglet --lines --only EMAIL,PHONE\n"
                                     "  piiglet -r --in-place --journal done.txt projects\n";

static const char scan[] =
    "Usage: piiglet scan [OPTION]... [FILE]...\n"
    "\n"
    "Lists findings, one a line:  file:line:column ENTITY rule confidence  text\n"
    "The text is what stands around the finding after scrubbing, so that no finding\n"
    "is shown. Lines and columns count from 1, columns in characters. Standard input\n"
    "is -. Colour is used on a terminal unless NO_COLOR is set.\n"
    "\n"
    "Output:\n"
    "  --json                one JSON object a finding: file, begin, end (bytes), line,\n"
    "                        column, entity, rule, confidence, path, block, reason,\n"
    "                        message\n"
    "  --summary             only a table: how often what was found, in how many files\n"
    "  --messages LANGUAGE   also say what to tell a child about it, in ar, de, en, es, fr,\n"
    "                        hi, pt or zh; English when it is another language\n"
    "  --show-values         also show what was found\n"
    "  --records[=FIELD]     read JSON Lines {\"id\": ..., \"text\": \"...\"} and write, for each\n"
    "                        record with findings, {\"id\": ..., \"spans\": [{\"start\", \"end\",\n"
    "                        \"type\", \"rule\", \"confidence\"}]}; offsets are bytes into the\n"
    "                        UTF-8 of the decoded text. FIELD takes the place of text, may\n"
    "                        be given more than once, and then stands in the spans\n"
    "  --hashes              with --json: the hash by which a policy lets a finding in a\n"
    "                        document stay (allow_hashes)\n"
    "  --threads N           work on N files at a time, or on N parts of one file or\n"
    "                        stream in blocks of 4 MiB; 1 to 256 (1)\n";

static const char scan_examples[] = "\n"
                                    "Examples:\n"
                                    "  piiglet scan stories/*.txt\n"
                                    "  piiglet scan --json dump.txt | jq .entity | sort | uniq -c\n"
                                    "  piiglet scan --records < messages.jsonl\n";

static const char check[] = "Usage: piiglet check [OPTION]... [FILE]...\n"
                            "\n"
                            "Prints nothing on standard output and ends with 1 if there is a finding, else\n"
                            "with 0. A line on standard error counts the findings of each file.\n"
                            "\n"
                            "Output:\n"
                            "  --quiet               nothing on standard error but errors\n"
                            "  --threads N           work on N files at a time, or on N parts of one file or\n"
                            "                        stream in blocks of 4 MiB; 1 to 256 (1)\n";

static const char check_examples[] = "\n"
                                     "Examples:\n"
                                     "  piiglet check --quiet draft.txt && publish draft.txt\n"
                                     "  git diff --cached | piiglet check\n";

static const char report[] =
    "Usage: piiglet report [OPTION]... [FILE]...\n"
    "\n"
    "Writes one HTML page of all findings: how many of which kind in which file, and\n"
    "the text around them, in which they are masked, as they are in names of files.\n"
    "The page needs nothing but a browser; it loads nothing and sends nothing.\n"
    "\n"
    "Output:\n"
    "  -o, --output FILE     write FILE; it appears whole or not at all\n"
    "  --messages LANGUAGE   what to tell a child about a finding, in ar, de, en, es, fr,\n"
    "                        hi, pt or zh (en)\n"
    "  --show-values         show what was found; keep such a page to yourself\n"
    "  --threads N           work on N files at a time, or on N parts of one file or\n"
    "                        stream in blocks of 4 MiB; 1 to 256 (1)\n";

static const char report_examples[] = "\n"
                                      "Examples:\n"
                                      "  piiglet report -o report.html stories/*.txt\n"
                                      "  piiglet report -r --messages es projects > report.html\n";

static const char explain[] = "Usage: piiglet explain [OPTION]... [FILE]\n"
                              "\n"
                              "Shows every candidate that a rule's pattern matched, what decided about it -\n"
                              "validator, context words, score, minimum - and the one thing that would have\n"
                              "decided otherwise; where nothing was found, also what came nearest. Of the text\n"
                              "only its shape is shown: a for letters, 9 for digits. Reads at most 64 MiB.\n"
                              "\n"
                              "Output:\n"
                              "  --at LINE[:COLUMN]    only candidates that touch this line, or character of it\n"
                              "  --json                one JSON object a candidate\n"
                              "  --show-values         also show what was matched\n";

static const char explain_examples[] = "\n"
                                       "Examples:\n"
                                       "  echo 'call 415-555-2671' | piiglet explain --only PHONE\n"
                                       "  piiglet explain --at 12 story.txt\n"
                                       "  piiglet explain --rules mine.yaml --no-default-rules sample.txt\n";

static const char rules[] = "Usage: piiglet rules list [--rules FILE|DIR]... [--no-default-rules] [FILE|DIR]...\n"
                            "       piiglet rules lint [FILE|DIR]...\n"
                            "       piiglet rules test [FILE|DIR]...\n"
                            "\n"
                            "  list   id, entity, confidence, width in bytes and gate of each rule\n"
                            "  lint   remarks as file:line:column: severity: rule: field: message\n"
                            "  test   run the tests that stand beside the rules\n"
                            "Without FILE the rules that are built in are taken; with it, only those of FILE.\n"
                            "lint and test end with 3 when a rule file has errors or a test fails.\n"
                            "\n"
                            "Examples:\n"
                            "  piiglet rules list\n"
                            "  piiglet rules lint mine.yaml && piiglet rules test mine.yaml\n";

static const char policies[] = "Usage: piiglet policies list\n"
                               "       piiglet policies show NAME\n"
                               "\n"
                               "  list   the policies that are built in: what each is for\n"
                               "  show   one as the YAML that it is, to be changed and used by --policy FILE\n"
                               "A policy says what is looked for, and what becomes of each kind of finding:\n"
                               "[EMAIL], [EMAIL_1], a mask, an initial, a year, a keyed token, an invented value,\n"
                               "nothing, the value itself; or that the text is blocked.\n"
                               "\n"
                               "Examples:\n"
                               "  piiglet --policy save-under-13 story.txt\n"
                               "  piiglet policies show logs > mine.yaml && piiglet --policy mine.yaml \\\n"
                               "      --key-file secret.key access.log\n";

struct help_text {
    const char *top;
    const char *examples; /* NULL: in `top`, and no selection of findings */
    bool trees;           /* takes -r */
};

void help_print(struct writer *writer, const struct options *options)
{
    static const struct help_text texts[COMMAND_COUNT] = {
        [COMMAND_SCRUB] = {scrub, scrub_examples, true}, [COMMAND_SCAN] = {scan, scan_examples, true},
        [COMMAND_CHECK] = {check, check_examples, true}, [COMMAND_EXPLAIN] = {explain, explain_examples, false},
        [COMMAND_REPORT] = {report, report_examples, true},
        [COMMAND_RULES_LIST] = {rules, NULL, false},     [COMMAND_RULES_LINT] = {rules, NULL, false},
        [COMMAND_RULES_TEST] = {rules, NULL, false},     [COMMAND_RULES] = {rules, NULL, false},
        [COMMAND_POLICIES_LIST] = {policies, NULL, false}, [COMMAND_POLICIES_SHOW] = {policies, NULL, false},
        [COMMAND_POLICIES] = {policies, NULL, false},
    };
    const struct help_text *text = &texts[options->command];
    writer_text(writer, text->top);
    if (text->trees)
        writer_text(writer, tree);
    if (text->trees && options->command != COMMAND_REPORT)
        writer_text(writer, journal);
    if (text->examples) {
        writer_text(writer, selection);
        writer_text(writer, text->examples);
    }
    writer_text(writer, exit_codes);
}

exit_code version_print(struct writer *writer)
{
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_ruleset_default(NULL, &ruleset);
    if (status != PII_OK)
        return message_setup("built-in rules", status);
    pii_build_info info;
    pii_build_info_get(&info);
    writer_format(writer, "piiglet %s\n", info.version);
    writer_format(writer, "rules   %zu in %zu files\n", pii_ruleset_size(ruleset),
                  pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL));
    writer_format(writer, "PCRE2   %s\n", info.pcre2);
    writer_format(writer, "Unicode %s\n", info.unicode);
    writer_format(writer, "JIT     %s\n", info.jit ? "on" : "off");
    writer_format(writer, "kernel  %s\n", info.kernel);
    pii_ruleset_free(ruleset);
    return EXIT_DONE;
}
