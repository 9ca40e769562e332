"""Values as they are reported: read by unit, checked, and seen by a second person (R-I2, R-I3, R-I7, R-I8)."""

import re
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.membership import ALLOWED, Verdict
from core.tabular.numbers import DecimalStyle, NumberError, parse_number
from metrics.models import Indicator, Measurement
from metrics.rules.figure import WHOLE, Figures
from metrics.rules.sentence import Sentence

Unit = Indicator.Unit
PLACES = Decimal("0.0001")
# What is not said yet, and what is not said any more.
NOT_COUNTED = (Measurement.State.DRAFT, Measurement.State.CORRECTED)
PARTS = re.compile(r"(?P<part>[^a-z/]+)(?:/|of|out of|su|di)(?P<whole>[^a-z/]+)", re.IGNORECASE)
# What the columns hold: 14 digits before the decimal sign.
LARGEST = Decimal(10) ** 14
# R-I8: a value beyond so many times the last one, or cases that changed by more than this share, ask for a second look.
MOST_TIMES_LAST = 3
LARGEST_CHANGE_OF_CASES = Decimal("0.2")
# Values made of two numbers, and what the quotient is multiplied by.
PARTED = {Unit.PERCENT: 100, Unit.RATE: 1000}
BELOW_ZERO = (Unit.MEAN, Unit.MEDIAN, Unit.SCORE)
YES, NO = ("yes", "y", "sì", "si", "s", "1"), ("no", "n", "0")


