from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.rules.place import in_place_en, in_place_it, lower_first, of_it
from goals.rules.sentence import GoalWords, goal_sentence, is_complete
from metrics.models import Indicator
from metrics.rules.figure import Figures
from metrics.rules.sentence import NOTHING, Sentence

D = Decimal


def words(
    unit="percent",
    name=("Students placed", "Studenti con un posto"),
    start=22,
    target=60,
    direction="increase",
    *,
    parts=(),
    labels=("", ""),
    **changed,
):
    figures = Figures(unit, *labels)
    numerator, denominator = parts or (None, None)
    known = {
        "direction": direction,
        "title": Sentence("Good placements", "Buone esperienze"),
        "name": Sentence(*name),
        "population": NOTHING,
        "place": Sentence("Borgo", "Borgo"),
        "figures": figures,
        "baseline": None if start is None else figures.said(D(start), numerator=numerator, denominator=denominator),
        "baseline_value": None if start is None else D(start),
        "baseline_on": None,
        "baseline_due_on": None,
        "target_value": None if target is None else D(target),
        "ends_on": date(2027, 6, 30),
    }
    return GoalWords(**{**known, **changed})


def both(**fields):
    sentence = goal_sentence(words(**fields))
    return sentence.text_en.replace("\u00a0", " "), sentence.text_it.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fields", "english", "italian"),
    [
        (
            {},
            "By 30 June 2027, increase the share of students placed in Borgo from 22 % to 60 %.",
            "Entro il 30 giugno 2027, aumentare dal 22 % al 60 % la quota di studenti con un posto a Borgo.",
        ),
        (
            {
                "name": ("Kept promises rate", "Tasso di impegni mantenuti"),
                "start": 80,
                "target": 11,
                "direction": "decrease",
            },
            "By 30 June 2027, reduce the kept promises rate in Borgo from 80 % to 11 %.",
            "Entro il 30 giugno 2027, ridurre dall'80 % all'11 % il tasso di impegni mantenuti a Borgo.",
        ),
        (
            {"name": ("Hosts who return", "Gli enti che tornano"), "start": 0, "target": 8},
            "By 30 June 2027, increase the share of hosts who return in Borgo from 0 % to 8 %.",
            "Entro il 30 giugno 2027, aumentare dallo 0 % all'8 % la quota degli enti che tornano a Borgo.",
        ),
        (
            {"start": "42.8571", "parts": (D(3), D(7)), "target": 80},
            "By 30 June 2027, increase the share of students placed in Borgo from 3 of 7 to 80 %.",
            "Entro il 30 giugno 2027, aumentare da 3 su 7 all'80 % la quota di studenti con un posto a Borgo.",
        ),
        (
            {
                "unit": "count",
                "name": ("Mentoring pairs", "Coppie di mentoring"),
                "start": 0,
                "target": 1200,
                "labels": ("pairs", "coppie"),
            },
            "By 30 June 2027, increase the number of mentoring pairs in Borgo from 0 to 1,200.",
            "Entro il 30 giugno 2027, aumentare da 0 a 1.200 il numero di coppie di mentoring a Borgo.",
        ),
        (
            {"unit": "count", "name": ("Number of beds", "Numero di letti"), "start": 5, "target": 9},
            "By 30 June 2027, increase the number of beds in Borgo from 5 to 9.",
            "Entro il 30 giugno 2027, aumentare da 5 a 9 il numero di letti a Borgo.",
        ),
        (
            {
                "unit": "unique_people",
                "name": ("People with a plan", "Persone con un progetto"),
                "start": 0,
                "target": 120,
            },
            "By 30 June 2027, increase the number of people with a plan in Borgo from 0 to 120.",
            "Entro il 30 giugno 2027, aumentare da 0 a 120 il numero di persone con un progetto a Borgo.",
        ),
        (
            {
                "unit": "median",
                "name": ("Days to first help", "Giorni al primo aiuto"),
                "start": 45,
                "target": 20,
                "direction": "decrease",
            },
            "By 30 June 2027, reduce the median days to first help in Borgo from 45 to 20.",
            "Entro il 30 giugno 2027, ridurre da 45 a 20 i giorni mediani al primo aiuto a Borgo.",
        ),
        (
            {
                "unit": "median",
                "name": ("Wait for help", "Pazienza richiesta"),
                "start": 45,
                "target": 20,
                "direction": "decrease",
                "labels": ("days", "giorni"),
            },
            "By 30 June 2027, reduce the median wait for help in Borgo from 45 to 20 days.",
            "Entro il 30 giugno 2027, ridurre da 45 a 20 giorni il valore mediano dell'indicatore «Pazienza richiesta» a Borgo.",
        ),
        (
            {"unit": "mean", "name": ("Score of the meal", "Voto al pasto"), "start": "3.5", "target": "4.2"},
            "By 30 June 2027, increase the average score of the meal in Borgo from 3.5 to 4.2.",
            "Entro il 30 giugno 2027, aumentare da 3,5 a 4,2 il voto medio al pasto a Borgo.",
        ),
        (
            {"unit": "hours", "name": ("Volunteer hours", "Ore di volontariato"), "start": 800, "target": 1000},
            "By 30 June 2027, increase the volunteer hours in Borgo from 800 to 1,000.",
            "Entro il 30 giugno 2027, aumentare da 800 a 1.000 le ore di volontariato a Borgo.",
        ),
        (
            {"unit": "money", "name": ("Gifts for the garden", "Doni per l'orto"), "start": 0, "target": 5000},
            "By 30 June 2027, increase the amount of gifts for the garden in Borgo from €0 to €5,000.",
            "Entro il 30 giugno 2027, aumentare da 0 € a 5.000 € l'ammontare di doni per l'orto a Borgo.",
        ),
        (
            {"start": 88, "target": 95, "direction": "maintain"},
            "Until 30 June 2027, keep the share of students placed in Borgo at 95 %.",
            "Fino al 30 giugno 2027, mantenere al 95 % la quota di studenti con un posto a Borgo.",
        ),
        (
            {
                "unit": "count",
                "name": ("Answers returned", "Risposte restituite"),
                "start": 0,
                "target": 3,
                "direction": "establish",
            },
            "By 30 June 2027, put in place “Good placements” in Borgo: answers returned, from 0 to 3.",
            "Entro il 30 giugno 2027, realizzare «Buone esperienze» a Borgo: risposte restituite, da 0 a 3.",
        ),
        (
            {"start": None, "baseline_due_on": date(2026, 5, 1)},
            "By 30 June 2027, increase the share of students placed in Borgo to 60 % (starting value to be measured by 1 May 2026).",
            "Entro il 30 giugno 2027, aumentare fino al 60 % la quota di studenti con un posto a Borgo (valore di partenza da rilevare entro il 1° maggio 2026).",
        ),
        (
            {
                "baseline_on": date(2026, 1, 15),
                "population": Sentence("Students of three years", "studenti del triennio"),
                "ends_on": date(2027, 6, 8),
            },
            "By 8 June 2027, increase the share of students placed for students of three years in Borgo from 22 % to 60 % (starting value of 15 January 2026).",
            "Entro l'8 giugno 2027, aumentare dal 22 % al 60 % la quota di studenti con un posto per studenti del triennio a Borgo (valore di partenza: 15 gennaio 2026).",
        ),
        (
            {
                "population": Sentence("students", "studenti"),
                "place": Sentence("", "Ancona"),
                "name": ("Students placed", ""),
            },
            "By 30 June 2027, increase the share of students placed (Ancona) from 22 % to 60 %.",
            "Entro il 30 giugno 2027, aumentare dal 22 % al 60 % la quota di students placed per studenti ad Ancona.",
        ),
    ],
)
def test_sentence_reads_well_in_both_languages(fields, english, italian):
    assert both(**fields) == (english, italian)


