#include "known_variants.h"

#include "memory.h"
#include "table.h"

extern const pii__table pii__table_nicknames;

enum {
    forms_max = 24,   /* of a first name with its short forms, or of a surname */
    joined_least = 8, /* letters of first name and surname in one word: fewer are too often another word */
    alone_least = 2   /* letters of a name that stands alone */
};

/* Some words in order; only `count` pieces are set. */
typedef struct phrase {
    pii__known_piece pieces[PII__KNOWN_WORDS_MAX + 1];
    size_t count;
} phrase;

typedef struct forms {
    phrase list[forms_max];
    size_t count;
    size_t own; /* those before are of the value, the others short forms out of the table */
} name_forms;

/* One name on its way to the sink. */
typedef struct writer {
    const pii__known_value *value;
    pii__known_sink sink;
    void *context;
    uint8_t joined[PII__KNOWN_VALUE_SIZE_MAX];     /* first name and surname as one word */
    uint8_t owner[PII__KNOWN_VALUE_SIZE_MAX + 1];  /* a word with an s */
    size_t given_begin, given_end, surname_begin, surname_end; /* words of the value */
    name_forms given;
    name_forms surname;
} writer;

/* ---- Reading ---- */

static bool take_word(pii__known_value *value, const pii__folded *folded, uint32_t sign, bool glued)
{
    if (value->count == PII__KNOWN_WORDS_MAX || folded->size > sizeof value->bytes - value->size)
        return false;
    uint8_t *bytes = value->bytes + value->size;
    memcpy(bytes, folded->bytes, folded->size);
    value->size += folded->size;
    for (size_t i = 0; i < folded->size; i++)
        value->letters += (bytes[i] & 0xC0) != 0x80;
    value->words[value->count++] = (pii__known_piece){bytes, folded->size, sign, glued};
    return true;
}

bool pii__known_value_read(const uint8_t *text, size_t size, bool spell_out, pii__known_value *ret)
{
    pii__folded folded;
    pii__known_word word;
    uint32_t sign = 0;
    size_t gap = 0, word_size = 0;
    ret->size = ret->count = ret->letters = ret->surname = 0;
    ret->spelled = ret->alone = false;
    for (size_t at = 0; at < size;) {
        size_t length = pii__known_gap_step(text, size, at, at == gap ? word_size : 0, &sign);
        if (length) {
            if (text[at] == ',' && !ret->surname)
                ret->surname = ret->count;
            at += length == SIZE_MAX ? 1 : length;
            continue;
        }
        bool glued = ret->count && pii__known_gap_glues(text, gap, at);
        if (!pii__known_word_read(text, size, at, size, spell_out, &folded, &word) ||
            !take_word(ret, &folded, ret->count ? sign : 0, glued))
            return false;
        ret->spelled |= word.spelled;
        ret->alone |= word.alone;
        word_size = word.end - at;
        at = gap = word.end;
        sign = 0;
    }
    return true;
}

/* What becomes of words that are glued together. */
typedef enum gluing {
    AS_WRITTEN, /* an apostrophe must be there */
    LOOSE,      /* or may be left out */
    JOINED      /* they are one word */
} gluing;

static bool after_apostrophe(const pii__known_piece *word)
{
    return word->sign == '\'';
}

/* Words of the value; `signs`: others than an apostrophe stay, too. False: there is
 * nothing to which this way of gluing makes a difference. */
static bool words_of(const pii__known_value *value, size_t begin, size_t end, gluing how, bool signs, phrase *ret)
{
    bool differs = how == AS_WRITTEN;
    ret->count = 0;
    for (size_t i = begin; i < end; i++) {
        const pii__known_piece *word = &value->words[i];
        bool glued = word->glued && i > begin, apostrophe = after_apostrophe(word) && i > begin;
        differs |= how == JOINED ? glued : apostrophe;
        if (how == JOINED && glued) {
            ret->pieces[ret->count - 1].size += word->size; /* its bytes come next */
            continue;
        }
        uint32_t sign = (apostrophe ? how == AS_WRITTEN : signs) ? word->sign : 0;
        ret->pieces[ret->count++] = (pii__known_piece){.bytes = word->bytes, .size = word->size, .sign = sign};
    }
    return differs;
}

/* ---- Writing ---- */

pii_status pii__known_exact(const pii__known_value *value, pii__known_sink sink, void *context)
{
    const pii__known_piece joined = {.bytes = value->bytes, .size = value->size};
    pii_status status = sink(context, &joined, 1, false);
    phrase words;
    for (gluing how = AS_WRITTEN; how <= LOOSE && status == PII_OK; how++)
        if (words_of(value, 0, value->count, how, true, &words) && words.count > 1)
            status = sink(context, words.pieces, words.count, false);
    return status;
}

static void append(phrase *to, const phrase *words, uint32_t sign)
{
    for (size_t i = 0; i < words->count; i++)
        to->pieces[to->count++] = words->pieces[i];
    to->pieces[to->count - words->count].sign = to->count > words->count ? sign : 0;
}

