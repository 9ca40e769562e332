"""Reading maps: who is on them, what raters say together, how it changed, and what is missing."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.models import MapEntry, MapRater, MapRound, Stakeholder, StakeholderMap
from stakeholders.promises import promises_to
from stakeholders.queries.map_gap import GapRow, as_placed, gap_rows
from stakeholders.queries.map_score import Given, Said, entries_on, given_on, said_of
from stakeholders.queries.stakeholder import ids_found, stakeholders_visible_to
from stakeholders.reach import maps_within
from stakeholders.rules.assessment import (
    ADVICE,
    SALIENCE_WORDS,
    SCORE_WORDS,
    Scored,
    Standing,
    counts_on,
    standing_of,
)
from stakeholders.rules.promise import PublicPromise
from stakeholders.rules.stakeholder import words_of
from stakeholders.rules.stakeholder_map import looked_at_before, moved_words


@dataclass(frozen=True)
class EntryRow:
    """A stakeholder on a map with what raters say together."""

    id: uuid.UUID
    stakeholder_id: uuid.UUID
    name: str
    url: str
    sector: str
    ring: int | None
    ring_label: str
    standing: Standing
    moved: str
    said: Sequence[Said] = ()
    promise: PublicPromise | None = None

    @property
    def advice(self) -> str:
        """What the quadrant suggests (R-S2); empty while it is not known."""
        return str(ADVICE[self.standing.quadrant]) if self.standing.quadrant else ""

    @property
    def salience(self) -> str:
        """The salience class in neutral words (R-S3)."""
        return str(SALIENCE_WORDS[self.standing.salience]) if self.standing.salience else ""

    @property
    def differ(self) -> str:
        """On what raters differ and how far, in words (R-S1)."""
        spreads = self.standing.spreads
        said = [f"{SCORE_WORDS[name]} {spreads[name][0]}/{spreads[name][1]}" for name in self.standing.differ]
        return ", ".join(said)


@dataclass(frozen=True)
class RaterRow:
    """Somebody who rates, with how many of the open round they have done."""

    id: uuid.UUID
    name: str
    by_link: bool
    done: int


@dataclass(frozen=True)
class MapPicture:
    """A whole map as its page tells it; ``is_due`` when the next round should be opened (domain 1.1)."""

    entries: Sequence[EntryRow]
    gaps: Sequence[GapRow]
    raters: Sequence[RaterRow]
    open_round: MapRound | None
    last_closed: MapRound | None
    is_due: bool

    @property
    def raters_in_round(self) -> int:
        """How many rated somebody in the open round."""
        return sum(rater.done > 0 for rater in self.raters)


def maps_visible_to(viewer: Viewer) -> QuerySet[StakeholderMap]:
    """The maps a viewer works with, the newest first: for those who assess stakeholders, nobody else.

    In the space all of them; in some partnerships those of these, and those they began or rate themselves.
    """
    rows = StakeholderMap.objects.order_by("is_archived", "-created_at", "-id")
    if viewer.can_everywhere(Permission.ASSESS_STAKEHOLDERS):
        return rows
    if not viewer.can(Permission.ASSESS_STAKEHOLDERS):
        return rows.none()
    rated = MapRater.objects.filter(user=viewer.user).values("map")
    mine = Q(created_by=viewer.user) | Q(pk__in=rated)
    for ids in maps_within(viewer.scopes_with(Permission.ASSESS_STAKEHOLDERS)):
        mine |= Q(pk__in=ids)
    return rows.filter(mine)


def map_list(viewer: Viewer, *, today: date) -> QuerySet[StakeholderMap]:
    """The maps with the number of stakeholders and raters on each, and whether the next round should be opened."""
    rounds = MapRound.objects.filter(map=OuterRef("pk"))
    fresh = rounds.filter(Q(closed_on=None) | Q(closed_on__gt=looked_at_before(today)))
    return maps_visible_to(viewer).annotate(
        entry_count=Count("entries", distinct=True),
        rater_count=Count("raters", distinct=True),
        is_due=Q(is_archived=False) & Exists(rounds) & ~Exists(fresh),
    )


def picture_of(viewer: Viewer, found: StakeholderMap, *, today: date) -> MapPicture:
    """Everybody on the map with their standing, how they moved since the round before, and what is missing."""
    rounds = list(MapRound.objects.filter(map=found).order_by("-number"))
    given = given_on([found.pk])
    entries = entries_on(viewer, [found.pk])
    spoken = said_of(entries)
    promises = promises_to(entries, spoken)
    rows = [_entry(entry, given.get(entry.pk, []), rounds, today, promises.get(entry.pk)) for entry in entries]
    placed = [
        as_placed(entry, row.standing, row.promise, spoken.get(entry.pk, {}))
        for entry, row in zip(entries, rows, strict=True)
    ]
    open_round = next((one for one in rounds if one.closed_on is None), None)
    last_closed = next((one for one in rounds if one.closed_on is not None), None)
    return MapPicture(
        entries=rows,
        gaps=gap_rows(viewer, placed, [found.pk]),
        raters=_raters(found, open_round),
        open_round=open_round,
        last_closed=last_closed,
        is_due=not (found.is_archived or open_round or _is_fresh(last_closed, today)),
    )


def stakeholders_to_add(viewer: Viewer, found: StakeholderMap, *, search: str, most: int = 20) -> list[Stakeholder]:
    """At most twenty of the register that are not on the map, by name, narrowed by words."""
    rows = stakeholders_visible_to(viewer).exclude(map_entries__map=found)
    if words := words_of(search):
        rows = rows.filter(pk__in=ids_found(words))
    return list(rows[:most])


def raters_of(found: StakeholderMap) -> list[RaterRow]:
    """Who rates a map, with how many of the open round they have done."""
    return _raters(found, MapRound.objects.filter(map=found, closed_on=None).first())


def people_to_rate(viewer: Viewer, search: str, *, most: int = 20) -> QuerySet[Stakeholder]:
    """At most twenty people of the register a link can be mailed to, by name, narrowed by words."""
    rows = stakeholders_visible_to(viewer).filter(kind=Stakeholder.Kind.PERSON, do_not_contact=False)
    return rows.exclude(email="").filter(pk__in=ids_found(words_of(search)))[:most]


def _is_fresh(last_closed: MapRound | None, today: date) -> bool:
    closed_on = last_closed.closed_on if last_closed else None
    return closed_on is None or closed_on > looked_at_before(today)


def _said(given: Sequence[Given], today: date) -> list[Said]:
    """What stands behind the scores that count today, by its words: no order tells who said it."""
    latest = {one.scored.rater: one for one in given if counts_on(one.scored.rated_on, today=today)}
    return sorted((one.said for one in latest.values()), key=lambda said: (not said.reason, said.reason.casefold()))


def _entry(
    entry: MapEntry, given: Sequence[Given], rounds: Sequence[MapRound], today: date, promise: PublicPromise | None
) -> EntryRow:
    stakeholder = entry.stakeholder
    return EntryRow(
        id=entry.pk,
        stakeholder_id=stakeholder.pk,
        name=stakeholder.name,
        url=space_url("stakeholder_detail", stakeholder_id=stakeholder.pk),
        sector=stakeholder.get_sector_display(),
        ring=entry.ring,
        ring_label=entry.get_ring_display() if entry.ring else "",
        standing=standing_of((one.scored for one in given), today=today),
        moved=_moved(given, rounds),
        said=_said(given, today),
        promise=promise,
    )


def _moved(given: Sequence[Given], rounds: Sequence[MapRound]) -> str:
    """Between the two latest rounds somebody rated them in."""
    of_round: dict[uuid.UUID, list[Scored]] = defaultdict(list)
    for one in given:
        of_round[one.round_id].append(one.scored)
    rated = [found.pk for found in rounds if found.pk in of_round][:2]
    if len(rated) < 2:  # noqa: PLR2004 - now and before
        return ""
    now, before = (standing_of(of_round[at]) for at in rated)
    return moved_words(before, now)


def _raters(found: StakeholderMap, open_round: MapRound | None) -> list[RaterRow]:
    here = Count("assessments__entry", filter=Q(assessments__round=open_round), distinct=True)
    rows = MapRater.objects.filter(map=found).select_related("user", "person").annotate(done=here)
    return [
        RaterRow(
            id=rater.pk,
            name=str(rater.user or rater.person or ""),
            by_link=rater.person_id is not None,
            done=rater.done if open_round else 0,
        )
        for rater in rows.order_by("invited_at", "id")
    ]
