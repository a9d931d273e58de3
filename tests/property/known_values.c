/* known_values ROUNDS - names of made-up rosters, in each way to write them that docs/KNOWN.md lists, amid
 * text: found to the byte; names that are almost the same are not. However a stream is cut, in whatever
 * regions a text is scanned, and on many threads that share the values, the answer is the same. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

enum { NAMES = 40, THREADS = 4, ROOM = 128, LONG_TEXT = 200000 };

struct name {
    char given[ROOM];
    char surname[ROOM];
};

struct checker {
    test_session session;
    random_source random;
    struct name names[NAMES];
    pii_known *known;
    pii_scrubber *scrubber;
    pii_stream *stream;
    test_answer expected;
    test_bytes output;
    test_findings findings;
};

/* With and without diacritics; what they make is no word, and in no table of names. */
static const char *const syllables[][2] = {
    {"qua", "qua"}, {"vex", "vex"}, {"zol", "zol"}, {"\xc3\xa9m", "em"},  {"b\xc3\xb1r", "bnr"},    {"kry", "kry"},
    {"wub", "wub"}, {"xin", "xin"}, {"jov", "jov"}, {"\xc5\x82os", "los"}, {"zu\xc3\x9f", "zuss"}, {"hyg", "hyg"},
};

enum { SYLLABLES = sizeof syllables / sizeof *syllables };

/* Ways to write a name: G first name, S surname, I and J their first letters. The last ones
 * are for capital letters only. */
static const char *const ways[] = {"G S",  "S, G", "S G", "GS",    "G-S",   "G_S", "G  \nS", "G.S", "G (S",
                                   "G Ss", "GSs",  "I. S", "I.S", "I S",  "G J",   "S I", "S,I"};

enum { WAYS = sizeof ways / sizeof *ways, FIRST_CAPITAL_WAY = 13, LETTERS = 4 };

static void make_word(random_source *random, char word[ROOM])
{
    word[0] = '\0';
    for (size_t count = 2 + random_below(random, 2); count; count--)
        strcat(word, syllables[random_below(random, SYLLABLES)][0]);
}

static void change_letters(char *word, char first, size_t count)
{
    for (; *word && count; word++, count--)
        if (*word >= 'a' && *word <= 'z')
            *word = (char)(*word - 'a' + first);
}

/* The word in small letters, with a capital, all in capitals, or without diacritics. */
static void write_word(const char *word, unsigned letters, char ret[ROOM])
{
    strcpy(ret, word);
    if (letters == 3) {
        ret[0] = '\0';
        for (size_t i = 0; *word; word += strlen(syllables[i][0])) {
            i = 0;
            while (strncmp(word, syllables[i][0], strlen(syllables[i][0])) != 0)
                i++;
            strcat(ret, syllables[i][1]);
        }
    }
    change_letters(ret, 'A', letters == 1 || letters == 3 ? 1 : letters == 2 ? SIZE_MAX : 0);
}

static size_t append_part(char part, const char *given, const char *surname, char *ret)
{
    const char *word = part == 'G' || part == 'I' ? given : surname;
    size_t size = part == 'G' || part == 'S' ? strlen(word) : (word[0] & 0x80) ? 2 : 1;
    memcpy(ret, word, size);
    return size;
}

static void write_name(const struct name *name, const char *way, unsigned letters, char ret[3 * ROOM])
{
    char given[ROOM], surname[ROOM];
    write_word(name->given, letters, given);
    write_word(name->surname, letters, surname);
    for (; *way; way++) {
        if (strchr("GSIJ", *way))
            ret += append_part(*way, given, surname, ret);
        else
            *ret++ = *way;
    }
    *ret = '\0';
}

/* ---- rosters ---- */

static bool make_roster(struct checker *checker)
{
    pii_known_builder *builder = NULL;
    bool good = pii_known_builder_new(NULL, &builder) == PII_OK;
    for (size_t i = 0; good && i < NAMES; i++) {
        struct name *name = &checker->names[i];
        char value[3 * ROOM];
        make_word(&checker->random, name->given);
        make_word(&checker->random, name->surname);
        write_name(name, i % 3 ? "G S" : "S, G", 1, value);
        good = pii_known_builder_add(builder, "PERSON", value, strlen(value), 0) == PII_OK;
    }
    pii_known_free(checker->known);
    checker->known = NULL;
    good = good && pii_known_builder_finish(builder, &checker->known) == PII_OK &&
           pii_scrubber_set_known(checker->scrubber, checker->known) == PII_OK;
    pii_known_builder_free(builder);
    return good;
}

