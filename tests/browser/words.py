"""The words on a page, in the language it is shown in: journeys name them in English."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

SPACE = {"en": "riverside", "it": "borgo"}


class Words:
    """Says an English text of the product in one language, as the page would."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, /, context: str = "", **values: Any) -> str:
        """The text with its values filled in."""
        with translation.override(self.language):
            said = pgettext(context, text) if context else gettext(text)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: Any) -> str:
        """A text that depends on a number."""
        with translation.override(self.language):
            return ngettext(one, many, number) % values
