import pytest

from engagement.rules.urgency import sounds_urgent


@pytest.mark.parametrize(
    "text",
    [
        "My neighbour beats his children",
        "There is DANGER on the bridge",
        "I am being stalked",
        "He has a knife",
        "La porta è pericolosa",
        "C'è violenza in famiglia",
        "Ho paura, mi minaccia",
        "un bambino solo tutta la notte",
        "Lo hanno AGGREDITO",
        "fuga di gas in cantina",
    ],
)
def test_words_of_danger_violence_and_children_at_risk_are_urgent(text):
    assert sounds_urgent(text)


@pytest.mark.parametrize(
    "text", ["The bench is broken", "Serve una fontanella", "More begun work", "Il gatto di nome Battista", ""]
)
def test_everyday_words_are_not_urgent(text):
    assert not sounds_urgent(text)
