"""Defining indicators and changing what they say of themselves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from metrics.models import Indicator, IndicatorVersion, Measurement
from metrics.rules.indicator import (
    MEANING,
    checked_definition,
    checked_formula,
    fixed_fields,
    new_meaning,
    next_code,
)
from partnerships.models import Partnership


class IndicatorInUseError(Exception):
    """There are measurements already; ``fields`` lists what is fixed now (R-I1)."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@transaction.atomic
def define_indicator(*, partnership: Partnership, by: User | None, code: str = "", **fields: Any) -> Indicator:
    """A new indicator, never more visible than its partnership; without a code it gets the next one.

    Raises ValidationError for a definition that cannot be measured honestly or a code that is taken.
    """
    # Two people at once would otherwise get the same code.
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not code:
        code = next_code(Indicator.objects.filter(partnership=parent).values_list("code", flat=True).order_by("code"))
    indicator = Indicator(partnership=parent, code=code, **fields)
    _checked(indicator)
    indicator.save()
    record("indicator.defined", indicator, by=by, scope_id=parent.scope_id, changes={"unit": indicator.unit})
    return indicator


@transaction.atomic
def change_indicator(*, indicator: Indicator, by: User, reason: str = "", **fields: Any) -> Indicator:
    """Change an indicator's words, baseline, frequency or visibility.

    Once there are measurements another definition, part, whole or formula makes a new version, which needs a reason:
    values of two versions are not one series (R-I1). Refuses another unit then (IndicatorInUseError): that is another
    indicator. Raises ValidationError like ``define_indicator``.
    """
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    require_meant(locked, fields)
    fixed, meaning = fixed_fields(locked, fields), new_meaning(locked, fields)
    is_measured = bool(fixed or meaning) and Measurement.objects.filter(indicator=locked).exists()
    if fixed and is_measured:
        raise IndicatorInUseError(fixed)
    if "formula" in meaning or (meaning and is_measured):
        _replace_version(locked, reason, by)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked)
    locked.save()
    record("indicator.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def _replace_version(indicator: Indicator, reason: str, by: User) -> None:
    """Keep what the indicator meant until today, and begin a new version."""
    if not reason.strip():
        told = _("Values measured so far meant something else. Write why this changes: the series is broken here.")
        raise ValidationError({"reason": told})
    IndicatorVersion.objects.create(
        indicator=indicator,
        number=indicator.version,
        replaced_on=timezone.localdate(),
        reason=reason.strip(),
        replaced_by=by,
        **{name: getattr(indicator, name) for name in MEANING},
    )
    indicator.version += 1
    changes = {"version": indicator.version}
    record("indicator.version_replaced", indicator, by=by, scope_id=indicator.partnership.scope_id, changes=changes)


def _checked(indicator: Indicator) -> None:
    cap = Visibility(indicator.partnership.visibility)
    indicator.visibility = capped(Visibility(indicator.visibility), cap=cap)
    checked_definition(indicator)
    if indicator.formula:
        checked_formula(indicator, Indicator.objects.filter(partnership=indicator.partnership).order_by("code"))
    indicator.clean_fields(exclude={"tenant", "partnership"})
    indicator.validate_constraints()