static void append_initial(phrase *to, const pii__known_piece *word, uint32_t sign)
{
    pii__known_piece initial = {.bytes = word->bytes, .size = 1, .sign = to->count ? sign : 0};
    while (initial.size < word->size && (word->bytes[initial.size] & 0xC0) == 0x80)
        initial.size++;
    to->pieces[to->count++] = initial;
}

static void append_initials(phrase *to, const pii__known_value *value, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (!value->words[i].glued)
            append_initial(to, &value->words[i], 0);
}

/* Also with the s of a possessive that has lost its apostrophe. */
static pii_status put(writer *w, const phrase *words, bool as_name)
{
    pii_status status = w->sink(w->context, words->pieces, words->count, as_name);
    phrase owner;
    owner.count = 0;
    if (status != PII_OK)
        return status;
    append(&owner, words, 0);
    pii__known_piece *last = &owner.pieces[owner.count - 1];
    memcpy(w->owner, last->bytes, last->size);
    w->owner[last->size] = 's';
    last->bytes = w->owner;
    last->size++;
    return w->sink(w->context, owner.pieces, owner.count, as_name);
}

/* ---- Forms of first name and surname ---- */

static void add_forms(name_forms *forms, const pii__known_value *value, size_t begin, size_t end)
{
    for (gluing how = AS_WRITTEN; how <= JOINED; how++)
        forms->count += words_of(value, begin, end, how, false, &forms->list[forms->count]);
}

static void add_short_forms(name_forms *forms, const phrase *name)
{
    const char *list = pii__table_value(&pii__table_nicknames, name->pieces[0].bytes, name->pieces[0].size);
    while (list && *list && forms->count < forms_max) {
        size_t size = strcspn(list, " ");
        forms->list[forms->count].pieces[0] = (pii__known_piece){.bytes = (const uint8_t *)list, .size = size};
        forms->list[forms->count++].count = 1;
        list += size + strspn(list + size, " ");
    }
}

/* Where the part - words that are glued together - that begins at `begin` ends. */
static size_t part_end(const pii__known_value *value, size_t begin, size_t end)
{
    do
        begin++;
    while (begin < end && value->words[begin].glued);
    return begin;
}

static size_t last_part(const pii__known_value *value, size_t begin, size_t end)
{
    do
        end--;
    while (end > begin && value->words[end].glued);
    return end;
}

static void find_forms(writer *w)
{
    const pii__known_value *value = w->value;
    size_t first_end = part_end(value, 0, value->count);
    bool comma = value->surname && value->surname < value->count;
    w->surname_begin = comma ? 0 : first_end;
    w->surname_end = comma ? value->surname : value->count;
    w->given_begin = comma ? value->surname : 0;
    w->given_end = comma ? value->count : first_end;
    first_end = part_end(value, w->given_begin, w->given_end);

    w->given.count = w->surname.count = 0;
    add_forms(&w->given, value, w->given_begin, first_end);
    if (first_end < w->given_end)
        add_forms(&w->given, value, w->given_begin, w->given_end);
    w->given.own = w->given.count;
    phrase first;
    (void)words_of(value, w->given_begin, first_end, JOINED, false, &first);
    add_short_forms(&w->given, &first);
    if (w->surname_begin == w->surname_end)
        return;
    add_forms(&w->surname, value, w->surname_begin, w->surname_end);
    size_t last = last_part(value, w->surname_begin, w->surname_end);
    if (last > w->surname_begin)
        add_forms(&w->surname, value, last, w->surname_end);
    size_t end = part_end(value, w->surname_begin, w->surname_end);
    if (comma && end < w->surname_end)
        add_forms(&w->surname, value, w->surname_begin, end);
    w->surname.own = w->surname.count;
}

/* ---- Ways to write both ---- */

static size_t letters_of(const phrase *words)
{
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++)
        for (size_t k = 0; k < words->pieces[i].size; k++)
            count += (words->pieces[i].bytes[k] & 0xC0) != 0x80;
    return count;
}

/* As one word. */
static pii_status put_joined(writer *w, const phrase *words)
{
    phrase joined;
    pii__known_piece *whole = &joined.pieces[0];
    *whole = (pii__known_piece){.bytes = w->joined};
    joined.count = 1;
    for (size_t i = 0; i < words->count; i++) {
        const pii__known_piece *piece = &words->pieces[i];
        if (piece->size > sizeof w->joined - whole->size)
            return PII_OK; /* a short form made it too long */
        memcpy(w->joined + whole->size, piece->bytes, piece->size);
        whole->size += piece->size;
    }
    return letters_of(words) >= joined_least ? put(w, &joined, false) : PII_OK;
}

