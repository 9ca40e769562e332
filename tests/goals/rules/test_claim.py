"""The ladder of contribution, its sentences and its words (R-I11, R-I12)."""

import pytest

from goals.rules.claim import (
    BANK,
    ClaimFacts,
    Examined,
    Strength,
    allowed_words,
    claim_sentence,
    missing_for_next,
    strength_of,
)
from goals.rules.claim_words import too_strong
from metrics.rules.sentence import Sentence

ALONGSIDE, PLAUSIBLE, SUPPORTED, ATTRIBUTED = Strength
SHOWN = {"evidence_done": "Forty visits", "evidence_steps": "Firms opened places"}
TWO = (Examined("ruled_out", True), Examined("cannot_tell", True))
COMPARED = {"comparison": "matched", "comparison_note": "Two schools nearby, 180 students"}


@pytest.mark.parametrize(
    ("facts", "strength"),
    [
        ({}, ALONGSIDE),
        ({"evidence_done": "x"}, ALONGSIDE),
        ({"evidence_done": "x", "evidence_steps": "  "}, ALONGSIDE),
        (SHOWN, PLAUSIBLE),
        ({**SHOWN, "alternatives": TWO[:1]}, PLAUSIBLE),
        ({**SHOWN, "alternatives": (TWO[0], Examined("ruled_out", False))}, PLAUSIBLE),
        ({**SHOWN, "alternatives": (TWO[0], Examined("", True))}, PLAUSIBLE),
        ({**SHOWN, "alternatives": TWO}, SUPPORTED),
        ({**SHOWN, "alternatives": TWO, "comparison": "matched"}, SUPPORTED),
        ({**SHOWN, "alternatives": TWO, **COMPARED}, ATTRIBUTED),
        # A comparison alone lifts nothing over the rungs below.
        ({**SHOWN, **COMPARED}, PLAUSIBLE),
        ({"alternatives": TWO, **COMPARED}, ALONGSIDE),
    ],
)
def test_rung_follows_from_what_is_there_and_never_skips_one(facts, strength):
    assert strength_of(ClaimFacts(**facts)) == strength


def test_what_is_missing_is_named_for_the_next_rung_only():
    assert len(missing_for_next(ClaimFacts())) == 2
    assert "two other explanations" in str(missing_for_next(ClaimFacts(**SHOWN))[0])
    assert len(missing_for_next(ClaimFacts(**SHOWN, alternatives=TWO))) == 2
    assert missing_for_next(ClaimFacts(**SHOWN, alternatives=TWO, **COMPARED)) == []


def test_number_about_everybody_bears_no_claim_of_ours():
    facts = ClaimFacts(**SHOWN, alternatives=TWO, **COMPARED, is_context=True)
    assert strength_of(facts) == ALONGSIDE
    assert "many act on it" in str(missing_for_next(facts)[0])


def test_caused_and_thanks_to_us_are_allowed_at_the_top_alone():
    for strength in (ALONGSIDE, PLAUSIBLE, SUPPORTED):
        words = allowed_words(strength)
        assert not {"caused", "thanks to us"} & set(words.en)
        assert not {"ha causato", "grazie a noi"} & set(words.it)
    assert {"caused", "thanks to us"} <= set(allowed_words(ATTRIBUTED).en)
    assert {"ha causato", "grazie a noi"} <= set(allowed_words(ATTRIBUTED).it)


@pytest.mark.parametrize("strength", list(Strength))
def test_phrases_of_the_bank_pass_at_their_rung_and_fail_below(strength):
    for phrase in (*BANK[strength].en, *BANK[strength].it):
        assert too_strong(f"Our work {phrase} the result", strength) == []
        if strength > PLAUSIBLE:
            assert too_strong(f"Our work {phrase} the result", Strength(strength - 1)), phrase


@pytest.mark.parametrize(
    "facts",
    [{}, SHOWN, {**SHOWN, "alternatives": TWO}, {**SHOWN, "alternatives": TWO, **COMPARED}],
)
def test_sentence_uses_no_word_above_its_rung(facts):
    facts = ClaimFacts(**facts)
    said = claim_sentence(Sentence("104 of 178 found a place", "104 su 178 hanno trovato un posto"), facts)
    assert said.text_en.startswith("104 of 178 found a place. ")
    assert said.text_it.startswith("104 su 178 hanno trovato un posto. ")
    assert too_strong(said.text_en, strength_of(facts)) == []
    assert too_strong(said.text_it, strength_of(facts)) == []


def test_sentence_of_the_third_rung_says_what_was_found_about_the_others():
    facts = ClaimFacts(**SHOWN, alternatives=(*TWO, Examined("plays_a_part", True), Examined("ruled_out", False)))
    said = claim_sentence(Sentence("More came", ""), facts)
    assert "1 ruled out, 1 also playing a part, 1 that cannot be told" in said.text_en
    assert "1 esclusa, 1 ha avuto una parte, su 1 non si può dire" in said.text_it
    assert "More came." in said.text_it
    assert not claim_sentence(Sentence("", ""), facts)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Our visits caused a rise", ATTRIBUTED),
        ("It rose thanks to our project", ATTRIBUTED),
        ("THANKS TO US it rose", ATTRIBUTED),
        ("Our work led to 104 places", ATTRIBUTED),
        ("La rete ha causato la crescita", ATTRIBUTED),
        ("Cresce grazie al nostro lavoro", ATTRIBUTED),
        ("Cresce grazie a questa partnership", ATTRIBUTED),
        ("Cresce grazie alla partnership", ATTRIBUTED),
        ("È merito nostro", ATTRIBUTED),
        ("Il progetto ha portato a 104 posti", ATTRIBUTED),
        ("The desk contributed to it", SUPPORTED),
        ("The desk may have contributed to it", PLAUSIBLE),
        ("Lo sportello ha contribuito alla crescita", SUPPORTED),
        ("Lo sportello può avere aiutato le famiglie", PLAUSIBLE),
        ("Lo sportello ha aiutato le famiglie", SUPPORTED),
        # Thanking somebody, counting and naming are no claims.
        ("Thanks to the residents who answered, 104 of 178 are counted", None),
        ("Grazie ai residenti che hanno risposto", None),
        ("Because of the snow nobody came", None),
        ("A causa della neve non è venuto nessuno", None),
        ("104 students found a place, the causes are not known", None),
        ("La quota è passata dal 22 % al 58 %", None),
        ("The leader of the project left", None),
    ],
)
def test_free_text_is_held_to_the_ladder(text, needs):
    found = too_strong(text, ALONGSIDE)
    if needs is None:
        assert found == []
    else:
        assert [one.needs for one in found] == [needs]
        assert too_strong(text, needs) == []


def test_hint_names_the_word_and_offers_others():
    hint = too_strong("Our visits caused it", PLAUSIBLE)[0].hint(PLAUSIBLE, "en")
    assert "“caused”" in hint
    assert "“may have helped”" in hint
    assert "“può avere aiutato”" in too_strong("L'ha causato la rete", PLAUSIBLE)[0].hint(PLAUSIBLE, "it")
