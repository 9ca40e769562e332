"""What raters gave those on maps, before it is put together."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from core.access.viewer import Viewer
from stakeholders.models import Assessment, MapEntry, MapTie
from stakeholders.queries.stakeholder import visible_at
from stakeholders.rules.assessment import SCORES, Scored

SCORED_FIELDS = ("rated_on", *SCORES, "current_engagement", "desired_engagement")


@dataclass(frozen=True)
class Said:
    """Why a rater scored as they did, and how sure they are; who it was is told to nobody."""

    reason: str
    confidence: str
    confidence_label: str


class Given(NamedTuple):
    """One rater's scores in one round, with what stands behind them."""

    round_id: uuid.UUID
    scored: Scored
    said: Said


def entries_on(viewer: Viewer, map_ids: Sequence[uuid.UUID]) -> list[MapEntry]:
    """The stakeholders on some maps that the viewer may see, each with ``people_known``, by name."""
    known = Count("stakeholder__people", filter=Q(stakeholder__people__is_active=True))
    rows = MapEntry.objects.filter(visible_at(viewer, "stakeholder__"), map__in=map_ids).annotate(people_known=known)
    return list(rows.select_related("stakeholder").order_by("stakeholder__sort_name", "id"))


def said_of(entries: Collection[MapEntry]) -> dict[uuid.UUID, dict[uuid.UUID, bool]]:
    """What was said by hand of some entries, by entry and then by the id of the need or promise."""
    said: dict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(dict)
    rows = MapTie.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("id")
    for entry_id, about, holds in rows.values_list("entry_id", "about", "holds"):
        said[entry_id][about] = holds
    return said


def given_on(map_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Given]]:
    """For each entry of some maps what raters gave, each with its round."""
    given: dict[uuid.UUID, list[Given]] = defaultdict(list)
    rows = Assessment.objects.filter(entry__map__in=map_ids).order_by("rated_on", "id")
    for values in rows.values("entry_id", "round_id", "rater_id", "reason", "confidence", *SCORED_FIELDS):
        scored = Scored(rater=values["rater_id"], **{name: values[name] for name in SCORED_FIELDS})
        confidence = Assessment.Confidence(values["confidence"])
        said = Said(values["reason"].strip(), confidence.value, str(confidence.label))
        given[values["entry_id"]].append(Given(values["round_id"], scored, said))
    return given
