#include "prose.h"

#include <stdio.h>
#include <string.h>

/* One of a list of texts. */
#define PICK(random, list) (list)[random_below(random, sizeof(list) / sizeof *(list))]

static const char *const things[] = {
    "dragon",  "robot",   "garden",  "lantern", "castle", "forest",   "story",   "sprite",  "puzzle",   "river",
    "bridge",  "monster", "friend",  "window",  "planet", "treasure", "machine", "mountain", "rainbow", "costume",
    "button",  "picture", "kitten",  "whistle", "shadow", "library",  "answer",  "corner",  "question", "kitchen",
    "painting", "tunnel", "feather", "thunder", "rocket", "island",   "morning", "evening", "weather",  "drawing",
};
static const char *const kinds[] = {
    "small",  "quiet",  "bright", "hidden", "purple", "ancient", "friendly", "broken", "golden", "sleepy",
    "strange", "wooden", "empty",  "gentle", "hungry", "noisy",   "clever",   "frozen", "invisible", "crooked",
};
static const char *const acts[] = {
    "opened",   "followed", "painted", "watched",  "carried",   "remembered", "found",    "borrowed",
    "repaired", "chased",   "forgot",  "imagined", "discovered", "surprised",  "explored", "collected",
};
static const char *const places[] = {
    "behind the waterfall", "under the table", "near the old mill", "across the valley", "between two clouds",
    "inside the cave",      "on the stage",    "above the rooftops", "beyond the fence", "at the end of the level",
};
static const char *const joints[] = {
    "and then", "because", "although", "while", "until", "so that", "before", "after which", "but", "unless",
};
static const char *const speakers[] = {"ROBOT", "DRAGON", "NARRATOR", "Wizard", "Pirate", "OWL", "Teacher", "Giant"};
static const char *const modules[] = {"stage", "sprite", "sound", "loader", "editor", "gallery", "physics", "render"};
static const char *const events[] = {
    "loaded", "costume changed", "collision resolved", "frame skipped", "project saved", "queue drained", "retrying",
};
static const char *const names[] = {"score", "lives", "speed", "angle", "width", "index", "total", "count", "level"};

static unsigned number(random_source *random, unsigned most)
{
    return (unsigned)random_below(random, most);
}

static void append_clause(random_source *random, test_bytes *ret)
{
    char text[160];
    snprintf(text, sizeof text, "the %s %s %s the %s %s %s", PICK(random, kinds), PICK(random, things),
             PICK(random, acts), PICK(random, kinds), PICK(random, things), PICK(random, places));
    bytes_append_text(ret, text);
}

static void append_sentence(random_source *random, test_bytes *ret)
{
    static const char *const beginnings[] = {"Once ",     "Then ", "Every day ", "Nobody knew that ",
                                             "Of course ", "Later "};
    static const char *const endings[] = {". ", ". ", ". ", "! ", "? ", "... ", ", of all things. ",
                                          " \xe2\x80\x93 again. "};
    bytes_append_text(ret, PICK(random, beginnings));
    append_clause(random, ret);
    for (size_t more = random_below(random, 3); more > 0; more--) {
        bytes_append_text(ret, ", ");
        bytes_append_text(ret, PICK(random, joints));
        bytes_append_text(ret, " ");
        append_clause(random, ret);
    }
    bytes_append_text(ret, PICK(random, endings));
}

static void append_story(random_source *random, test_bytes *ret)
{
    for (size_t count = 1 + random_below(random, 6); count > 0; count--)
        append_sentence(random, ret);
    bytes_append_text(ret, "\n");
}

static void append_dialogue(random_source *random, test_bytes *ret)
{
    bytes_append_text(ret, PICK(random, speakers));
    bytes_append_text(ret, ": \"");
    append_sentence(random, ret);
    bytes_append_text(ret, random_below(random, 4) ? "I can't believe it!\"\n" : "We've won 12 coins, haven't we?\"\n");
}

static void append_log(random_source *random, test_bytes *ret)
{
    static const char *const levels[] = {"info", "info", "info", "debug", "warn"};
    char text[200];
    snprintf(text, sizeof text, "2026-11-%02uT%02u:%02u:%02uZ %s %s: %s in %u ms, %u sprites, %.2f frames\n",
             1 + number(random, 28), number(random, 24), number(random, 60), number(random, 60), PICK(random, levels),
             PICK(random, modules), PICK(random, events), number(random, 900), number(random, 60),
             (double)number(random, 6000) / 100);
    bytes_append_text(ret, text);
}

static void append_code(random_source *random, test_bytes *ret)
{
    static const char *const lines[] = {
        "  if (%s > %u) {\n    %s = %s + 1; // the %s moves\n  }\n",
        "  for (var i = 0; i < %s.length; i += %u) %s[i] = %s[i] * 2; /* %s */\n",
        "function draw_%s() { return [%u, %s, %s, \"%s\"]; }\n",
        "  while (%s != %u && !(%s <= %s)) { say(\"%s\"); }\n",
    };
    char text[200];
    snprintf(text, sizeof text, PICK(random, lines), PICK(random, names), number(random, 500), PICK(random, names),
             PICK(random, names), PICK(random, things));
    bytes_append_text(ret, text);
}

void prose_append(random_source *random, size_t size, test_bytes *ret)
{
    static void (*const writers[])(random_source *, test_bytes *) = {append_story, append_story, append_dialogue,
                                                                     append_dialogue, append_log, append_code};
    size_t writer = 0;
    for (size_t end = ret->size + size; ret->size < end;) {
        if (random_below(random, 12) == 0) /* texts of one kind are together */
            writer = random_below(random, sizeof writers / sizeof *writers);
        writers[writer](random, ret);
    }
}
