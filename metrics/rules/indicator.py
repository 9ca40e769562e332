"""What an indicator may be and when its unit is fixed (R-I1, R-I2)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics.models import Indicator
from metrics.rules.figure import ADDITIVE
from metrics.rules.measurement import checked_value, reported_value

# What a changed value of these would do to measurements already there: make them mean something else.
FIXED_ONCE_MEASURED = ("unit", "is_cumulative")


def next_code(taken: Iterable[str]) -> str:
    """The code of a new indicator: ``I-1``, ``I-2``, ... past those taken."""
    numbers = [int(code.removeprefix("I-")) for code in taken if code.startswith("I-") and code[2:].isdecimal()]
    return f"I-{max(numbers, default=0) + 1}"


def checked_definition(indicator: Indicator) -> None:
    """Refuse what cannot be measured honestly: raises ValidationError by field."""
    if indicator.is_cumulative and indicator.unit not in ADDITIVE:
        raise ValidationError(
            {
                "is_cumulative": _(
                    "Values of this unit cannot be added up over time: somebody could be counted twice. "
                    "Enter the figure for the whole time instead."
                )
            }
        )
    checked_baseline(indicator)


def checked_baseline(indicator: Indicator) -> None:
    """The baseline within the bounds of its unit, a percentage from its two numbers; raises ValidationError."""
    if indicator.unit == Indicator.Unit.PERCENT:
        try:
            reported = reported_value(
                unit=indicator.unit,
                numerator=indicator.baseline_numerator,
                denominator=indicator.baseline_denominator,
            )
        except ValidationError as error:
            raise ValidationError({f"baseline_{name}": text for name, text in error.message_dict.items()}) from error
        indicator.baseline_value = reported.value
    else:
        indicator.baseline_numerator = indicator.baseline_denominator = None
        if indicator.baseline_value is not None:
            checked_value(indicator.baseline_value, unit=indicator.unit, field="baseline_value")
    if indicator.baseline_value is not None and indicator.baseline_on is None:
        raise ValidationError({"baseline_on": _("Enter the day the starting value was true.")})


def fixed_fields(before: Indicator, fields: dict[str, Any]) -> list[str]:
    """The fields of a change that are fixed once there is a measurement (R-I1)."""
    return [name for name in FIXED_ONCE_MEASURED if name in fields and fields[name] != getattr(before, name)]
