"""What is an answer to a question, and which answers somebody should look at before they count."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.rules.text import TextError, clean_text
from engagement.models import SurveyResponse
from engagement.rules.survey_form import (
    IN_WORDS,
    ONE_CODE,
    ORDERED,
    TEXT_CHARACTERS,
    Asked,
    Kind,
    asked_of,
)

Reason = SurveyResponse.Reason
# So many answers on a scale, all the same, are looked at.
FEWEST_FOR_STRAIGHT = 5
# Fewer answers than this are alike by chance.
FEWEST_FOR_ALIKE = 5
LARGEST_NUMBER = Decimal(10) ** 12


@dataclass(frozen=True)
class Given:
    """One answer: codes, in order where they are ranked, a number, or words."""

    codes: tuple[str, ...] = ()
    number: Decimal | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.codes or self.text or self.number is not None)


NOTHING = Given()


def checked(questions: Sequence[Asked], given: Mapping[str, Given], *, allows_gaps: bool = False) -> dict[str, Given]:
    """The answers as they are kept: those to questions that are asked of this person, empty ones left out.

    Raises ValidationError by code of the question. ``allows_gaps``: on paper people leave out what is required.
    """
    errors: dict[str, str] = {}
    kept: dict[str, Given] = {}
    for question in asked_of(questions, {code: answer.codes for code, answer in given.items()}):
        answer = given.get(question.code, NOTHING)
        if question.kind == Kind.SECTION:
            continue
        if not answer:
            if question.is_required and not allows_gaps:
                errors[question.code] = _("Answer this question")
            continue
        try:
            kept[question.code] = _checked_one(question, answer)
        except ValueError as error:
            errors[question.code] = str(error)
    if errors:
        raise ValidationError(errors)
    return kept


def _checked_one(question: Asked, answer: Given) -> Given:
    if question.kind in IN_WORDS:
        try:
            text = clean_text(
                answer.text, max_length=TEXT_CHARACTERS[question.kind], multiline=question.kind == Kind.LONG
            )
        except TextError as error:
            raise ValueError(str(error)) from error
        return Given(text=text)
    if question.kind == Kind.NUMBER:
        return Given(number=_checked_number(question, answer.number))
    known = {choice.code for choice in question.choices}
    if not set(answer.codes) <= known:
        raise ValueError(_("Choose one of the answers."))
    if question.kind in ONE_CODE and len(answer.codes) != 1:
        raise ValueError(_("Choose one answer only."))
    if len(set(answer.codes)) != len(answer.codes):
        raise ValueError(_("Each can have one place only."))
    if question.kind == Kind.MULTI:
        order = [choice.code for choice in question.choices]
        return Given(codes=tuple(sorted(answer.codes, key=order.index)))
    return Given(codes=answer.codes)


def _checked_number(question: Asked, number: Decimal | None) -> Decimal:
    if number is None or not number.is_finite() or abs(number) > LARGEST_NUMBER:
        raise ValueError(_("Write a number."))
    if question.lowest is not None and number < question.lowest:
        raise ValueError(_("Write a number not below %(lowest)d.") % {"lowest": question.lowest})
    if question.highest is not None and number > question.highest:
        raise ValueError(_("Write a number not above %(highest)d.") % {"highest": question.highest})
    return number.quantize(Decimal("0.0001"))


def content_key(given: Mapping[str, Given]) -> str:
    """Equal for equal answers; empty where there are too few to be alike but by chance."""
    if sum(map(bool, given.values())) < FEWEST_FOR_ALIKE:
        return ""
    parts = [f"{code}={'|'.join(answer.codes)};{answer.number};{answer.text}" for code, answer in sorted(given.items())]
    return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()


def suspicion(questions: Sequence[Asked], given: Mapping[str, Given]) -> str:
    """Why somebody should look at the answers before they count; empty when nothing is odd."""
    if not any(given.values()):
        return Reason.NO_ANSWER
    steps = [
        given[question.code].codes for question in questions if question.kind in ORDERED and question.code in given
    ]
    if len(steps) >= FEWEST_FOR_STRAIGHT and len(set(steps)) == 1:
        return Reason.STRAIGHT
    return ""


MARK = "[…]"
_SHAPES = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"https?://\S+|www\.\S+"),
    re.compile(r"(?<!\w)\+?\d[\d /.-]{6,}\d(?!\w)"),
)
_NAMES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Signora|Signor|Sig\.ra|Sig|Dott\.ssa|Dott|Prof\.ssa|Don|Suor|Maestra|Maestro)\.?\s+"
    r"[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)*"  # noqa: RUF001 - both apostrophes of names
)


def without_names(text: str) -> str:
    """A first proposal for what may be told: addresses, telephone numbers and titled names marked out.

    It finds shapes, not people: whoever reads the words decides (R-E10).
    """
    for shape in _SHAPES:
        text = shape.sub(MARK, text)
    return _NAMES.sub(lambda hit: f"{hit[0].split()[0]} {MARK}", text)
