"""Maps of who matters: making them, who is on them, their rounds and their raters."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import Assessment, MapEntry, MapRater, MapRound, MapTie, Stakeholder, StakeholderMap
from stakeholders.queries.map_meant import Meant
from stakeholders.rules.stakeholder_map import can_close_round

MOST_ENTRIES = 200
MOST_RATERS = 40


class MapRefusedError(Exception):
    """The map cannot go there; the message says why."""


@transaction.atomic
def start_map(*, title: str, issue: str, by: User | None, place: str = "", today: date | None = None) -> StakeholderMap:
    """A new map with its first round open and its maker as first rater. Raises ValidationError."""
    found = StakeholderMap(title=title, issue=issue, place=place, created_by=by)
    found.full_clean()
    found.save()
    MapRound.objects.create(map=found, number=1, opened_on=today or timezone.localdate())
    if by is not None:
        MapRater.objects.create(map=found, user=by)
    record("map.started", found, by=by)
    return found


@transaction.atomic
def change_map(*, found: StakeholderMap, by: User, **fields: Any) -> StakeholderMap:
    """Change its words, or put it away (``is_archived``) and take it out again. Raises ValidationError."""
    locked: StakeholderMap = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    record("map.changed", locked, by=by, changes={"is_archived": locked.is_archived})
    return locked


@transaction.atomic
def put_on_map(*, found: StakeholderMap, stakeholders: Sequence[Stakeholder], by: User, ring: int | None = None) -> int:
    """Put stakeholders on a map; how many were new. Raises MapRefusedError for more than two hundred."""
    locked = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    there = set(MapEntry.objects.filter(map=locked).values_list("stakeholder_id", flat=True))
    new = [one for one in stakeholders if one.pk not in there]
    if len(there) + len(new) > MOST_ENTRIES:
        raise MapRefusedError(_("Two hundred on one map are more than anybody can look at. Make a second map."))
    MapEntry.objects.bulk_create([MapEntry(map=locked, stakeholder=one, ring=ring) for one in new])
    if new:
        record("map.extended", locked, by=by, changes={"stakeholders": [str(one.pk) for one in new]})
    return len(new)


@transaction.atomic
def set_ring(*, entry: MapEntry, ring: int | None, by: User) -> MapEntry:
    """Say how close somebody is to the issue; None for not said. Raises ValidationError."""
    locked: MapEntry = MapEntry.objects.select_for_update().get(pk=entry.pk)
    locked.ring = ring
    locked.full_clean()
    locked.save(update_fields=["ring"])
    record("map.ring_set", locked.map, by=by, changes={"stakeholder": str(locked.stakeholder_id), "ring": ring})
    return locked


@transaction.atomic
def say_who_is_meant(*, found: StakeholderMap, meant: Meant, entry_ids: Collection[uuid.UUID], by: User) -> int:
    """Say by hand who on a map lives a need, or to whom something was promised publicly; how many that changed.

    ``meant`` is one of ``meant_on``; who stands as before keeps to its words.
    """
    locked = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    changed = [one for one in meant.candidates if one.is_meant != (one.entry_id in entry_ids)]
    for one in changed:
        MapTie.objects.update_or_create(
            entry_id=one.entry_id, about=meant.id, defaults={"holds": one.entry_id in entry_ids}
        )
    if changed:
        record("map.meant_said", locked, by=by, changes={"about": str(meant.id), "number": len(changed)})
    return len(changed)


@transaction.atomic
def take_off_map(*, entry: MapEntry, by: User) -> None:
    """Take a stakeholder off a map, with what raters said of it there."""
    locked = MapEntry.objects.select_for_update().select_related("map").get(pk=entry.pk)
    record("map.shortened", locked.map, by=by, changes={"stakeholder": str(locked.stakeholder_id)})
    Assessment.objects.filter(entry=locked).delete()
    locked.delete()


@transaction.atomic
def open_round(*, found: StakeholderMap, by: User, today: date | None = None) -> MapRound:
    """Ask the raters anew. Raises MapRefusedError while a round is open."""
    locked = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    latest = MapRound.objects.filter(map=locked).order_by("-number").first()
    if latest is not None and latest.closed_on is None:
        raise MapRefusedError(_("A round is open already."))
    number = latest.number + 1 if latest else 1
    opened = MapRound.objects.create(map=locked, number=number, opened_on=today or timezone.localdate())
    record("map.round_opened", locked, by=by, changes={"number": opened.number})
    return opened


@transaction.atomic
def close_round(*, found: StakeholderMap, by: User, today: date | None = None) -> MapRound:
    """End the open round (R-S4). Raises MapRefusedError with fewer than two raters or nobody in ring 1."""
    locked = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    current: MapRound | None = MapRound.objects.filter(map=locked, closed_on=None).first()
    if current is None:
        raise MapRefusedError(_("No round is open."))
    raters = Assessment.objects.filter(round=current).values("rater").distinct().count()
    rings = list(MapEntry.objects.filter(map=locked).order_by().values_list("ring", flat=True).distinct())
    if not (verdict := can_close_round(raters=raters, rings=rings)):
        raise MapRefusedError(str(verdict.reason))
    current.closed_on = today or timezone.localdate()
    current.save(update_fields=["closed_on"])
    record("map.round_closed", locked, by=by, changes={"number": current.number, "raters": raters})
    return current


@transaction.atomic
def add_rater(
    *, found: StakeholderMap, by: User | None, user: User | None = None, person: Stakeholder | None = None
) -> MapRater:
    """Ask somebody to rate: with an account, or a person of the register by mailed link.

    Raises MapRefusedError for the forty-first, and for a person without an address or who asked not to be contacted.
    """
    if (user is None) == (person is None):
        raise ValidationError(_("Choose who is asked to rate."))
    locked = StakeholderMap.objects.select_for_update().get(pk=found.pk)
    known = MapRater.objects.filter(map=locked)
    if old := known.filter(user=user).first() if user else known.filter(person=person).first():
        return old
    if known.count() >= MOST_RATERS:
        raise MapRefusedError(_("Forty raters are enough."))
    if person is not None and (not person.email or person.do_not_contact):
        raise MapRefusedError(_("This person has no e-mail address or asked not to be contacted."))
    rater = MapRater.objects.create(map=locked, user=user, person=person)
    record("map.rater_added", locked, by=by, changes={"rater": str(rater.pk)})
    return rater


@transaction.atomic
def remove_rater(*, rater: MapRater, by: User) -> None:
    """Ask somebody no longer. Raises MapRefusedError for one who rated: what they said stays."""
    locked = MapRater.objects.select_for_update().select_related("map").get(pk=rater.pk)
    if Assessment.objects.filter(rater=locked).exists():
        raise MapRefusedError(_("This rater has rated already. What was said stays."))
    record("map.rater_removed", locked.map, by=by, changes={"rater": str(locked.pk)})
    locked.delete()
