"""Reading what a rater has still to look at."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from core.models import User
from stakeholders.models import Assessment, MapEntry, MapRater, MapRound
from stakeholders.promises import promises_to
from stakeholders.queries.map_score import said_of
from stakeholders.rules.promise import PublicPromise

RATED_FIELDS = (
    "power", "interest", "legitimacy", "urgency", "attitude", "current_engagement", "desired_engagement", "reason",
    "confidence",
)  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """Where a rater is: the stakeholder to look at, what they said of it before, and how many there are."""

    entry: MapEntry | None
    said: dict[str, object]
    done: int
    total: int
    next_id: uuid.UUID | None
    previous_id: uuid.UUID | None
    # What the one looked at was promised publicly.
    promise: PublicPromise | None
    # All entries, each with ``is_rated``: whether the rater said something of it in the open round.
    everybody: list[MapEntry]


def rater_of(user: User, map_id: uuid.UUID) -> MapRater | None:
    """The person as a rater of a map; None for who was not asked."""
    return MapRater.objects.select_related("map").filter(map=map_id, user=user).first()


def turn_of(rater: MapRater, at: uuid.UUID | None) -> Turn:
    """The stakeholder asked for, else the first the rater has not rated in the open round; None when all are done.

    A stakeholder that was merged away is asked about no longer.
    """
    entries = list(_entries(rater))
    ids = [entry.pk for entry in entries]
    waiting = [entry for entry in entries if not getattr(entry, "is_rated", False)]
    chosen = next((entry for entry in entries if entry.pk == at), None) or (waiting[0] if waiting else None)
    place = ids.index(chosen.pk) if chosen else 0
    following = [entry.pk for entry in waiting if ids.index(entry.pk) > place]
    return Turn(
        entry=chosen,
        said=_said(rater, chosen) if chosen else {},
        done=len(entries) - len(waiting),
        total=len(entries),
        next_id=next(iter([*following, *(entry.pk for entry in waiting if chosen and entry.pk != chosen.pk)]), None),
        previous_id=ids[place - 1] if chosen and place else None,
        promise=promises_to([chosen], said_of([chosen])).get(chosen.pk) if chosen else None,
        everybody=entries,
    )


def _entries(rater: MapRater) -> QuerySet[MapEntry]:
    open_round = MapRound.objects.filter(map=rater.map_id, closed_on=None).values("pk")
    rated = Assessment.objects.filter(entry=OuterRef("pk"), rater=rater, round__in=open_round)
    rows = MapEntry.objects.filter(map=rater.map_id, stakeholder__merged_into=None, stakeholder__erased_at=None)
    return rows.select_related("stakeholder").annotate(is_rated=Exists(rated)).order_by("stakeholder__sort_name", "id")


def _said(rater: MapRater, entry: MapEntry) -> dict[str, object]:
    rows = Assessment.objects.filter(entry=entry, rater=rater).order_by("-rated_on", "-id")
    return rows.values(*RATED_FIELDS).first() or {}
