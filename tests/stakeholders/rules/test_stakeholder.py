from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import history_of_change, search_text, sort_name, statuses_by_hand, words_of


def test_name_is_sorted_without_accents_capitals_and_punctuation():
    assert sort_name("A.S.D.  Forlì") == "a s d forli"


def test_name_of_signs_only_is_sorted_as_it_is():
    assert sort_name("★") == "★"


def test_words_are_bounded_in_number_and_length():
    assert words_of("Città D'ARTE") == ["citta", "d", "arte"]
    assert len(words_of("a " * 500)) == 8


def test_search_text_holds_every_fact_once_masked():
    assert search_text(["A.S.D. Borgo", "Forlì", "", "X1"]) == "a s d borgo forli x1"


def test_partner_is_never_chosen_by_hand_and_stays_when_it_is_one():
    assert Stakeholder.Status.PARTNER not in statuses_by_hand()
    assert Stakeholder.Status.PARTNER in statuses_by_hand("partner")


def test_history_keeps_no_words_about_people():
    kept = history_of_change({"email": ["a@b.example", "c@d.example"], "status": ["identified", "approached"]})
    assert kept == {"email": [], "status": ["identified", "approached"]}
