import pytest

from goals.rules.goal import changes_commitment
from goals.rules.wording import is_slip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("studetni", "studenti"),
        ("stuenti", "studenti"),
        ("sttudenti", "studenti"),
        ("a clas", "a class"),
        ("studants over 15", "students over 15"),
        ("Families , in the  valley", "families in the valley"),
        ("Scuole di Borgo", "scuole di borgo."),
    ],
)
def test_slip_of_the_pen_is_the_same_wording(before, after):
    assert is_slip(before, after)
    assert is_slip(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("residents over 65", "residents over 60"),
        ("bambini di Borgo", "bambine di Borgo"),
        ("uomini soli", "donne sole"),
        ("north side", "south side"),
        ("families", "families and schools"),
        ("men", "women"),
        ("case", "casa"),
        ("", "studenti"),
        ("studenti", ""),
    ],
)
def test_other_people_are_another_wording(before, after):
    assert not is_slip(before, after)
    assert changes_commitment({"population_it": [before, after]})


def test_number_or_day_is_never_a_slip():
    assert changes_commitment({"target_value": ["60", "6.0"]})
    assert changes_commitment({"direction": ["increase", "increasse"]})
    assert not changes_commitment({"title_en": ["A", "B"], "place_en": ["Brogo San Lento", "Borgo San Lento"]})
