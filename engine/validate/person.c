#include <string.h>

#include "ascii.h"
#include "table.h"
#include "validators.h"

#define WORDS_MAX 8
#define WORD_SIZE_MAX 32

/* A word of the candidate: where it stands, and in lower case. */
typedef struct word {
    size_t begin;
    size_t end;
    char lower[WORD_SIZE_MAX];
    size_t size; /* 0: too long for any name */
} word;

static const char *const titles[] = {
    "aunt", "auntie", "coach", "dr", "frau", "grandma", "grandpa", "herr", "miss", "mme", "mr", "mrs", "ms",
    "prof", "señor", "señora", "sir", "uncle",
};

/* What follows a name that is part of a place's or a firm's. */
static const char *const no_people[] = {
    "academy", "airlines", "airport", "apartment", "apartments", "association", "band", "bank", "bar",
    "bay", "beach", "bistro", "bridge", "cafe", "center", "centre", "church", "city", "club", "college",
    "company", "controls", "corp", "county", "creek", "cup", "day", "downtown", "engine", "festival",
    "foundation", "grill", "group", "hall", "heights", "hill", "hills", "hotel", "inc", "industries",
    "institute", "insurance", "island", "kitchen", "lake", "library", "llc", "ltd", "mall", "medical",
    "motors", "mountain", "museum", "orchestra", "park", "pizza", "plaza", "prize", "restaurant", "river",
    "school", "services", "show", "software", "square", "stadium", "state", "station", "street", "studio",
    "supply", "sushi", "systems", "theater", "theatre", "tour", "tower", "town", "university", "valley",
    "village", "world",
};

/* What stands before a saint's or a town's name. */
static const char *const place_words[] = {"san",  "santa", "st",    "saint", "los",  "las",
                                          "el",   "fort",  "mount", "lake",  "port", "new"};

static bool listed(const word *w, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (w->size && !strcmp(w->lower, list[i]))
            return true;
    return false;
}

/* First names of people that are better known as something else: places, months, ranks. */
static const char *const other_names[] = {
    "africa", "alameda", "america", "april", "asia", "atlanta", "august", "aurora", "austin", "boston",
    "brooklyn", "cairo", "carolina", "chad", "chelsea", "china", "cleveland", "dakota", "dallas", "denver",
    "devon", "florence", "georgia", "houston", "india", "israel", "jackson", "jan", "jordan", "june",
    "kenya", "king", "lincoln", "london", "madison", "may", "memphis", "orlando", "paris", "phoenix",
    "prince", "princess", "queen", "salem", "savannah", "siena", "sydney", "tennessee", "theres", "troy",
    "verona", "virginia", "washington",
};

/* Words before which a name that is a word, too, is the word. */
static const char *const articles[] = {"a",  "an", "at",  "in",   "my",  "no",   "of",
                                       "on", "our", "that", "the", "this", "your"};

#define LISTED(word, list) listed(word, list, sizeof(list) / sizeof(list)[0])

static bool in_word(uint8_t byte)
{
    return pii__is_letter(byte) || byte == '\'' || byte == '-';
}

/* Capital letters of Latin-1 and Latin Extended-A, two bytes each, have their
 * small letters 32 and 1 further on. */
static char lower_at(const uint8_t *text, size_t at, size_t begin)
{
    if (at > begin && text[at - 1] == 0xC3 && text[at] >= 0x80 && text[at] <= 0x9E)
        return (char)(text[at] + 0x20);
    if (at > begin && (text[at - 1] == 0xC4 || text[at - 1] == 0xC5) && text[at] >= 0x80 && text[at] < 0xB8)
        return (char)(text[at] | 1);
    return (char)pii__lower(text[at]);
}

/* A possessive "'s" is no part of a name. */
static size_t name_size(const char *lower, size_t size)
{
    return size > 2 && lower[size - 1] == 's' && lower[size - 2] == '\'' ? size - 2 : size;
}

static size_t read_words(const pii__candidate *candidate, word words[WORDS_MAX])
{
    size_t count = 0, at = candidate->begin;
    while (count < WORDS_MAX) {
        while (at < candidate->end && !in_word(candidate->text[at]))
            at++;
        if (at == candidate->end)
            break;
        word *w = &words[count++];
        *w = (word){.begin = at};
        for (; at < candidate->end && in_word(candidate->text[at]); at++, w->size++)
            if (w->size < WORD_SIZE_MAX - 1)
                w->lower[w->size] = lower_at(candidate->text, at, w->begin);
        if (w->size >= WORD_SIZE_MAX - 1)
            w->size = 0;
        w->size = name_size(w->lower, w->size);
        w->lower[w->size] = '\0';
        w->end = w->size ? w->begin + w->size : at;
    }
    return count;
}

