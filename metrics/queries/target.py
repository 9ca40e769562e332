"""Reading targets together with their indicator, in the same statement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from metrics.models import Target


@dataclass(frozen=True)
class TargetLine:
    """A target as it was agreed; ``replaced_on`` says since when it no longer counts."""

    value: Decimal
    due_on: date
    replaced_on: date | None = None


def targets_of_indicator(outer: str = "pk") -> ArraySubquery:
    """All targets of the indicator a query is about, oldest first, for ``target_lines``."""
    # A number would go through JSON as a float.
    value = Cast("value", TextField())
    line = JSONObject(value=value, due_on="due_on", replaced_on="replaced_on")
    targets = Target.objects.filter(indicator=OuterRef(outer)).order_by("created_at", "id")
    return ArraySubquery(targets.values(line=line))


def target_lines(found: list[dict[str, Any]]) -> list[TargetLine]:
    """What ``targets_of_indicator`` read."""
    return [
        TargetLine(Decimal(line["value"]), _day(line["due_on"]), _day_or_none(line["replaced_on"])) for line in found
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
