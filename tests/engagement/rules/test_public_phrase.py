import pytest

from core.rules.phrases import Phrase, Phrases, phrased, speaking
from engagement.rules.public_phrase import neat, trouble_with


@pytest.mark.parametrize(
    ("source", "text", "word"),
    [
        ("By %(day)s", "Până", "filled in"),
        ("By %(day)s", "Până %(other)s", "filled in"),
        ("Send", "100%", "per cent"),
        ("Send", "<b>Trimite</b>", "< and >"),
        ("Send", "a < b", "< and >"),
        ("<strong>%(who)s</strong> reads it", "%(who)s citește", "marks"),
        ("<strong>%(who)s</strong> reads it", "<script>%(who)s</script>", "marks"),
        ("<strong>%(who)s</strong> reads it", "<strong onclick=x>%(who)s</strong>", "marks"),
    ],
)
def test_text_that_loses_what_is_filled_in_or_brings_marks_of_its_own_is_refused(source, text, word):
    assert word in trouble_with(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [("By %(day)s", "Până la %(day)s"), ("<strong>%(who)s</strong> reads", "Citește <strong>%(who)s</strong>")],
)
def test_text_that_keeps_them_is_fine(source, text):
    assert trouble_with(source, text) == ""


def test_straight_quotes_cannot_end_what_a_text_stands_in():
    assert neat(' say "yes" and it\'s done <a href="x">y</a>') == 'say ”yes” and it’s done <a href="x">y</a>'  # noqa: RUF001


def test_page_knows_whether_a_machine_helped_and_whether_something_is_missing():
    phrases = Phrases("ro", "en", {"Send": Phrase("Trimite"), "Name": Phrase("Nume", is_machine_helped=True)})
    assert phrases.say("Send", "Send") == "Trimite"
    assert (phrases.is_machine_helped, phrases.is_whole) == (False, True)
    assert [phrases.say("Name", "Name"), phrases.say("Day", "Day"), phrases.say("12", "12")] == ["Nume", "Day", "12"]
    assert (phrases.is_machine_helped, phrases.is_whole) == (True, False)
    assert "12" not in phrases.heard


def test_content_is_said_once_and_only_while_a_page_is_written():
    phrases = Phrases("ro", "en", {"A garden": Phrase("O grădină")})
    with speaking(phrases):
        assert phrased(phrased("A garden")) == "O grădină"
    assert phrases.is_whole
    assert phrased("A garden") == "A garden"
