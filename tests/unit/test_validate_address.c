#include "address_layout.h"
#include "validate_case.h"

#define STREET "street_address"

Test(street_address, covers_all_that_follows_the_street)
{
    expect_span(STREET, "[[742 Evergreen Terrace, Springfield, IL 62704 thanks]]",
                "742 Evergreen Terrace, Springfield, IL 62704");
    expect_span(STREET, "[[742 Evergreen Terrace, Springfield, IL 62704, USA]]",
                "742 Evergreen Terrace, Springfield, IL 62704, USA");
    expect_span(STREET, "[[742 Evergreen Terrace Apt 4B, Reno NV]]", "742 Evergreen Terrace Apt 4B, Reno NV");
    expect_span(STREET, "[[12 oak st #7 dayton oh 45402 and then]]", "12 oak st #7 dayton oh 45402");
    expect_span(STREET, "[[12 Oak Street\nDayton, OH 45402]]", "12 Oak Street\nDayton, OH 45402");
    expect_span(STREET, "[[12 Oak Street, Unit 3, 2nd Floor, Salem, Oregon]]",
                "12 Oak Street, Unit 3, 2nd Floor, Salem, Oregon");
    expect_span(STREET, "[[9 Elm Ave. and more]]", "9 Elm Ave.");
}

Test(street_address, ends_before_the_sentence_goes_on)
{
    expect_span(STREET, "[[742 Evergreen Terrace is near Oak Street]]", "742 Evergreen Terrace");
    expect_span(STREET, "[[12 oak street with my dad in town]]", "12 oak street");
    expect_span(STREET, "[[12 Oak Street. Then we play]]", "12 Oak Street");
    expect_span(STREET, "[[12 oak street or else]]", "12 oak street");
    expect_span(STREET, "[[12 oak street, bring snacks]]", "12 oak street");
}

Test(street_address, finds_the_last_word_of_the_street)
{
    expect_span(STREET, "[[45 Center Point Road here]]", "45 Center Point Road");
    expect_span(STREET, "[[45 Oak Park Avenue here]]", "45 Oak Park Avenue");
    expect_span(STREET, "[[3304 St Johns Ave here]]", "3304 St Johns Ave");
    expect_span(STREET, "[[5020 county road 12 please]]", "5020 county road 12");
    expect_span(STREET, "[[1737 county road kk]]", "1737 county road kk");
    expect_span(STREET, "[[1200 Avenue B]]", "1200 Avenue B");
    expect_span(STREET, "[[700 El Paseo de la Luna with]]", "700 El Paseo de la Luna");
}

Test(street_address, knows_boxes)
{
    expect_span(STREET, "[[PO Box 123, Tulsa, OK 74101 x]]", "PO Box 123, Tulsa, OK 74101");
    expect_span(STREET, "[[po box 9 is ours]]", "po box 9");
}

Test(street_address, refuses_what_counts_something)
{
    expect_refused(STREET, "[[5 minutes drive]]");
    expect_refused(STREET, "[[40 points in the park]]");
    expect_refused(STREET, "[[2 of the roads]]");
    expect_refused(STREET, "[[2671, 742 Evergreen Terrace]]");
    expect_valid(STREET, "[[12 45 Street]]");
    expect_refused(STREET, "level [[2 Oak Street]]");
    expect_refused(STREET, "page [[12 Oak Street]]");
    expect_refused(STREET, "$ [[12 Oak Street]]");
    expect_valid(STREET, "[[8 mile road]]");
}

Test(street_address, adds_up_what_speaks_for_an_address)
{
    expect_surer(STREET, "[[12 Oak Street]]", "[[12 oak street]]");
    expect_surer(STREET, "[[12 Oak Street]]", "[[12 Oak Way]]");
    expect_surer(STREET, "[[12 Oak Way]]", "[[12 Oak Forest]]");
    expect_surer(STREET, "[[12 Oak Street]]", "[[1 Oak Street]]");
    expect_surer(STREET, "[[1234 Oak Street]]", "[[1995 Oak Street]]");
    expect_surer(STREET, "[[12 N Oak Street]]", "[[12 Oak Street]]");
    expect_surer(STREET, "[[12 Oak Street Apt 3]]", "[[12 Oak Street]]");
    expect_surer(STREET, "[[12 Oak Street, Reno, NV]]", "[[12 Oak Street]]");
    expect_surer(STREET, "[[12 Oak Street, Reno, NV 89501]]", "[[12 Oak Street, Reno, NV]]");
    expect_surer(STREET, "[[12 Oak Street]]", "[[12\tOak Street]]");
    expect_surer(STREET, "[[12 Oak Street]]", "[[12 copies oak Wall Street]]");
}

Test(street_address, reports_its_features)
{
    validate_case c;
    validate_run(&c, STREET, "[[12 Oak Street, Reno, NV 89501]]");
    double sum = CASE_CONFIDENCE;
    for (size_t i = 0; i < c.verdict.feature_count; i++)
        sum += c.verdict.features[i].value;
    cr_expect_gt(c.verdict.feature_count, (size_t)3);
    cr_expect_float_eq(sum, c.verdict.confidence, 1e-9);
}

static pii__address_layout layout_of(const char *text)
{
    pii__tokens tokens;
    pii__address_layout layout;
    pii__tokens_read(&tokens, (const uint8_t *)text, 0, strlen(text));
    pii__address_layout_read(&layout, &tokens);
    return layout;
}

Test(address_layout, names_the_kind_of_street)
{
    cr_expect_eq(layout_of("12 Oak Street").kind, PII__STREET_SUFFIX);
    cr_expect_eq(layout_of("12 Oak Way").kind, PII__STREET_USUAL);
    cr_expect_eq(layout_of("12 Oak Forest").kind, PII__STREET_EVERYDAY);
    cr_expect_eq(layout_of("12 Calle Luna").kind, PII__STREET_PREFIX);
    cr_expect_eq(layout_of("12 Highway 61").kind, PII__STREET_ROUTE);
    cr_expect_eq(layout_of("PO Box 12").kind, PII__STREET_BOX);
    cr_expect_eq(layout_of("12 Oaks").kind, PII__STREET_NONE);
    cr_expect_eq(layout_of("160 sq ft").kind, PII__STREET_NONE);
}

Test(address_tokens, stay_within_their_number)
{
    char text[1024];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "1 ", 2);
    pii__tokens tokens;
    pii__tokens_read(&tokens, (const uint8_t *)text, 0, sizeof text - 1);
    cr_expect_eq(tokens.count, (size_t)PII__ADDRESS_TOKENS_MAX);
    pii__address_layout layout;
    pii__address_layout_read(&layout, &tokens);
    cr_expect_leq(layout.place.end, tokens.count);
}