/* Whether the word is a first name, and one that is no ordinary word. */
static bool first_name(const word *w, bool *ret_plain)
{
    const char *value = NULL;
    if (w->size)
        value = pii__table_value(&pii__table_first_names, (const uint8_t *)w->lower, w->size);
    *ret_plain = value && !*value;
    return value != NULL;
}

static bool is_capital(const pii__candidate *candidate, const word *w)
{
    uint8_t byte = candidate->text[w->begin];
    return pii__is_upper(byte) || byte >= 0x80;
}

/* What stands before the run: the word before it, on the same line, or none. */
static word word_before(const pii__candidate *candidate)
{
    const uint8_t *text = candidate->text;
    word w = {0};
    size_t end = candidate->begin;
    if (end && text[end - 1] == ' ')
        end--;
    size_t begin = end;
    while (begin && in_word(text[begin - 1]) && end - begin < WORD_SIZE_MAX - 1)
        begin--;
    w.begin = begin;
    w.end = end;
    w.size = end - begin;
    for (size_t i = 0; i < w.size; i++)
        w.lower[i] = (char)pii__lower(text[begin + i]);
    return w;
}

/* In the middle of a sentence, where only names have capitals. */
static bool inside_sentence(const pii__candidate *candidate, const word *before)
{
    return before->size && pii__is_lower(candidate->text[before->begin]);
}

/* "12 Maria Road", "San Jose", "Florence Library". */
static bool names_place(const word *before, const word *words, size_t count, size_t first)
{
    if (LISTED(first ? &words[first - 1] : before, place_words))
        return true;
    for (size_t i = first + 1; i < count; i++) {
        const word *w = &words[i];
        if (LISTED(w, no_people))
            return true;
        if (w->size && pii__table_has(&pii__table_street_suffixes, (const uint8_t *)w->lower, w->size))
            return true;
    }
    return false;
}

/* Whether a name begins with word `i`: a title with a name after it, or a first
 * name. One that is a word or a place, too, needs another name after it, or, for
 * a word, a sentence around it. */
static bool begins_name(const pii__candidate *candidate, const word *before, const word *words, size_t count,
                        size_t i, bool *ret_titled)
{
    bool plain;
    bool more = i + 1 < count && words[i + 1].size > 1 && is_capital(candidate, &words[i + 1]);
    *ret_titled = more && LISTED(&words[i], titles);
    if (*ret_titled)
        return true;
    if (LISTED(&words[i], place_words) || !is_capital(candidate, &words[i]) || !first_name(&words[i], &plain))
        return false;
    if (more && !LISTED(&words[i + 1], other_names))
        return true;
    if (LISTED(&words[i], other_names))
        return false;
    return plain || (i == 0 && inside_sentence(candidate, before) && !LISTED(before, articles));
}

/* The end of the run, or of the first word with a possessive "'s". */
static size_t name_end(const pii__candidate *candidate, const word *words, size_t count, size_t first)
{
    const uint8_t *text = candidate->text;
    size_t last = first;
    while (last + 1 < count && (words[last].end == candidate->end || text[words[last].end] != '\''))
        last++;
    size_t end = words[last].end;
    return end < candidate->end && text[end] == '.' ? end + 1 : end;
}

void pii__validate_person(const pii__candidate *candidate, pii__verdict *verdict)
{
    word words[WORDS_MAX];
    word before = word_before(candidate);
    bool titled = false;
    size_t count = read_words(candidate, words), first = 0;
    while (first < count && !begins_name(candidate, &before, words, count, first, &titled))
        first++;
    if (first == count) {
        pii__verdict_refuse(verdict, "no first name and no title");
        return;
    }
    if (!titled && names_place(&before, words, count, first)) {
        pii__verdict_refuse(verdict, "name of a place or firm");
        return;
    }
    verdict->reason = titled ? "title and name" : "first name";
    verdict->end = name_end(candidate, words, count, first);
    if (first == 1 && inside_sentence(candidate, &before)) /* the surname first: "with Santos Emma" */
        first = 0;
    verdict->begin = words[first].begin;
}

/* After "my name is": whatever is written like a name, or is one. */
void pii__validate_person_self(const pii__candidate *candidate, pii__verdict *verdict)
{
    word words[WORDS_MAX];
    bool plain = false;
    size_t count = read_words(candidate, words);
    if (count && !is_capital(candidate, &words[0]))
        (void)first_name(&words[0], &plain);
    if (!count || (!plain && !is_capital(candidate, &words[0])))
        pii__verdict_refuse(verdict, "no name");
    else
        verdict->reason = plain ? "first name" : "written like a name";
}
