// RE2: each rule on its own, and all of them as one alternation. Bytes are Latin-1, so that no text is invalid.
#include <re2/re2.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include "contestant.h"
}

namespace
{

enum { EACH, ALTERNATION };

struct State {
    std::vector<std::unique_ptr<re2::RE2>> codes;
};

bool add_code(State &state, const char *pattern)
{
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(int64_t{256} << 20);
    state.codes.push_back(std::make_unique<re2::RE2>(pattern, options));
    return state.codes.back()->ok();
}

bool open(const bench_contestant *self, const bench_options *, const bench_rules *rules, void **ret_state,
          const char **ret_absent)
{
    auto state = std::make_unique<State>();
    bool good = true;
    if (self->variant == ALTERNATION) {
        char *joined = bench_rules_alternation(rules);
        good = add_code(*state, joined);
        std::free(joined);
    } else {
        for (size_t i = 0; i < rules->count && good; i++)
            good = add_code(*state, rules->list[i].open_pattern);
    }
    if (!good) {
        *ret_absent = "RE2 refused a pattern";
        return false;
    }
    *ret_state = state.release();
    return true;
}

bool run(void *opaque, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count)
{
    const State &state = *static_cast<State *>(opaque);
    const re2::StringPiece text(data, size);
    *ret_count = 0;
    for (size_t rule = 0; rule < state.codes.size(); rule++) {
        re2::StringPiece found;
        size_t at = 0;
        while (state.codes[rule]->Match(text, at, size, re2::RE2::UNANCHORED, &found, 1)) {
            size_t begin = static_cast<size_t>(found.data() - data);
            at = begin + found.size();
            ++*ret_count;
            if (spans != nullptr)
                bench_spans_add(spans, rule, begin, at);
        }
    }
    return true;
}

void close(void *opaque)
{
    delete static_cast<State *>(opaque);
}

} // namespace

extern "C" const bench_contestant bench_re2_contestants[] = {
    {"re2-rules", "RE2, one pass per rule", EACH, open, run, close, true, true},
    {"re2-alternation", "RE2, all rules as one pattern: which rule is not told", ALTERNATION, open, run, close, false,
     true},
};
extern "C" const size_t bench_re2_count = sizeof bench_re2_contestants / sizeof bench_re2_contestants[0];
