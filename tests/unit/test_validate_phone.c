#include "validate_case.h"

Test(phone_nanp, knows_the_plan)
{
    expect_valid("phone_nanp", "[[415-555-2671]]");
    expect_valid("phone_nanp", "[[+1 (415) 555-2671]]");
    expect_valid("phone_nanp", "[[555-2671]]");
    expect_refused("phone_nanp", "[[155-2671]]");
    expect_refused("phone_nanp", "[[411-2671]]");
    expect_refused("phone_nanp", "[[415-555-26711]]");
    expect_refused("phone_nanp", "[[2-415-555-2671]]");
    expect_surer("phone_nanp", "[[415-555-2671]]", "[[211-555-2671]]");
    expect_surer("phone_nanp", "[[415-555-2671]]", "[[415-155-2671]]");
    expect_surer("phone_nanp", "[[415-555-2671]]", "[[415-911-2671]]");
    expect_surer("phone_nanp", "[[415-555-2671]]", "[[999-555-2671]]");
}

Test(phone_nanp, counts_how_the_digits_are_parted)
{
    expect_surer("phone_nanp", "[[415-555-2671]]", "[[415 555 2671]]");
    expect_surer("phone_nanp", "[[415 555 2671]]", "[[4155552671]]");
    expect_surer("phone_nanp", "[[415 555-2671]]", "[[415555.2671]]");
    expect_valid("phone_nanp", "[[(415)5552671]]");
    expect_valid("phone_nanp", "[[1415-555-2671]]");
    expect_refused("phone_nanp", "[[41-5555-2671]]");
}

Test(phone_nanp, leaves_the_extension_out_of_the_count)
{
    expect_valid("phone_nanp", "[[415-555-2671 ext. 123]]");
    expect_valid("phone_nanp", "[[415-555-2671 x9]]");
    expect_valid("phone_nanp", "[[415-555-2671 #99999]]");
}

Test(phone_international, knows_country_and_length)
{
    expect_valid("phone_international", "[[+44 20 7946 0958]]");
    expect_valid("phone_international", "[[+44 (0)20 7946 0958]]");
    expect_valid("phone_international", "[[0044 20 7946 0958]]");
    expect_valid("phone_international", "[[+14155552671]]");
    expect_refused("phone_international", "[[+999 123 456 789]]");
    expect_refused("phone_international", "[[+44]]");
    expect_surer("phone_international", "[[+49 30 901820]]", "[[+10 20 30 40]]");
    expect_surer("phone_international", "[[0044 20 7946 0958]]", "[[00442079460958]]");
}

Test(phone_international, ends_with_the_last_group_that_fits)
{
    expect_span("phone_international", "[[+33 1 99 00 12 34 20]]", "+33 1 99 00 12 34");
    expect_span("phone_international", "[[+45 32 12 34 56]]", "+45 32 12 34 56");
}

Test(phone_national, is_no_date_and_no_other_number)
{
    expect_valid("phone_national", "[[030 901820]]");
    expect_valid("phone_national", "[[612345678]]");
    expect_refused("phone_national", "[[2024-05-17]]");
    expect_refused("phone_national", "[[17.05.2024]]");
    expect_refused("phone_national", "[[1990-1995]]");
    expect_refused("phone_national", "[[192.168.10.10]]");
    expect_refused("phone_national", "[[9780141036144]]");
    expect_refused("phone_national", "[[1111111]]");
    expect_refused("phone_national", "[[123456]]");
    expect_refused("phone_national", "[[1234567890123456]]");
    expect_surer("phone_national", "[[0161 496 0123]]", "[[161 496 0123]]");
    expect_surer("phone_national", "[[0161 496 0123]]", "[[00 00 00 01 23]]");
}

Test(phone_national, knows_how_countries_group_their_numbers)
{
    expect_surer("phone_national", "[[06 12 34 56 78]]", "[[6 12 345 678]]");
    expect_surer("phone_national", "[[(11) 96804-3172]]", "[[11 968043 172]]");
    expect_surer("phone_national", "[[0 (20) 7946 0958]]", "[[1 (20) 7946 0958]]");
    expect_surer("phone_national", "[[44-20-7946-0958]]", "[[999-20-7946-0958]]");
    expect_surer("phone_national", "[[71-52-18-06]]", "[[71-5218-06]]");
    expect_surer("phone_national", "[[4155552671]]", "[[4151152671]]");
    expect_surer("phone_national", "[[09171234567]]", "[[0306406152]]");
}

Test(phone_national, is_no_row_of_dates_times_or_steps)
{
    expect_refused("phone_national", "[[10 20 30 40]]");
    expect_refused("phone_national", "[[0730-0930]]");
    expect_refused("phone_national", "[[14/10 - 15/10]]");
    expect_refused("phone_national", "[[14 - 15.10.18]]");
    expect_refused("phone_national", "[[11-2018-23-00]]");
    expect_refused("phone_national", "[[10-11-12]]");
    expect_refused("phone_national", "[[192.168.0.256]]");
    expect_valid("phone_national", "[[64 18 29]]");
    expect_valid("phone_national", "[[532.123.45.67]]");
}

Test(phone_words, reads_digits_in_words)
{
    expect_valid("phone_words", "[[five five five oh one three four]]");
    expect_valid("phone_words", "[[double five triple two oh one]]");
    expect_valid("phone_words", "[[zéro six douze vingt-quatre quarante-huit]]");
    expect_valid("phone_words", "[[415 then 555 then 2671]]");
    expect_surer("phone_words", "[[four one five, five five five, two six seven one]]",
                 "[[four one one, five five five, two six seven one]]");
    expect_surer("phone_words", "[[one four one five 555 2671]]", "[[two four one five 555 2671]]");
    expect_refused("phone_words", "[[five five five oh one three]]");
    expect_refused("phone_words", "[[one six one six one six one six one six one six one six one six]]");
}

Test(phone_words, does_not_take_counting_for_a_number)
{
    expect_refused("phone_words", "[[one two three four five six seven eight]]");
    expect_refused("phone_words", "[[ten nine eight seven six five four three two one]]");
    expect_refused("phone_words", "[[two two two two two two two two]]");
    expect_refused("phone_words", "[[five six seven eight, one two three four]]");
}

Test(phone_lookalike, reads_letters_as_digits)
{
    expect_valid("phone_lookalike", "[[4l5-555-267l]]");
    expect_valid("phone_lookalike", "[[1-4l5-555-O134]]");
    expect_refused("phone_lookalike", "[[415-555-2671]]");
    expect_refused("phone_lookalike", "[[4ll-lll-llll]]");
    expect_refused("phone_lookalike", "[[1l5-555-2671]]");
    expect_refused("phone_lookalike", "[[4l5-555-267]]");
}
