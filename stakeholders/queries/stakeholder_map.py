"""Reading maps: who is on them, what raters say together, how it changed, and what is missing."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.lived_needs import needs_behind
from stakeholders.models import Assessment, MapEntry, MapRater, MapRound, Stakeholder, StakeholderMap
from stakeholders.promises import promises_to
from stakeholders.queries.map_gap import GapRow, as_gap_row
from stakeholders.queries.stakeholder import ids_found, stakeholders_visible_to, visible_at
from stakeholders.rules.assessment import (
    ADVICE,
    SALIENCE_WORDS,
    SCORE_WORDS,
    SCORES,
    Scored,
    Standing,
    counts_on,
    standing_of,
)
from stakeholders.rules.map_gap import Placed, gaps_in
from stakeholders.rules.promise import PublicPromise
from stakeholders.rules.stakeholder import names_of, words_of
from stakeholders.rules.stakeholder_map import moved_words


@dataclass(frozen=True)
class Said:
    """Why a rater scored as they did, and how sure they are; who it was is told to nobody."""

    reason: str
    confidence: str
    confidence_label: str


class _Given(NamedTuple):
    round_id: uuid.UUID
    scored: Scored
    said: Said


SCORED_FIELDS = ("rated_on", *SCORES, "current_engagement", "desired_engagement")


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
    """A whole map as its page tells it."""

    entries: Sequence[EntryRow]
    gaps: Sequence[GapRow]
    raters: Sequence[RaterRow]
    open_round: MapRound | None
    last_closed: MapRound | None

    @property
    def raters_in_round(self) -> int:
        """How many rated somebody in the open round."""
        return sum(rater.done > 0 for rater in self.raters)


def maps_visible_to(viewer: Viewer) -> QuerySet[StakeholderMap]:
    """The maps of the space, the newest first: for those who assess stakeholders, nobody else."""
    rows = StakeholderMap.objects.order_by("is_archived", "-created_at", "-id")
    return rows if viewer.can(Permission.ASSESS_STAKEHOLDERS) else rows.none()


def map_list(viewer: Viewer) -> QuerySet[StakeholderMap]:
    """The maps with the number of stakeholders and raters on each."""
    return maps_visible_to(viewer).annotate(
        entry_count=Count("entries", distinct=True), rater_count=Count("raters", distinct=True)
    )


def entries_of(viewer: Viewer, found: StakeholderMap) -> QuerySet[MapEntry]:
    """The stakeholders on a map that the viewer may see, by name."""
    rows = MapEntry.objects.filter(map=found).filter(visible_at(viewer, "stakeholder__"))
    return rows.select_related("stakeholder").order_by("stakeholder__sort_name", "id")


def picture_of(viewer: Viewer, found: StakeholderMap, *, today: date) -> MapPicture:
    """Everybody on the map with their standing, how they moved since the round before, and what is missing."""
    rounds = list(MapRound.objects.filter(map=found).order_by("-number"))
    given = _given([found.pk])
    entries = _entries(viewer, [found.pk])
    promises = promises_to(entries)
    rows = [_entry(entry, given.get(entry.pk, []), rounds, today, promises.get(entry.pk)) for entry in entries]
    placed = [_placed(entry, row.standing, row.promise) for entry, row in zip(entries, rows, strict=True)]
    open_round = next((one for one in rounds if one.closed_on is None), None)
    return MapPicture(
        entries=rows,
        gaps=_gaps(viewer, placed, [found.pk]),
        raters=_raters(found, open_round),
        open_round=open_round,
        last_closed=next((one for one in rounds if one.closed_on is not None), None),
    )


def gaps_of(viewer: Viewer, maps: Sequence[StakeholderMap], *, today: date) -> list[GapRow]:
    """What some maps are missing together: who is on one of them is missing on none (R-S5, R-S6)."""
    map_ids = [found.pk for found in maps]
    entries, given = _entries(viewer, map_ids), _given(map_ids)
    promises = promises_to(entries)
    placed = [
        _placed(
            entry,
            standing_of((one.scored for one in given.get(entry.pk, [])), today=today),
            promises.get(entry.pk),
        )
        for entry in entries
    ]
    return _gaps(viewer, placed, map_ids)


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


def _entries(viewer: Viewer, map_ids: Sequence[uuid.UUID]) -> list[MapEntry]:
    """The stakeholders on some maps that the viewer may see, each with ``people_known``, by name."""
    known = Count("stakeholder__people", filter=Q(stakeholder__people__is_active=True))
    rows = MapEntry.objects.filter(visible_at(viewer, "stakeholder__"), map__in=map_ids).annotate(people_known=known)
    return list(rows.select_related("stakeholder").order_by("stakeholder__sort_name", "id"))


def _gaps(viewer: Viewer, placed: Sequence[Placed], map_ids: Sequence[uuid.UUID]) -> list[GapRow]:
    if not placed:
        return []
    return [as_gap_row(gap, map_ids[0]) for gap in gaps_in(placed, needs_behind(viewer, map_ids))]


def _given(map_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[_Given]]:
    """For each entry of some maps what raters gave, each with its round."""
    given: dict[uuid.UUID, list[_Given]] = defaultdict(list)
    rows = Assessment.objects.filter(entry__map__in=map_ids).order_by("rated_on", "id")
    for values in rows.values("entry_id", "round_id", "rater_id", "reason", "confidence", *SCORED_FIELDS):
        scored = Scored(rater=values["rater_id"], **{name: values[name] for name in SCORED_FIELDS})
        confidence = Assessment.Confidence(values["confidence"])
        said = Said(values["reason"].strip(), confidence.value, str(confidence.label))
        given[values["entry_id"]].append(_Given(values["round_id"], scored, said))
    return given


def _said(given: Sequence[_Given], today: date) -> list[Said]:
    """What stands behind the scores that count today, by its words: no order tells who said it."""
    latest = {one.scored.rater: one for one in given if counts_on(one.scored.rated_on, today=today)}
    return sorted((one.said for one in latest.values()), key=lambda said: (not said.reason, said.reason.casefold()))


def _entry(
    entry: MapEntry, given: Sequence[_Given], rounds: Sequence[MapRound], today: date, promise: PublicPromise | None
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


def _moved(given: Sequence[_Given], rounds: Sequence[MapRound]) -> str:
    """Between the two latest rounds somebody rated them in."""
    of_round: dict[uuid.UUID, list[Scored]] = defaultdict(list)
    for one in given:
        of_round[one.round_id].append(one.scored)
    rated = [found.pk for found in rounds if found.pk in of_round][:2]
    if len(rated) < 2:  # noqa: PLR2004 - now and before
        return ""
    now, before = (standing_of(of_round[at]) for at in rated)
    return moved_words(before, now)


def _placed(entry: MapEntry, standing: Standing, promise: PublicPromise | None) -> Placed:
    one = entry.stakeholder
    return Placed(
        id=str(one.pk),
        map_id=str(entry.map_id),
        name=one.name,
        sector=one.sector,
        status=one.status,
        ring=entry.ring,
        people=getattr(entry, "people_known", 0),
        is_person=one.kind == Stakeholder.Kind.PERSON,
        standing=standing,
        names=names_of(one),
        words=f"{one.subtype} {one.description}",
        is_affected=Stakeholder.Stake.AFFECTED in one.stakes,
        promise=promise,
    )


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
