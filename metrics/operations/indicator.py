"""Defining indicators and changing what they say of themselves."""

from typing import Any

from django.db import transaction

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from metrics.models import Indicator, Measurement
from metrics.rules.indicator import checked_definition, fixed_fields, next_code
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
def change_indicator(*, indicator: Indicator, by: User, **fields: Any) -> Indicator:
    """Change an indicator's words, baseline, frequency or visibility.

    Refuses another unit once there are measurements (IndicatorInUseError): that is another indicator. Raises
    ValidationError like ``define_indicator``.
    """
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    fixed = fixed_fields(locked, fields)
    if fixed and Measurement.objects.filter(indicator=locked).exists():
        raise IndicatorInUseError(fixed)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked)
    locked.save()
    record("indicator.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def _checked(indicator: Indicator) -> None:
    cap = Visibility(indicator.partnership.visibility)
    indicator.visibility = capped(Visibility(indicator.visibility), cap=cap)
    checked_definition(indicator)
    indicator.clean_fields(exclude={"tenant", "partnership"})
    indicator.validate_constraints()
