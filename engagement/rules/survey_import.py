"""Tables of answers that were collected elsewhere: what kind of question each column is, and what each cell answers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from engagement.rules.survey_answer import Given
from engagement.rules.survey_form import (
    DONT_KNOW,
    IN_WORDS,
    LONGEST_SCALE,
    NO,
    RATING,
    TEXT_CHARACTERS,
    WITH_OPTIONS,
    YES,
    Asked,
    Choice,
    Kind,
)
from engagement.rules.xlsform import meaning_of

LEFT_OUT = ""
MOST_SINGLE = 15
MOST_OPTIONS = 60
LONGEST_OPTION = 200
SHORT_WORDS = 60
# A column whose cells all differ and look like this names answers, it asks nothing.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{12,64}")
_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKDOWN_SIGNS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)")
_YES = {"yes", "sì", "si", "yes!", "sì!"}
_NO = {"no", "no!"}
_UNSURE = {"not sure", "i'm not sure", "don't know", "i don't know", "non so", "maybe", "forse"}
_CODED_HEADER = re.compile(r"^([A-Za-z0-9_][A-Za-z0-9_-]{0,19})\.\s")


@dataclass(frozen=True)
class Column:
    """A column of a file: its heading, the texts in its cells, and the kind of question it seems to be."""

    header: str
    values: tuple[str, ...]
    kind: str

    @property
    def text(self) -> str:
        """The heading as a question: without the signs of Markdown."""
        return _MARKDOWN_SIGNS.sub("", _MARKDOWN_LINK.sub(r"\1", self.header)).strip()[:400]

    @property
    def examples(self) -> list[str]:
        """What stands in it most often."""
        return [value[:60] for value, _count in Counter(filled(self.values)).most_common(3)]

    @property
    def answers(self) -> int:
        """How many cells say something."""
        return len(filled(self.values))


def filled(values: Sequence[str]) -> list[str]:
    """The cells that say something."""
    return [value for value in values if value.strip()]


def proposed_kind(values: Sequence[str]) -> str:
    """What kind of question a column seems to be; ``LEFT_OUT`` for an empty one and one that only names answers."""
    said = filled(values)
    distinct = set(said)
    if not said or _is_token(said, distinct):
        return LEFT_OUT
    numbers = [_number(value) for value in said]
    if all(number is not None for number in numbers):
        return _kind_of_numbers([number for number in numbers if number is not None])
    if {value.casefold() for value in distinct} <= _YES | _NO | _UNSURE and len(distinct) > 1:
        return Kind.YES_NO
    if len(distinct) <= MOST_SINGLE and 2 * len(distinct) <= len(said) and max(map(len, distinct)) <= LONGEST_OPTION:
        return Kind.SINGLE
    parts = [part for value in said for part in split(value)]
    names = set(parts)
    if len(names) <= MOST_OPTIONS and 2 * len(names) <= len(parts) and max(map(len, names)) <= LONGEST_OPTION:
        return Kind.MULTI
    longest = max(map(len, said))
    return Kind.SHORT if longest <= SHORT_WORDS else Kind.LONG


def _is_token(said: Sequence[str], distinct: set[str]) -> bool:
    return len(distinct) == len(said) > 1 and all(_TOKEN.fullmatch(value) for value in said)


def _kind_of_numbers(numbers: Sequence[Decimal]) -> str:
    low, high = min(numbers), max(numbers)
    if any(number != int(number) for number in numbers) or low < 0 or high >= LONGEST_SCALE:
        return Kind.NUMBER
    return Kind.RATING if low >= RATING[0] and high == RATING[1] else Kind.SCALE


def split(value: str) -> list[str]:
    """The parts of a cell that holds several answers, set apart by semicolons or else by commas outside brackets."""
    if ";" in value:
        return [part.strip() for part in value.split(";") if part.strip()]
    parts, depth, current = [], 0, ""
    for sign in value:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += sign
    return [part.strip() for part in [*parts, current] if part.strip()]


def question_for(column: Column, *, code: str, kind: str, language: str) -> Asked:
    """The question a column answers, with the answers found in it. Raises ValueError for more than can be chosen."""
    options: tuple[Choice, ...] = ()
    if kind in WITH_OPTIONS:
        values = filled(column.values)
        labels = list(dict.fromkeys(part for value in values for part in _parts(value, kind)))
        if len(labels) > MOST_OPTIONS or any(len(label) > LONGEST_OPTION for label in labels):
            raise ValueError(_("More different answers than can be chosen from: take it as words."))
        if len(labels) < 2:  # noqa: PLR2004 - a choice is between two
            labels += [_("Another answer")]
        options = tuple(
            Choice(
                str(place),
                label if language == "en" else "",
                label if language == "it" else "",
                meaning_of(str(place), {language: label}),
            )
            for place, label in enumerate(labels, start=1)
        )
    bounds = _bounds(column) if kind == Kind.SCALE else (None, None)
    return Asked(
        code=code,
        kind=kind,
        options=options,
        lowest=bounds[0],
        highest=bounds[1],
        **{f"text_{language}": column.text},  # type: ignore[arg-type]  # a text
    )


def _parts(value: str, kind: str) -> list[str]:
    return split(value) if kind == Kind.MULTI else [value.strip()]


def _bounds(column: Column) -> tuple[int, int]:
    numbers = [int(number) for value in filled(column.values) if (number := _number(value)) is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (1, 5)
    return (min(low, 1) if low >= 0 else low), max(high, low + 1)


def question_with(header: str, questions: Sequence[Asked]) -> Asked | None:
    """The question a heading names: by its code, by code and text as we write them, or by its text."""
    known = {question.code: question for question in questions}
    hit = _CODED_HEADER.match(header)
    if header in known or (hit and hit[1] in known):
        return known[header if header in known else hit[1] if hit else ""]
    wanted = _plain(Column(header, (), "").text)
    return next((one for one in questions if wanted in {_plain(one.text_en), _plain(one.text_it)} - {""}), None)


def given_in(question: Asked, cell: str) -> Given:
    """What a cell answers. Raises ValueError for what is none of the answers."""
    if not cell.strip():
        return Given()
    if question.kind in IN_WORDS:
        if len(cell) > TEXT_CHARACTERS[question.kind]:
            raise ValueError(_("More than %(most)d characters.") % {"most": TEXT_CHARACTERS[question.kind]})
        return Given(text=cell)
    if question.kind == Kind.NUMBER:
        number = _number(cell)
        if number is None:
            raise ValueError(_("“%(cell)s” is no number.") % {"cell": cell[:40]})
        return Given(number=number)
    known = _codes_of(question)
    if question.kind in {Kind.MULTI, Kind.RANKING}:
        return Given(codes=tuple(dict.fromkeys(_code(part, known) for part in split(cell))))
    return Given(codes=(_code(cell, known),))


def _codes_of(question: Asked) -> dict[str, str]:
    known: dict[str, str] = {}
    for choice in question.choices:
        for name in (choice.label_en, choice.label_it, choice.code):
            known.setdefault(_plain(name), choice.code)
    if question.kind == Kind.YES_NO:
        known |= dict.fromkeys(_YES, YES) | dict.fromkeys(_NO, NO) | dict.fromkeys(_UNSURE, DONT_KNOW)
    return known


def _code(cell: str, known: Mapping[str, str]) -> str:
    number = _number(cell)
    names = [_plain(cell), *([str(int(number))] if number is not None and number == int(number) else [])]
    found = next((known[name] for name in names if name in known), None)
    if found is None:
        raise ValueError(_("“%(cell)s” is none of the answers.") % {"cell": cell[:60]})
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
