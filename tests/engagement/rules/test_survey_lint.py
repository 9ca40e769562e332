import pytest

from engagement.rules.survey_form import Asked, Choice, Kind, Meaning, Nature
from engagement.rules.survey_lint import lints

WAY_OUT = Choice("dk", "I don't know", "Non so", Meaning.DONT_KNOW)


def found(*questions, languages=("en", "it")):
    return {(lint.code, lint.question) for lint in lints(questions, languages=languages)}


def words(english, italian="Domanda"):
    return {code for code, _question in found(Asked("Q1", Kind.LONG, english, italian))}


@pytest.mark.parametrize(
    ("lint", "english", "italian"),
    [
        ("two_ideas", "Is the park clean and safe?", "È pulito e sicuro il parco?"),
        ("two_ideas", "What do you think of buses and/or trains?", "Che cosa pensi di bus e/o treni?"),
        ("leading", "Don't you think the park is lovely?", "Non pensi che il parco sia bello?"),
        ("leading", "How good is our excellent service?", "Come giudichi il nostro ottimo servizio?"),
        ("negative", "Which services do you not use?", "Quali servizi non usi?"),
        ("absolute", "Do you always recycle?", "Ricicli sempre?"),
        ("jargon", "How do you see the governance of the park?", "Come vedi la governance del parco?"),
    ],
)
def test_wording_is_looked_at_in_both_languages(lint, english, italian):
    assert lint in words(english)
    assert lint in words("Question", italian)


@pytest.mark.parametrize(
    ("english", "italian"),
    [
        ("How often do you come to the park?", "Quanto spesso vieni al parco?"),
        ("Which of these do you use?", "Quali di questi usi?"),
        ("How old are you?", "Quanti anni hai?"),
    ],
)
def test_plain_questions_are_left_alone(english, italian):
    assert words(english, italian) == set()


def test_language_that_is_not_offered_is_not_looked_at():
    question = Asked("Q1", Kind.LONG, "Do you always come?", "")
    assert found(question, languages=("it",)) == {("missing_it", "Q1")}


def test_hint_names_what_is_wrong_what_was_found_and_how_to_mend_it():
    (lint,) = lints([Asked("Q1", Kind.LONG, "Do you always come?", "Quanto spesso vieni?")])
    assert (lint.question, lint.found) == ("Q1", "always")
    assert str(lint.wrong)
    assert str(lint.mend)


def test_question_without_a_way_out_is_named():
    options = (Choice("1", "A", "A"), Choice("2", "B", "B"))
    assert ("no_dont_know", "Q1") in found(Asked("Q1", Kind.SINGLE, "Which?", "Quale?", options=options))
    assert ("no_dont_know", "Q1") not in found(
        Asked("Q1", Kind.SINGLE, "Which?", "Quale?", options=(*options, WAY_OUT))
    )
    assert ("no_dont_know", "Q1") not in found(Asked("Q1", Kind.YES_NO, "Is it?", "È così?"))


@pytest.mark.parametrize(
    ("labels", "overlaps"), [(("18-30", "30-45"), True), (("18-29", "30-44"), False), (("da 0 a 5", "da 5 a 9"), True)]
)
def test_number_that_stands_in_two_bands_is_found(labels, overlaps):
    options = (*(Choice(str(place), label, label) for place, label in enumerate(labels)), WAY_OUT)
    assert (("overlapping_bands", "Q1") in found(Asked("Q1", Kind.SINGLE, "Age?", "Età?", options=options))) is overlaps


def test_more_good_answers_than_bad_ones_are_found():
    labels = ("Very good", "Good", "Useful", "Bad")
    options = (*(Choice(str(place), label, label) for place, label in enumerate(labels)), WAY_OUT)
    assert ("unbalanced_scale", "Q1") in found(Asked("Q1", Kind.SINGLE, "How?", "Come?", options=options))
    even = (
        *(Choice(str(place), label, label) for place, label in enumerate(("Good", "Bad", "Very good", "Poor"))),
        WAY_OUT,
    )
    assert ("unbalanced_scale", "Q1") not in found(Asked("Q1", Kind.SINGLE, "How?", "Come?", options=even))


def test_scale_with_words_at_one_end_only_is_found():
    scale = Asked("Q1", Kind.RATING, "How?", "Come?", options=(WAY_OUT,), high_label_en="Good", high_label_it="Bene")
    assert ("unbalanced_scale", "Q1") in found(scale)


def test_required_personal_question_and_one_that_comes_early_are_found():
    personal = Asked("Q1", Kind.YES_NO, "Do you work?", "Lavori?", nature=Nature.PERSONAL, is_required=True)
    ordinary = Asked("Q2", Kind.LONG, "What is missing?", "Che cosa manca?")
    assert found(personal, ordinary) == {("required_personal", "Q1"), ("personal_not_last", "Q1")}
    assert ("personal_not_last", "Q1") not in found(ordinary, personal)


def test_survey_of_more_than_twelve_minutes_is_too_long():
    questions = [Asked(f"Q{number}", Kind.LONG, "What is missing?", "Che cosa manca?") for number in range(12)]
    assert ("too_long", "") in found(*questions)
    assert ("too_long", "") not in found(*questions[:5])