def test_gap_stands_where_a_field_is_empty():
    sentence = goal_sentence(words(target=None, ends_on=None, name=("", "")))
    assert not is_complete(sentence)
    assert sentence.text_it == "Entro il …, aumentare dal 22\u00a0% a … la quota di … a Borgo."


@given(
    unit=st.sampled_from(Indicator.Unit.values),
    direction=st.sampled_from(["increase", "decrease", "maintain", "establish"]),
    name=st.text(max_size=30),
    place=st.text(max_size=30),
    start=st.none() | st.integers(0, 100),
    target=st.none() | st.integers(0, 100),
)
def test_any_words_and_figures_make_one_sentence(*, unit, direction, name, place, start, target):
    sentence = goal_sentence(words(unit, (name, name), start, target, direction, place=Sentence(place, place)))
    assert sentence.text_en[:2] in {"By", "Un"}
    assert sentence.text_it[:2] in {"En", "Fi"}
    assert sentence.text_en.endswith(".")
    assert sentence.text_it.endswith(".")


@pytest.mark.parametrize(
    ("place", "italian"),
    [
        ("Borgo", "a Borgo"), ("Ancona", "ad Ancona"), ("Umbria", "in Umbria"), ("Lazio", "nel Lazio"), ("quartiere", "nel quartiere"),
        ("il quartiere", "nel quartiere"), ("l'area nord", "nell'area nord"), ("Le scuole", "nelle scuole"), ("nel centro", "nel centro"),
        ("scuola e aziende", "nella scuola e aziende"), ("via Roma", "(via Roma)"), ("la scuola e le aziende", "nella scuola e nelle aziende"), ("città", "in città"),
    ],
)  # fmt: skip
def test_italian_place_takes_its_preposition(place, italian):
    assert in_place_it(place) == italian


@pytest.mark.parametrize(
    ("place", "english"),
    [
        ("Borgo", "in Borgo"),
        ("the valley", "in the valley"),
        ("neighbourhood", "in the neighbourhood"),
        ("across the valley", "across the valley"),
        ("Our school", "in our school"),
    ],
)
def test_english_place_takes_its_preposition(place, english):
    assert in_place_en(place) == english


@pytest.mark.parametrize(
    ("text", "italian"),
    [("coppie", "di coppie"), ("le coppie", "delle coppie"), ("l'acqua", "dell'acqua"), ("gli orti", "degli orti")],
)
def test_italian_of_fuses_with_the_article(text, italian):
    assert of_it(text) == italian


@pytest.mark.parametrize(
    ("text", "kept", "lowered"),
    [
        ("Students placed", "", "students placed"),
        ("ASL di zona", "", "ASL di zona"),
        ("Borgo residents", "Borgo", "Borgo residents"),
        ("", "", ""),
    ],
)
def test_capital_of_a_title_goes_and_that_of_a_name_stays(text, kept, lowered):
    assert lower_first(text, keep=kept) == lowered
