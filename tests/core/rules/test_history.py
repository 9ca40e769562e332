import re
from pathlib import Path

import pytest

from core.rules.device import device_in_words
from core.rules.history import NOUNS, SENTENCES, actor_in_words, sentence_for
from tests.conftest import REPOSITORY

APPS = ["core", "stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports"]


def recorded_verbs() -> set[str]:
    """The verbs that stand in the operations of every app."""
    texts = [path.read_text() for app in APPS for path in Path(REPOSITORY, app, "operations").glob("*.py")]
    # Directly, or handed to the function that records.
    written = r'\brecord\(\s*"([a-z_.]+)"|"((?:measurement|submission)\.[a-z_]+)"'
    return {direct or handed for text in texts for direct, handed in re.findall(written, text)}


def test_every_verb_that_is_recorded_has_a_sentence():
    assert recorded_verbs() - set(SENTENCES) == set()


def test_every_verb_is_about_something_that_can_be_filtered_for():
    assert {verb.partition(".")[0] for verb in SENTENCES} == set(NOUNS)


@pytest.mark.parametrize("verb", SENTENCES)
def test_sentence_takes_its_words(verb):
    text = sentence_for(verb, subject="S", person="P", role="R")
    assert "%(" not in text
    assert text


def test_verb_without_a_sentence_says_what_it_was_about():
    assert sentence_for("task.sung", subject="The Task", person="", role="") == "Tasks: The Task"
    assert sentence_for("moon.painted", subject="Moon", person="", role="") == "moon.painted: Moon"


def test_actor_without_account_is_somebody():
    assert actor_in_words("link") == "Somebody with a mailed link"
    assert actor_in_words("new kind") == "new kind"


DEVICES = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0": "Edge on Windows",
    "curl/8.0": "Another program",
    "": "Another program",
}


@pytest.mark.parametrize(("user_agent", "words"), DEVICES.items())
def test_browser_is_named_in_words(user_agent, words):
    assert device_in_words(user_agent) == words
