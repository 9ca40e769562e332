"""What a public page says, said again in a language the product does not speak, by people of the space."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrase:
    """A text in a further language, and whether a machine helped to translate it."""

    text: str
    is_machine_helped: bool = False


@dataclass
class Phrases:
    """The texts of a further language, by what they stand for; ``base`` is spoken where one is missing.

    Saying a page through them notes whether a machine helped with any of it and whether anything was missing.
    ``heard`` collects what was to be said, in the base language, by what it stands for.
    """

    code: str
    base: str
    said: Mapping[str, Phrase] = field(default_factory=dict)
    is_machine_helped: bool = False
    is_whole: bool = True
    heard: dict[str, str] = field(default_factory=dict)
    # What was said already is not said again through the phrases.
    _uttered: set[str] = field(default_factory=set)

    def say(self, source: str, usual: str) -> str:
        """The text for ``source``, else ``usual``; a text without letters is said as it is."""
        if source in self._uttered or not any(sign.isalpha() for sign in usual):
            return usual
        self.heard.setdefault(source, usual)
        if (found := self.said.get(source)) is None:
            self.is_whole = False
            return usual
        self.is_machine_helped = self.is_machine_helped or found.is_machine_helped
        self._uttered.add(found.text)
        return found.text

    @property
    def unsaid(self) -> list[str]:
        """What was to be said and is not translated, in the base language."""
        return [usual for source, usual in self.heard.items() if source not in self.said]


_spoken: ContextVar[Phrases | None] = ContextVar("spoken_phrases", default=None)


def phrases_spoken() -> Phrases | None:
    """The further language of the page being written; None in English and Italian."""
    return _spoken.get()


@contextmanager
def speaking(phrases: Phrases | None) -> Iterator[None]:
    """Say what people of the space wrote through ``phrases`` while this lasts."""
    token = _spoken.set(phrases)
    try:
        yield
    finally:
        _spoken.reset(token)


def phrased(text: str) -> str:
    """What people of the space wrote, in the further language of the page if it has one."""
    phrases = _spoken.get()
    return phrases.say(text, text) if phrases and text else text