static bool take(struct checker *checker, const test_bytes *text)
{
    return answer_take(checker->scrubber, text->data, text->size, &checker->expected);
}

/* ---- every way is found, and nothing else ---- */

static void check_way(struct checker *checker, const struct name *name, const char *way, unsigned letters)
{
    static const char *const around[][2] = {
        {"", ""},          {"so ", " went"}, {"\"", "\"!"}, {"\xc2\xa1", "'s, and"},
        {"{name:", "}"}, {"\xe4\xb8\xad", "\xe4\xb8\xad"}};
    char written[3 * ROOM];
    write_name(name, way, letters, written);
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        test_bytes text = {0};
        bytes_append_text(&text, around[i][0]);
        bytes_append_text(&text, written);
        bytes_append_text(&text, around[i][1]);
        size_t begin = strlen(around[i][0]), end = begin + strlen(written);
        const test_findings *findings = &checker->expected.findings;
        bool good = take(checker, &text) && findings->count == 1 && findings->list[0].begin == begin &&
                    findings->list[0].end == end && !strcmp(findings->list[0].rule, PII_KNOWN_RULE);
        tally_case(good, "\"%s\" is written %s in context %zu", written, way, i);
        bytes_free(&text);
    }
}

static void check_near_miss(struct checker *checker, const struct name *name)
{
    static const char *const misses[] = {"xG S", "Gq S", "G qS", "G Sx", "xGS", "GS7", "7GS", "G", "S", "G. x S",
                                         "G / S", "G\fS", "G          S", "S. G"};
    for (size_t i = 0; i < sizeof misses / sizeof *misses; i++) {
        char written[3 * ROOM];
        test_bytes text = {0};
        write_name(name, misses[i], 1, written);
        bytes_append_text(&text, written);
        bool good = take(checker, &text) && !checker->expected.findings.count;
        tally_case(good, "\"%s\" is no name, but found", written);
        bytes_free(&text);
    }
}

/* ---- streams, regions, threads ---- */

static void random_names(struct checker *checker, size_t size, test_bytes *ret)
{
    static const char *const gaps[] = {" ", ", ", ". ", "\n", " and ", "\xe2\x80\x8b", " \xc3\xa9", "'s ", "-", "\f"};
    while (ret->size < size) {
        char written[3 * ROOM];
        const struct name *name = &checker->names[random_below(&checker->random, NAMES)];
        write_name(name, ways[random_below(&checker->random, WAYS)],
                   (unsigned)random_below(&checker->random, LETTERS), written);
        bytes_append_text(ret, written);
        bytes_append_text(ret, gaps[random_below(&checker->random, sizeof gaps / sizeof *gaps)]);
        if (!random_below(&checker->random, 4))
            random_text(&checker->random, &checker->session, 60, ret);
    }
}

static bool stream_agrees(struct checker *checker, const test_bytes *text, size_t first, size_t piece)
{
    pii_stream_reset(checker->stream);
    checker->output.size = checker->findings.count = 0;
    if (pii_stream_set_known(checker->stream, checker->known) != PII_OK)
        return false;
    for (size_t at = 0, size = first; at < text->size; at += size, size = piece) {
        if (size > text->size - at)
            size = text->size - at;
        if (pii_stream_write(checker->stream, text->data + at, size, bytes_sink, &checker->output) != PII_OK)
            return false;
    }
    const test_answer *expected = &checker->expected;
    return pii_stream_finish(checker->stream, bytes_sink, &checker->output) == PII_OK &&
           checker->output.size == expected->output.size &&
           !memcmp(checker->output.data, expected->output.data, expected->output.size) &&
           findings_equal(checker->findings.list, checker->findings.count, expected->findings.list,
                          expected->findings.count);
}

static void check_stream(struct checker *checker)
{
    test_bytes text = {0};
    bool good;
    do { /* what joins them can leave no name */
        text.size = 0;
        random_names(checker, 300, &text);
        good = take(checker, &text);
    } while (good && !checker->expected.findings.count);
    for (size_t at = 1; at < text.size && good; at++)
        good = stream_agrees(checker, &text, at, text.size);
    for (size_t piece = 1; piece < 9 && good; piece++)
        good = stream_agrees(checker, &text, piece, piece);
    tally_case(good, "a text with names in pieces");
    bytes_free(&text);
}

