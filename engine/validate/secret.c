#include <string.h>

#include "ascii.h"
#include "validators.h"

#define SECRET_SIZE_MIN 4
#define WORD_SIZE_MAX 16

/* What else is said of a password, or stands for one in program text. */
static const char *const plain_words[] = {
    "again", "also", "always", "annoying", "anything", "because", "being", "better", "blank", "changed",
    "changing", "correct", "different", "easy", "empty", "encrypted", "expired", "false", "field", "forgot",
    "forgotten", "getting", "going", "gone", "good", "hacked", "hard", "hashed", "here", "hidden",
    "incorrect", "input", "invalid", "just", "kinda", "known", "like", "long", "longer", "lost", "made",
    "maybe", "missing", "needed", "never", "none", "nothing", "null", "only", "optional", "password",
    "passwort", "pretty", "private", "probably", "protected", "public", "really", "required", "reset",
    "right", "safe", "same", "saved", "secret", "secure", "short", "shorter", "simple", "something",
    "still", "stolen", "stored", "string", "strong", "stronger", "stuff", "super", "text", "that", "their",
    "there", "this", "true", "undefined", "under", "used", "valid", "value", "very", "weak", "what", "when",
    "where", "working", "written", "wrong", "your",
};

static bool is_plain_word(const uint8_t *text, size_t size)
{
    char word[WORD_SIZE_MAX];
    if (size >= sizeof word)
        return false;
    for (size_t i = 0; i < size; i++)
        word[i] = (char)pii__lower(text[i]);
    word[size] = '\0';
    for (size_t i = 0; i < sizeof plain_words / sizeof plain_words[0]; i++)
        if (!strcmp(word, plain_words[i]))
            return true;
    return false;
}

/* The span without the signs that end a sentence or a quotation. */
static size_t value_end(const pii__candidate *candidate)
{
    size_t end = candidate->end;
    while (end > candidate->begin && strchr(".,!?;:)\"'`", candidate->text[end - 1]))
        end--;
    return end;
}

static bool has_digit(const uint8_t *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (pii__is_digit(text[i]))
            return true;
    return false;
}

static void judge(const pii__candidate *candidate, bool word_will_do, pii__verdict *verdict)
{
    const uint8_t *value = candidate->text + candidate->begin;
    size_t end = value_end(candidate), size = end - candidate->begin;
    if (size < SECRET_SIZE_MIN) {
        pii__verdict_refuse(verdict, "too short for a password");
    } else if (value[0] == '[' && value[size - 1] == ']') {
        pii__verdict_refuse(verdict, "stands for what was taken out");
    } else if (has_digit(value, size)) {
        verdict->end = end;
        verdict->reason = "value with a digit";
    } else if (word_will_do && pii__is_alnum(value[0]) && !is_plain_word(value, size)) {
        verdict->end = end;
        verdict->reason = "a word that is not said of passwords";
    } else {
        pii__verdict_refuse(verdict, "more likely a remark or program text");
    }
}

/* "my password is ...": a word will do. */
void pii__validate_secret_told(const pii__candidate *candidate, pii__verdict *verdict)
{
    judge(candidate, true, verdict);
}

/* "password: ...", where program text has words. */
void pii__validate_secret_labelled(const pii__candidate *candidate, pii__verdict *verdict)
{
    judge(candidate, false, verdict);
}
