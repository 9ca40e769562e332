"""What an indicator may be and when its unit is fixed (R-I1, R-I2)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.models import Indicator
from metrics.rules.figure import ADDITIVE
from metrics.rules.formula import parse_formula
from metrics.rules.measurement import PARTED, checked_value, reported_value
from partnerships.rules.severity import Finding

# What a changed value of these would do to measurements already there: make them mean something else.
FIXED_ONCE_MEASURED = ("unit", "is_cumulative")
# What makes a new version of the indicator, and breaks its series, when it changes.
MEANING = (
    *("definition_en", "definition_it", "numerator_en", "numerator_it", "denominator_en", "denominator_it"),
    "formula",
)
# Where it stands how nobody is counted twice (R-I2).
DEDUPLICATION = ("deduplication_en", "deduplication_it")


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
    _checked_aggregation(indicator)
    _checked_reference(indicator)
    checked_baseline(indicator)


def _checked_reference(indicator: Indicator) -> None:
    """A code says nothing without the list it is from, nor a list without the code."""
    if bool(indicator.iati_vocabulary) == bool(indicator.iati_reference.strip()):
        return
    if indicator.iati_vocabulary:
        raise ValidationError({"iati_reference": _("Write the code it has in that list.")})
    raise ValidationError({"iati_vocabulary": _("Choose the list the code is from.")})


def _checked_aggregation(indicator: Indicator) -> None:
    how, unit = indicator.aggregation, indicator.unit
    if how == Indicator.Aggregation.SUM and unit not in ADDITIVE:
        raise ValidationError({"aggregation": _("Values of this unit cannot be added up.")})
    if how == Indicator.Aggregation.WEIGHTED and unit not in PARTED:
        raise ValidationError({"aggregation": _("Only percentages and rates know their cases.")})


def checked_formula(indicator: Indicator, others: Iterable[Indicator]) -> None:
    """A formula over measured indicators of the same rhythm; raises ValidationError by field."""
    if not indicator.formula:
        return
    try:
        formula = parse_formula(indicator.formula)
    except ValidationError as error:
        raise ValidationError({"formula": error.messages}) from error
    known = {other.code: other for other in others}
    for code in sorted(formula.codes):
        other = known.get(code)
        if other is None or code == indicator.code:
            raise ValidationError(
                {"formula": _("There is no other indicator with the code %(code)s.") % {"code": code}}
            )
        if other.formula or other.unit == Indicator.Unit.STORY:
            raise ValidationError({"formula": _("%(code)s is not measured in figures itself.") % {"code": code}})
        if other.frequency != indicator.frequency:
            raise ValidationError({"formula": _("%(code)s is measured in another rhythm.") % {"code": code}})
    if indicator.unit in {*PARTED, Indicator.Unit.STORY, Indicator.Unit.YES_NO}:
        raise ValidationError({"unit": _("A computed indicator is a number, an average or a score.")})


def without_deduplication(unit: str, *told: str) -> list[Finding]:
    """What R-I2 does not like: people counted once without ``told`` in some language how."""
    if unit != Indicator.Unit.UNIQUE_PEOPLE or any(text.strip() for text in told):
        return []
    return [Finding("R-I2", gettext_lazy("Say how you make sure that nobody is counted twice."))]


def new_meaning(before: Indicator, fields: dict[str, Any]) -> list[str]:
    """The fields of a change after which values mean something else (R-I1); first words for one do not count."""
    return [name for name in MEANING if name in fields and getattr(before, name) not in {"", fields[name]}]


def checked_baseline(indicator: Indicator) -> None:
    """The baseline within the bounds of its unit, a percentage from its two numbers; raises ValidationError."""
    if indicator.unit in PARTED:
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