/* In the order of the text, each region guessed first and scanned again if the guess is wrong. */
static bool regions_agree(struct checker *checker, const test_bytes *text, size_t step)
{
    pii_seam *seams[3] = {NULL, NULL, NULL};
    bool good = true;
    checker->output.size = checker->findings.count = 0;
    for (size_t i = 0; i < 3; i++)
        good = good && pii_seam_new(NULL, &seams[i]) == PII_OK;
    for (size_t from = 0; good && from < text->size; from += step) {
        pii_region region = {.data = text->data, .size = text->size, .ends = true, .from = from,
                             .until = from + step < text->size ? from + step : text->size};
        pii_result result;
        pii_seam *last = from ? seams[2] : NULL;
        good = pii_region_guess(checker->scrubber, PII_FORMAT_TEXT, &region, seams[0], seams[1], &result) == PII_OK;
        if (good && !pii_seam_equal(last, seams[0]))
            good = pii_region_scan(checker->scrubber, PII_FORMAT_TEXT, &region, last, seams[1], &result) == PII_OK;
        for (size_t i = 0; good && i < result.finding_count; i++)
            findings_append(&checker->findings, &result.findings[i]);
        good = good && pii_region_write(checker->scrubber, &region, bytes_sink, &checker->output) == PII_OK;
        pii_seam *exit = seams[1];
        seams[1] = seams[2];
        seams[2] = exit;
    }
    for (size_t i = 0; i < 3; i++)
        pii_seam_free(seams[i]);
    return good && checker->output.size == checker->expected.output.size &&
           !memcmp(checker->output.data, checker->expected.output.data, checker->output.size) &&
           findings_equal(checker->findings.list, checker->findings.count, checker->expected.findings.list,
                          checker->expected.findings.count);
}

struct job {
    const struct checker *checker;
    const test_bytes *text;
    bool good;
};

static void *scan_again(void *context)
{
    struct job *job = context;
    pii_scrubber *scrubber = NULL;
    test_answer answer = {0};
    pii_known *known = pii_known_ref(job->checker->known);
    const test_answer *expected = &job->checker->expected;
    job->good = pii_scrubber_new(job->checker->session.ruleset, job->checker->session.policy, NULL, &scrubber) ==
                    PII_OK &&
                pii_scrubber_set_known(scrubber, known) == PII_OK &&
                answer_take(scrubber, job->text->data, job->text->size, &answer) &&
                answer.output.size == expected->output.size &&
                !memcmp(answer.output.data, expected->output.data, answer.output.size);
    pii_known_free(known);
    answer_free(&answer);
    pii_scrubber_free(scrubber);
    return NULL;
}

static void check_long_text(struct checker *checker)
{
    test_bytes text = {0};
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    random_names(checker, LONG_TEXT, &text);
    bool good = take(checker, &text);
    tally_case(good && stream_agrees(checker, &text, 5000, 70001), "a long text in pieces");
    tally_case(good && regions_agree(checker, &text, 66000), "a long text in regions");
    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){checker, &text, false};
        if (pthread_create(&threads[i], NULL, scan_again, &jobs[i]) != 0)
            exit(2);
    }
    for (size_t i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        good = good && jobs[i].good;
    }
    tally_case(good, "a long text on several threads");
    bytes_free(&text);
}

static void check_round(struct checker *checker)
{
    if (!tally_case(make_roster(checker), "a roster is made"))
        return;
    for (size_t i = 0; i < NAMES; i++) {
        for (size_t way = 0; way < WAYS; way++)
            for (unsigned letters = way < FIRST_CAPITAL_WAY ? 0 : 1; letters < LETTERS; letters++)
                if (way < FIRST_CAPITAL_WAY || !((checker->names[i].given[0] | checker->names[i].surname[0]) & 0x80))
                    check_way(checker, &checker->names[i], ways[way], letters);
        check_near_miss(checker, &checker->names[i]);
    }
    check_stream(checker);
    check_long_text(checker);
}

int main(int count, char **arguments)
{
    unsigned long rounds = count > 1 ? strtoul(arguments[1], NULL, 10) : 1;
    struct checker checker = {.random = {20260101}};
    if (!session_open(&checker.session))
        return 1;
    pii_policy_set_all(checker.session.policy, false);
    if (pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.scrubber) != PII_OK ||
        pii_stream_new(checker.session.ruleset, checker.session.policy, PII_FORMAT_TEXT, NULL, &checker.stream) !=
            PII_OK)
        return 1;
    pii_stream_on_finding(checker.stream, findings_gather, &checker.findings);
    for (unsigned long i = 0; i < rounds; i++)
        check_round(&checker);
    pii_stream_free(checker.stream);
    pii_scrubber_free(checker.scrubber);
    pii_known_free(checker.known);
    answer_free(&checker.expected);
    bytes_free(&checker.output);
    findings_free(&checker.findings);
    session_close(&checker.session);
    return tally_end();
}
