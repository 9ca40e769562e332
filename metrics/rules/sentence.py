"""A sentence made from data, in both languages at once, so that a frozen report can keep the two (P2)."""

from collections.abc import Callable
from dataclasses import dataclass

from core.rules.bilingual import spoken


@dataclass(frozen=True)
class Sentence:
    """The same words in English and Italian; ``str()`` is the page's language."""

    text_en: str
    text_it: str

    def __str__(self) -> str:
        return spoken(self, "text")

    def __bool__(self) -> bool:
        return bool(self.text_en or self.text_it)

    def __add__(self, other: "Sentence") -> "Sentence":
        """The two sentences one after the other."""
        if not (self and other):
            return self or other
        return Sentence(f"{self.text_en} {other.text_en}", f"{self.text_it} {other.text_it}")

    def in_language(self, language: str) -> str:
        """The words in one language."""
        return spoken(self, "text", language)


NOTHING = Sentence("", "")


def said(words: Callable[[str], str]) -> Sentence:
    """A sentence from a function of the language."""
    return Sentence(words("en"), words("it"))
