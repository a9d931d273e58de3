/* street_name.h - street names before their house number, as most of Europe and
 * Latin America write them: "Calle Luna 12", "Kossuth utca 12", "Kirchgasse 12". */
#ifndef PII__STREET_NAME_H
#define PII__STREET_NAME_H

#include "address_tokens.h"

typedef enum pii__street_word {
    PII__STREET_WORD_NONE,
    PII__STREET_WORD_WEAK, /* is or ends much else, too: "via", "-hof" */
    PII__STREET_WORD_SURE
} pii__street_word;

typedef struct pii__street_name {
    size_t begin;  /* first token of the name */
    size_t number; /* the house number's token */
    size_t end;    /* after the number, its letter included */
    pii__street_word word;
    bool cued;     /* right after a word that addresses follow: "live", "adresse" */
    bool capitals; /* all words but "de la" and the like begin with a capital */
    bool foreign;  /* letters beyond ASCII */
} pii__street_name;

/* False: there is no house number with a name before it. Full stops of
 * abbreviations are no longer breaks in `tokens` afterwards. */
bool pii__street_name_read(pii__street_name *name, pii__tokens *tokens);

#endif
