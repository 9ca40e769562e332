"""A questionnaire as plain values: what is asked, which answers are possible, and who is asked what."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.rules.bilingual import spoken
from engagement.models import SurveyOption, SurveyQuestion

Kind = SurveyQuestion.Kind
Nature = SurveyQuestion.Nature
Meaning = SurveyOption.Meaning

LONGEST_RANKING = 5
MARK_CHARACTERS = 16
LONGEST_SCALE = 11
RATING = (1, 5)
YES, NO, DONT_KNOW, PREFER_NOT = "yes", "no", "dk", "na"
# Kinds whose answers are codes.
CLOSED = frozenset({Kind.SINGLE, Kind.MULTI, Kind.RATING, Kind.SCALE, Kind.YES_NO, Kind.RANKING})
ONE_CODE = frozenset({Kind.SINGLE, Kind.RATING, Kind.SCALE, Kind.YES_NO})
ORDERED = frozenset({Kind.RATING, Kind.SCALE})
WITH_OPTIONS = frozenset({Kind.SINGLE, Kind.MULTI, Kind.RANKING})
IN_WORDS = frozenset({Kind.SHORT, Kind.LONG})
_CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}")
TEXT_CHARACTERS: Mapping[str, int] = {Kind.SHORT: 200, Kind.LONG: 2000}


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen."""

    code: str
    label_en: str = ""
    label_it: str = ""
    meaning: str = Meaning.ANSWER

    @property
    def label(self) -> str:
        """In the page's language."""
        return spoken(self, "label")


@dataclass(frozen=True)
class Asked:
    """One question, or the heading of a section.

    ``options`` are those written down; ``choices`` all that can be chosen. ``asked_if``: the codes of the question
    ``asked_after`` with which this one is asked; without them it is asked of everybody.
    """

    code: str
    kind: str
    text_en: str = ""
    text_it: str = ""
    help_en: str = ""
    help_it: str = ""
    options: tuple[Choice, ...] = ()
    is_required: bool = False
    lowest: int | None = None
    highest: int | None = None
    low_label_en: str = ""
    low_label_it: str = ""
    high_label_en: str = ""
    high_label_it: str = ""
    asked_after: str = ""
    asked_if: tuple[str, ...] = ()
    nature: str = Nature.ORDINARY
    basis: str = ""

    @property
    def text(self) -> str:
        """In the page's language."""
        return spoken(self, "text")

    @property
    def help(self) -> str:
        """In the page's language."""
        return spoken(self, "help")

    @property
    def is_closed(self) -> bool:
        """Whether answers are codes."""
        return self.kind in CLOSED

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All that can be chosen, in order."""
        if self.kind == Kind.YES_NO:
            return (*YES_NO_CHOICES, *self.options)
        if self.kind in ORDERED:
            return (*self._steps(), *self.options)
        return self.options

    def _steps(self) -> Iterator[Choice]:
        low, high = self.ends
        for step in range(low, high + 1):
            words_en = self.low_label_en if step == low else self.high_label_en if step == high else ""
            words_it = self.low_label_it if step == low else self.high_label_it if step == high else ""
            yield Choice(str(step), _step(step, words_en or words_it), _step(step, words_it or words_en))

    @property
    def ends(self) -> tuple[int, int]:
        """The ends of a scale; of five steps always 1 and 5."""
        if self.kind == Kind.RATING or self.lowest is None or self.highest is None:
            return RATING
        return self.lowest, self.highest


def mark_of(questions: Sequence[Asked]) -> str:
    """A short mark of all that is asked and can be chosen: another one after any change of it."""
    return hashlib.sha256(repr(tuple(questions)).encode()).hexdigest()[:MARK_CHARACTERS]


YES_NO_CHOICES = (
    Choice(YES, "Yes", "Sì"),
    Choice(NO, "No", "No"),
    Choice(DONT_KNOW, "I don't know", "Non so", Meaning.DONT_KNOW),
)


def _step(number: int, words: str) -> str:
    return f"{number} ({words})" if words else str(number)


def is_code(text: str) -> bool:
    """Whether a text may be the code of a question or an answer: short, and the same in every file and program."""
    return _CODE.fullmatch(text) is not None


def is_asked(question: Asked, answers: Mapping[str, Sequence[str]]) -> bool:
    """Whether a question is asked of somebody who gave these answers, by code of the question."""
    if not question.asked_after:
        return True
    return bool(set(answers.get(question.asked_after, ())) & set(question.asked_if))


def asked_of(questions: Sequence[Asked], answers: Mapping[str, Sequence[str]]) -> list[Asked]:
    """The questions somebody is asked; what hangs on a question that is not asked is not asked either."""
    found: list[Asked] = []
    seen: dict[str, Sequence[str]] = {}
    for question in questions:
        if is_asked(question, seen):
            found.append(question)
            seen[question.code] = answers.get(question.code, ())
    return found


def sheets(questions: Sequence[Asked]) -> list[list[Asked]]:
    """The questions page by page.

    A section begins a page, and so does a question that hangs on an answer given on the same page: the server decides
    between two pages who is asked it.
    """
    pages: list[list[Asked]] = [[]]
    here: set[str] = set()
    for question in questions:
        if pages[-1] and (question.kind == Kind.SECTION or question.asked_after in here):
            pages.append([])
            here = set()
        pages[-1].append(question)
        here.add(question.code)
    return [page for page in pages if page]


def broken_routes(questions: Sequence[Asked]) -> list[str]:
    """The codes of questions that hang on one that does not come before them, or on a code it does not have."""
    before: dict[str, Collection[str]] = {}
    broken = []
    for question in questions:
        if question.asked_after and not set(question.asked_if) & set(before.get(question.asked_after, ())):
            broken.append(question.code)
        before[question.code] = {choice.code for choice in question.choices}
    return broken
