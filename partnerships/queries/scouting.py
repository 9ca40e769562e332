"""Finding partners for a partnership: its gaps, and who of the register could close them."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from core.access.viewer import Viewer
from core.web.space import space_url
from partnerships.models import Partnership, PartnershipMember, ResourceNeed
from partnerships.queries.member import active_members
from partnerships.rules.scouting import KNOWN, Gap, Known, closeness, gaps_of, may_be_proposed
from stakeholders.models import Asset, Stakeholder
from stakeholders.queries.stakeholder import ids_found, stakeholders_visible_to
from stakeholders.rules.stakeholder import place_key, words_of

# Of each kind: those near the partnership and, if they are few, others by name.
MOST_NEAR, MOST_OTHERS, SHOWN = 400, 60, 5
COLUMNS = ("id", "name", "sector", "status", "stakes", "place", "territories", "ask_again_on")


@dataclass(frozen=True)
class Candidate:
    """Somebody who could close a gap, and why."""

    id: uuid.UUID
    name: str
    place: str
    url: str
    first_steps_url: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class GapRow:
    """A gap with who could close it, the nearest first."""

    label: str
    why: str
    is_centre: bool
    candidates: Sequence[Candidate]


def scouting_of(viewer: Viewer, partnership: Partnership, *, today: date) -> list[GapRow]:
    """The partnership's gaps, people affected first, each with at most five of the register to ask."""
    gaps = gaps_of(
        partnership.template_snapshot.get("members", ()),
        members=_members_by_sector(partnership),
        known=_known_by_sector(viewer),
    )
    if not gaps:
        return []
    needed = frozenset(
        ResourceNeed.objects.filter(partnership=partnership, state=ResourceNeed.State.OPEN).values_list(
            "kind", flat=True
        )
    )
    people = _who_may_be_asked(viewer, partnership, {gap.sector for gap in gaps}, today)
    brings = _brings([one["id"] for some in people.values() for one in some], needed)
    gaps.sort(key=lambda gap: not gap.is_centre)
    return [
        GapRow(gap.label, gap.why, gap.is_centre, _candidates(gap, people[gap.sector], partnership, brings, needed))
        for gap in gaps
    ]


def who_may_be_asked(viewer: Viewer, partnership: Partnership) -> QuerySet[Stakeholder]:
    """Organisations and groups that are not in it and did not ask to be left alone, by name."""
    here = PartnershipMember.objects.filter(partnership=partnership).exclude(state=PartnershipMember.State.FORMER)
    rows = stakeholders_visible_to(viewer).exclude(kind=Stakeholder.Kind.PERSON).filter(do_not_contact=False)
    return rows.exclude(pk__in=here.values("organisation_id"))


def _members_by_sector(partnership: Partnership) -> Counter[str]:
    return Counter(active_members(partnership).values_list("organisation__sector", flat=True))


def _known_by_sector(viewer: Viewer) -> dict[str, int]:
    rows = stakeholders_visible_to(viewer).filter(status__in=KNOWN).order_by()
    return dict(rows.values_list("sector").annotate(Count("pk")))


def _who_may_be_asked(
    viewer: Viewer, partnership: Partnership, sectors: set[str], today: date
) -> Mapping[str, list[dict[str, Any]]]:
    """Those of the wanted sectors near the partnership, then others, by sector."""
    rows = who_may_be_asked(viewer, partnership).filter(sector__in=sectors)
    near = ids_found(words_of(partnership.territory), most=MOST_NEAR)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen = set()
    for some in (rows.filter(pk__in=near), rows[: MOST_OTHERS * len(sectors)]):
        for one in some.values(*COLUMNS):
            if one["id"] not in seen and may_be_proposed(one["status"], ask_again_on=one["ask_again_on"], today=today):
                found[one["sector"]].append(one)
                seen.add(one["id"])
    return found


def _brings(ids: Iterable[uuid.UUID], needed: frozenset[str]) -> Mapping[uuid.UUID, frozenset[str]]:
    rows = Asset.objects.filter(owner__in=list(ids), kind__in=needed).exclude(offered=Asset.Offered.NO).order_by()
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for owner, kind in rows.values_list("owner_id", "kind"):
        found[owner].add(kind)
    return {owner: frozenset(kinds) for owner, kinds in found.items()}


def _candidates(
    gap: Gap,
    people: Sequence[dict[str, Any]],
    partnership: Partnership,
    brings: Mapping[uuid.UUID, frozenset[str]],
    needed: frozenset[str],
) -> list[Candidate]:
    weighed = []
    for one in people:
        known = Known(
            sector=one["sector"],
            status=one["status"],
            stakes=one["stakes"],
            places=frozenset(map(place_key, filter(None, [one["place"], *one["territories"]]))),
            brings=brings.get(one["id"], frozenset()),
        )
        weighed.append((*closeness(gap, known, near=partnership.territory, needed=needed), one))
    weighed.sort(key=lambda found: (found[0], found[2]["name"].casefold()))
    return [_candidate(one, reasons, partnership) for _rank, reasons, one in weighed[:SHOWN]]


def _candidate(one: dict[str, Any], reasons: Sequence[str], partnership: Partnership) -> Candidate:
    return Candidate(
        id=one["id"],
        name=one["name"],
        place=one["place"],
        url=space_url("stakeholder_detail", stakeholder_id=one["id"]),
        first_steps_url=space_url("scouting_first_steps", slug=partnership.slug, stakeholder_id=one["id"]),
        reasons=reasons,
    )