@dataclass(frozen=True)
class Reported:
    """A checked value; a percentage is computed from its two numbers, never typed (R-I3). All None: not reported."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


MISSING = Reported()


def parse_figure(text: str, language: str) -> Decimal:
    """A number as people write it in a language; a percent sign after it is allowed and changes nothing.

    Raises ValidationError with a sentence for what is no number, or could be two.
    """
    style = DecimalStyle.COMMA if language == "it" else DecimalStyle.POINT
    try:
        return parse_number(text.strip().removesuffix("%").strip(), style=style)
    except NumberError as error:
        raise ValidationError(str(error)) from error


def reported_value(
    *, unit: str, value: Decimal | None = None, numerator: Decimal | None = None, denominator: Decimal | None = None
) -> Reported:
    """What was reported for a unit, or ``MISSING`` when nothing was.

    Raises ValidationError by field: a percentage without its two numbers or above 100, half a person, less than none.
    """
    if unit in PARTED:
        return _share(numerator, denominator, unit)
    if value is None:
        return MISSING
    return Reported(_stored("value", checked_value(value, unit=unit)))


def checked_value(value: Decimal, *, unit: str, field: str = "value") -> Decimal:
    """A single value (a measurement, a baseline, a target) within the bounds of its unit; raises ValidationError."""
    if unit in WHOLE and value != value.to_integral_value():
        raise ValidationError({field: _("This is a whole number: nobody and nothing is counted in parts.")})
    if unit == Unit.STORY:
        raise ValidationError({field: _("A story is told in words: it has no figure.")})
    if unit == Unit.YES_NO and value not in {0, 1}:
        raise ValidationError({field: _("Answer yes or no.")})
    if unit not in BELOW_ZERO and value < 0:
        raise ValidationError({field: _("This cannot be less than zero.")})
    if unit == Unit.PERCENT and value > 100:  # noqa: PLR2004 - per cent
        raise ValidationError({field: _("A percentage is between 0 and 100.")})
    return value


def parse_reported(text: str, *, unit: str, language: str) -> Reported:
    """A value written in one line: a number, or for a percentage its two numbers ("40 of 180", "40 su 180", "40/180").

    Raises ValidationError with a sentence, also for a percentage written without its two numbers (R-I3).
    """
    if unit == Unit.YES_NO:
        return reported_value(unit=unit, value=_answer(text))
    if unit not in PARTED:
        return reported_value(unit=unit, value=parse_figure(text, language))
    parts = PARTS.fullmatch(text.strip())
    if parts is None:
        raise ValidationError(_("Write the two numbers behind the percentage, for example: 40 of 180."))
    numerator, denominator = (parse_figure(parts[name], language) for name in ("part", "whole"))
    return reported_value(unit=unit, numerator=numerator, denominator=denominator)


def checked_bounds(value: Decimal | None, indicator: Indicator) -> None:
    """A value within what its indicator says is possible; raises ValidationError."""
    if value is None:
        return
    if indicator.lowest is not None and value < indicator.lowest:
        raise ValidationError({"value": _("The lowest possible is %(number)s.") % {"number": f"{indicator.lowest:f}"}})
    if indicator.highest is not None and value > indicator.highest:
        raise ValidationError(
            {"value": _("The highest possible is %(number)s.") % {"number": f"{indicator.highest:f}"}}
        )


def _answer(text: str) -> Decimal:
    said = text.strip().casefold()
    if said in YES:
        return Decimal(1)
    if said in NO:
        return Decimal(0)
    raise ValidationError(_("Answer yes or no."))


def _share(numerator: Decimal | None, denominator: Decimal | None, unit: str) -> Reported:
    if numerator is None and denominator is None:
        return MISSING
    if numerator is None:
        raise ValidationError({"numerator": _("Enter how many of them.")})
    if denominator is None:
        raise ValidationError({"denominator": _("Enter out of how many.")})
    if denominator <= 0:
        raise ValidationError({"denominator": _("Out of how many: at least one.")})
    if numerator < 0 or (unit == Unit.PERCENT and numerator > denominator):
        raise ValidationError({"numerator": _("The part cannot be larger than the whole, nor less than zero.")})
    value = (PARTED[Unit(unit)] * numerator / denominator).quantize(PLACES)
    return Reported(value, _stored("numerator", numerator), _stored("denominator", denominator))


def _stored(field: str, number: Decimal) -> Decimal:
    if abs(number) >= LARGEST or number != number.quantize(PLACES):
        raise ValidationError({field: _("At most 14 digits and 4 decimals.")})
    return number


def plausibility_notes(reported: Reported, last: Reported | None, figures: Figures) -> list[Sentence]:
    """What a second person should look at twice; nothing here blocks (R-I8)."""
    if last is None or reported.value is None or last.value is None:
        return []
    notes = []
    if last.value > 0 and reported.value > MOST_TIMES_LAST * last.value:
        before = figures.said(last.value, numerator=last.numerator, denominator=last.denominator)
        notes.append(
            Sentence(
                f"More than three times the value before ({before.text_en}).",
                f"Più di tre volte il valore precedente ({before.text_it}).",
            )
        )
    if reported.denominator and last.denominator:
        change = abs(reported.denominator - last.denominator) / last.denominator
        if change > LARGEST_CHANGE_OF_CASES:
            notes.append(
                Sentence(
                    f"Out of {reported.denominator.normalize():f} now, out of {last.denominator.normalize():f} before.",
                    f"Su {reported.denominator.normalize():f} ora, su {last.denominator.normalize():f} prima.",
                )
            )
    return notes


def can_verify(
    *, state: str, entered_by_id: uuid.UUID | None, link_user_id: uuid.UUID | None, verifier_id: uuid.UUID
) -> Verdict:
    """Whether somebody may verify or question a value: never the one who entered it, signed in or by link (R-I7)."""
    if state == Measurement.State.CORRECTED:
        return Verdict(False, gettext_lazy("This value was replaced by a correction."))
    if state != Measurement.State.SUBMITTED:
        return Verdict(False, gettext_lazy("This value is not waiting for a check."))
    if verifier_id in {entered_by_id, link_user_id}:
        return Verdict(False, gettext_lazy("You entered this value: someone else must check it."))
    return ALLOWED


def can_correct(*, state: str) -> Verdict:
    """Whether a value may be replaced by a corrected one: only the last of a chain."""
    if state == Measurement.State.CORRECTED:
        return Verdict(False, gettext_lazy("This value was already replaced. Correct the newer one."))
    return ALLOWED
