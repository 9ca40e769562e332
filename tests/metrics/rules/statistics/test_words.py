"""The sentence bank: both languages, and no verdict where there is none to give."""

from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.statistics import words
from metrics.rules.statistics.matched import Matched
from metrics.rules.statistics.run_chart import run_chart
from metrics.rules.statistics.summaries import concentration

VERDICTS = (
    "improv",
    "rising",
    "falling",
    "increas",
    "decreas",
    "better",
    "worse",
    "miglior",
    "peggior",
    "cresc",
    "cal",
)


def both(sentence):
    return sentence.text_en, sentence.text_it


def test_six_measurements_are_told_as_the_domain_says():
    assert both(words.too_few_for_trend(6)) == (
        "Six measurements so far: too few to speak of a trend.",
        "Sei rilevazioni finora: troppo poche per parlare di tendenza.",
    )


@pytest.mark.parametrize("count", range(10))
def test_below_ten_there_is_no_verdict_in_either_language(count):
    sentence = words.run_chart_words(count, None)
    assert sentence == words.too_few_for_trend(count)
    for text in both(sentence):
        assert text
        assert not any(word in text.lower() for word in (*VERDICTS, "signal", "segnale"))
    assert words.too_few_for_trend(10) == NOTHING


def chart_of(*values):
    return run_chart([Decimal(value) for value in values])


def test_a_signal_says_which_test_found_it_and_never_whether_it_is_good():
    few = words.run_chart_words(10, chart_of(*range(10)))
    assert both(few) == (
        "10 measurements: a signal of change. The values cross the middle value once; at least 2 would be usual.",
        "10 rilevazioni: c'è un segnale di cambiamento. I valori attraversano quello mediano una volta; di solito sono almeno 2.",
    )
    long = words.run_chart_words(20, chart_of(*[1] * 10, *[9] * 10))
    assert "10 values in a row lie on the same side of the middle value; up to 7 would be usual." in long.text_en
    assert (
        "10 valori di seguito stanno dalla stessa parte del valore mediano; di solito sono al massimo 7."
        in long.text_it
    )
    for text in (*both(few), *both(long)):
        assert not any(word in text.lower() for word in VERDICTS)


def test_no_signal_is_variation_as_usual():
    usual = words.run_chart_words(12, chart_of(3, 7, 2, 8, 4, 9, 1, 6, 5, 10, 2, 7))
    assert both(usual) == (
        "12 measurements: no signal; variation as usual.",
        "12 rilevazioni: nessun segnale; le variazioni sono quelle abituali.",
    )


def test_ten_measurements_that_lie_on_the_middle_value_have_no_verdict():
    assert "too few for a verdict" in words.run_chart_words(12, None).text_en
    assert "troppo poche per giudicare" in words.run_chart_words(12, None).text_it


def test_counts_of_people_come_before_the_test():
    assert words.matched_words(Matched(12, 3, 1)).text_en.startswith("Of 16 measured both times, 12 are better")
    assert words.matched_words(Matched(12, 3, 1)).text_it.endswith("di rado una divisione così netta.")
    assert words.matched_words(Matched(6, 3, 5)).text_en.endswith("Chance alone could explain this split.")
    assert words.matched_words(Matched(6, 30, 3)).text_en.endswith("too few to tell it from chance.")
    assert words.matched_words(Matched(0, 0, 0)).text_it == "Nessuno è stato rilevato entrambe le volte."


def test_completeness_stands_beside_a_total_of_several():
    assert words.reported_words(0, 0) == words.reported_words(1, 1) == NOTHING
    assert both(words.reported_words(4, 6)) == ("4 of 6 partners reported.", "Hanno risposto 4 partner su 6.")
    assert words.reported_words(1, 2).text_it == "Ha risposto 1 partner su 2."


def test_two_sources_have_shares_and_three_an_index():
    half = Sentence("50 %", "50 %")
    assert both(words.concentration_words(concentration([5, 5]), half)) == (
        "2 sources; the largest gives 50 %.",
        "2 fonti; la più grande dà 50 %.",
    )
    found = concentration([4, 3, 3])
    assert found.index == Fraction(34, 100)
    assert words.concentration_words(found, half).text_en.endswith("as concentrated as 3 equal sources.")
    assert words.concentration_words(concentration([98, 1, 1]), half).text_it.endswith("come di 1 fonte.")
    assert words.concentration_words(concentration([9]), half).text_en == "Everything comes from one source."


def test_last_year_is_named_first_where_seasons_matter():
    now, before, more = Sentence("12", "12"), Sentence("9", "9"), Sentence("3", "3")
    assert both(words.year_on_year_words(now, before, more, is_more=True)) == (
        "12; a year before 9: 3 more.",
        "12; un anno prima 9: 3 in più.",
    )
    assert words.year_on_year_words(before, now, more, is_more=False).text_it == "9; un anno prima 12: 3 in meno."
    assert words.year_on_year_words(now, now, more, is_more=None).text_en == "The same as a year before: 12."


def test_every_fixed_sentence_has_both_languages_and_they_differ():
    fixed = [value for value in vars(words).values() if isinstance(value, Sentence) and value != NOTHING]
    assert len(fixed) >= 2
    for sentence in fixed:
        assert sentence.text_en
        assert sentence.text_it
        assert sentence.text_en != sentence.text_it