/* "Ada Lovelace", "AdaLovelace" unless it is a short form, "Lovelace, Ada", "Ada L." */
static pii_status put_both(writer *w, const phrase *given, const phrase *surname, bool short_form)
{
    phrase words;
    words.count = 0;
    append(&words, given, 0);
    append(&words, surname, 0);
    pii_status status = put(w, &words, false);
    if (status == PII_OK && !short_form)
        status = put_joined(w, &words);
    const uint32_t signs[] = {0, ','};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && status == PII_OK; i++) {
        words.count = 0;
        append(&words, surname, 0);
        append(&words, given, signs[i]);
        status = w->sink(w->context, words.pieces, words.count, false);
    }
    words.count = 0;
    append(&words, given, 0);
    append_initial(&words, &surname->pieces[0], 0);
    return status == PII_OK ? w->sink(w->context, words.pieces, words.count, true) : status;
}

/* "A. Lovelace", "Lovelace, A.", and with all initials. */
static pii_status put_initials(writer *w, const phrase *surname)
{
    const pii__known_value *value = w->value;
    const uint32_t signs[] = {0, ','};
    pii_status status = PII_OK;
    phrase words;
    size_t first_end = part_end(value, w->given_begin, w->given_end);
    for (size_t end = first_end;; end = w->given_end) {
        words.count = 0;
        append_initials(&words, value, w->given_begin, end);
        append(&words, surname, 0);
        status = put(w, &words, true);
        for (size_t i = 0; i < sizeof signs / sizeof signs[0] && status == PII_OK; i++) {
            words.count = 0;
            append(&words, surname, 0);
            append_initial(&words, &value->words[w->given_begin], signs[i]);
            for (size_t k = first_end; k < end; k++)
                if (!value->words[k].glued)
                    append_initial(&words, &value->words[k], 0);
            status = w->sink(w->context, words.pieces, words.count, true);
        }
        if (status != PII_OK || end == w->given_end)
            return status;
    }
}

/* "Ada M. Lovelace", "A. M. Lovelace": the words from `middle` to `last` stand between
 * first name and surname. */
static pii_status put_middle_initials(writer *w, size_t middle, size_t last, const phrase *surname)
{
    const pii__known_value *value = w->value;
    phrase words;
    words.count = 0;
    append(&words, &w->given.list[0], 0);
    append_initials(&words, value, middle, last);
    append(&words, surname, 0);
    pii_status status = put(w, &words, false);
    words.count = 0;
    append_initial(&words, &value->words[w->given_begin], 0);
    append_initials(&words, value, middle, last);
    append(&words, surname, 0);
    return status == PII_OK ? put(w, &words, true) : status;
}

/* A name that is a word, too, counts alone only when it is written as a name. Of a
 * short form that is no first name elsewhere this is not known. */
static bool is_word(const phrase *name, bool short_form)
{
    const char *value = name->count > 1 ? "" : pii__table_value(&pii__table_first_names, name->pieces[0].bytes,
                                                                  name->pieces[0].size);
    return value ? *value != '\0' : short_form;
}

static pii_status put_alone(writer *w, const name_forms *names, size_t count, bool surname)
{
    pii_status status = PII_OK;
    for (size_t i = 0; i < count && status == PII_OK; i++)
        if (letters_of(&names->list[i]) >= alone_least)
            status = put(w, &names->list[i], surname || is_word(&names->list[i], i >= names->own));
    return status;
}

static pii_status put_middle(writer *w)
{
    const pii__known_value *value = w->value;
    size_t first_end = part_end(value, w->given_begin, w->given_end);
    size_t last = last_part(value, w->surname_begin, w->surname_end);
    phrase surname;
    if (first_end < w->given_end) {
        (void)words_of(value, w->surname_begin, w->surname_end, LOOSE, false, &surname);
        return put_middle_initials(w, first_end, w->given_end, &surname);
    }
    if (w->given_begin || last == w->surname_begin)
        return PII_OK;
    (void)words_of(value, last, w->surname_end, LOOSE, false, &surname);
    return put_middle_initials(w, w->surname_begin, last, &surname);
}

pii_status pii__known_name(const pii__known_value *value, unsigned options, pii__known_sink sink, void *context)
{
    writer w;
    w.value = value;
    w.sink = sink;
    w.context = context;
    find_forms(&w);
    pii_status status = PII_OK;
    if (!w.surname.count)
        status = put_alone(&w, &w.given, options & PII_KNOWN_GIVEN_ALONE ? w.given.count : w.given.own, false);
    else
        status = put_middle(&w);
    for (size_t i = 0; i < w.surname.count && status == PII_OK; i++) {
        status = put_initials(&w, &w.surname.list[i]);
        for (size_t k = 0; k < w.given.count && status == PII_OK; k++)
            status = put_both(&w, &w.given.list[k], &w.surname.list[i], k >= w.given.own);
    }
    if (status == PII_OK && w.surname.count && options & PII_KNOWN_GIVEN_ALONE)
        status = put_alone(&w, &w.given, w.given.count, false);
    if (status == PII_OK && options & PII_KNOWN_SURNAME_ALONE)
        status = put_alone(&w, &w.surname, w.surname.count, true);
    pii__wipe(&w.joined, sizeof w.joined);
    pii__wipe(&w.owner, sizeof w.owner);
    return status;
}
