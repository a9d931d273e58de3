#include "spelled_words.h"

#include <string.h>

#include "ascii.h"
#include "host_name.h"
#include "table.h"

/* The words for a dot that rules/email.yaml has. */
static bool dot_word(const uint8_t *word, size_t size)
{
    static const char words[] = " dot d0t punkt punto punt punct pont ponto point piste kropka nokta tecka tečka "
                                "точка крапка ドット 点 닷 점 ";
    char key[16] = " ";
    if (!size || size + 3 > sizeof key)
        return false;
    for (size_t i = 0; i < size; i++)
        key[i + 1] = (char)pii__lower(word[i]);
    key[size + 1] = ' ';
    return strstr(words, key) != NULL;
}

static size_t word_begin(const uint8_t *text, size_t begin, size_t end)
{
    while (end > begin && pii__is_alnum(text[end - 1]))
        end--;
    return end;
}

bool pii__spelled_host_end(const uint8_t *text, size_t begin, size_t end, size_t *ret_end)
{
    while (end > begin) {
        size_t label = word_begin(text, begin, end), before = label;
        bool dot = false;
        while (before > begin && !pii__is_alnum(text[before - 1])) {
            before--;
            dot |= text[before] == '.' || text[before] == ',';
        }
        size_t word = word_begin(text, begin, before);
        if ((dot || dot_word(text + word, before - word)) && pii__top_level_domain(text + label, end - label)) {
            *ret_end = end;
            return true;
        }
        end = before;
    }
    return false;
}

bool pii__spelled_sentence(const uint8_t *text, size_t begin, size_t end)
{
    size_t last = begin;
    while (last < end && (pii__is_alnum(text[last]) || text[last] == '\''))
        last++;
    if (last + 1 < end && text[last] != ' ' && pii__is_alnum(text[last + 1]))
        return false; /* "look.out at", "me_2 at" */
    return pii__table_has(&pii__table_account_stop_words, text + begin, last - begin);
}
