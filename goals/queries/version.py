"""Reading the versions of a goal together with it, in the same statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from goals.models import Goal, GoalVersion
from metrics.rules.sentence import Sentence


@dataclass(frozen=True)
class VersionLine:
    """A version as the page lists it."""

    number: int
    reason: str
    sentence: Sentence
    adopted_on: date
    adopted_by: str


def versions_of_goal() -> ArraySubquery:
    """All versions of the goal a query is about, newest first, for ``version_lines``."""
    line = JSONObject(
        number="number", reason="reason", fields="fields", adopted_at="adopted_at", adopted_by="adopted_by__name"
    )
    versions = GoalVersion.objects.filter(goal=OuterRef("pk")).order_by("-number")
    return ArraySubquery(versions.values(line=line))


def version_lines(goal: Goal) -> list[VersionLine]:
    """The versions of a goal of ``goals_in_full``, newest first."""
    rows: list[dict[str, Any]] = goal.version_rows  # type: ignore[attr-defined]  # annotated by goals_in_full
    return [
        VersionLine(
            number=row["number"],
            reason=row["reason"],
            sentence=Sentence(row["fields"].get("sentence_en", ""), row["fields"].get("sentence_it", "")),
            adopted_on=_local_day(row["adopted_at"]),
            adopted_by=row["adopted_by"] or "",
        )
        for row in rows
    ]


def _local_day(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))
