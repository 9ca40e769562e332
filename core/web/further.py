"""Writing a page in a further language: the product's own words come from the phrases of the space as well.

Django knows only languages that come with a catalogue. Here the catalogue is a table of the space, so while such a page
is written another object answers Django's look-ups: first Django's own words of that language (months, days, messages
of fields), then the phrases, and what nobody translated in the base language.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

from core.rules.phrases import Phrases, speaking

CONTEXT = trans_real.CONTEXT_SEPARATOR


class FurtherTranslation:
    """What Django asks of a language, answered by phrases. Plural forms follow the base language."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.own = trans_real.translation(phrases.code)
        self.usual = trans_real.translation(phrases.base)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def gettext(self, message: str) -> str:
        """A text of the product, or of Django."""
        return self._say(message, self.own.gettext(message), self.usual.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """One of two texts, by a number."""
        message = singular if number == 1 else plural
        return self._say(
            message, self.own.ngettext(singular, plural, number), self.usual.ngettext(singular, plural, number)
        )

    def _say(self, message: str, own: str, usual: str) -> str:
        if own != message:
            return own
        return self.phrases.say(message, usual.rpartition(CONTEXT)[2])


@contextmanager
def written_in(phrases: Phrases) -> Iterator[None]:
    """Write in a further language while this lasts; what was written in one before goes on in it afterwards."""
    # There is no public door for a language without a catalogue.
    active: Any = trans_real._active  # type: ignore[attr-defined]  # not in the stubs
    before = getattr(active, "value", None)
    try:
        with translation.override(phrases.base), speaking(phrases):
            active.value = FurtherTranslation(phrases)
            yield
    finally:
        if isinstance(before, FurtherTranslation):
            active.value = before
