"""Saying what one thinks of a stakeholder: once a rater and day, on a round that is open."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import Assessment, MapEntry, MapRater, MapRound
from stakeholders.promises import promises_to
from stakeholders.queries.map_score import said_of
from stakeholders.rules.assessment import faults_of
from stakeholders.rules.promise import falls_short, promise_words


class NotYoursToRateError(Exception):
    """The entry is not on the rater's map, or no round is open; the message says which."""


@transaction.atomic
def assess(
    *, entry: MapEntry, rater: MapRater, by: User | None, today: date | None = None, **scores: Any
) -> Assessment:
    """Keep a rater's scores of one stakeholder; a second time on the same day replaces the first.

    Raises NotYoursToRateError, and ValidationError for no score at all, for a 1 or 5 without a reason (domain 1.2) and
    for wanting less than was promised publicly (R-S6).
    """
    if entry.map_id != rater.map_id:
        raise NotYoursToRateError(_("This stakeholder is not on the map you were asked about."))
    current = MapRound.objects.select_for_update().filter(map=rater.map_id, closed_on=None).first()
    if current is None:
        raise NotYoursToRateError(_("The round is closed. What you said before counts."))
    faults = faults_of(scores) | _promise_faults(entry, scores.get("desired_engagement"))
    if faults:
        raise ValidationError({name: [message] for name, message in faults.items()})
    rated_on = today or timezone.localdate()
    found = Assessment.objects.filter(entry=entry, rater=rater, rated_on=rated_on).first()
    assessment = found or Assessment(entry=entry, rater=rater, rated_on=rated_on)
    assessment.round = current
    for name, value in scores.items():
        setattr(assessment, name, value)
    assessment.full_clean()
    assessment.save()
    record(
        "map.rated", entry.map, by=by, actor_label="" if by else "link",
        changes={"stakeholder": str(entry.stakeholder_id), "rater": str(rater.pk)},
    )  # fmt: skip
    return assessment


def _promise_faults(entry: MapEntry, desired: int | None) -> dict[str, str]:
    if desired is None:
        return {}
    promise = promises_to([entry], said_of([entry])).get(entry.pk)
    return {"desired_engagement": promise_words(promise)} if promise and falls_short(desired, promise) else {}
