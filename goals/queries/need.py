"""Reading needs: who sees which, who finds them pressing, and which goals answer them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import Goal, GoalNeed, Need, NeedVote
from goals.queries.goal import goals_visible_to
from goals.rules.need import TONES, is_dated
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.member import active_members
from partnerships.queries.representative import representations_of
from partnerships.rules.member import GONE

_VOTES = Count("votes", filter=~Q(votes__member__state__in=GONE))


@dataclass(frozen=True)
class NeedRow:
    """A need as lists show it."""

    number: int
    statement: str
    url: str
    affected: str
    place: str
    evidence: str
    source: str
    on: str
    evidence_on: date | None
    votes: int
    tone: str
    state: str


def needs_visible_to(viewer: Viewer) -> QuerySet[Need]:
    """The needs a viewer may see, by number."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    return Need.objects.filter(seen).select_related("partnership").order_by("number", "id")


def need_list(
    viewer: Viewer, partnership: Partnership, *, state: str = "", evidence: str = "", search: str = ""
) -> QuerySet[Need]:
    """A partnership's needs, narrowed; those that most members find pressing stand first."""
    rows = needs_visible_to(viewer).filter(partnership=partnership)
    if state:
        rows = rows.filter(state=state)
    if evidence:
        rows = rows.filter(evidence=evidence)
    if search:
        words = ("statement_en", "statement_it", "affected_en", "affected_it", "place", "source")
        found = Q()
        for name in words:
            found |= Q(**{f"{name}__icontains": search})
        rows = rows.filter(found)
    return rows.annotate(vote_count=_VOTES).order_by("-vote_count", "number", "id")


def as_need_row(need: Need) -> NeedRow:
    """What lists show of a need of ``need_list``."""
    return NeedRow(
        number=need.number,
        statement=need.statement,
        url=need_url(need),
        affected=need.affected,
        place=need.place,
        evidence=need.get_evidence_display(),
        source=need.source,
        on=day_words(need.evidence_on),
        evidence_on=need.evidence_on,
        votes=need.vote_count,  # type: ignore[attr-defined]  # annotated by need_list
        tone=TONES[need.state],
        state=need.get_state_display(),
    )


def need_url(need: Need) -> str:
    """The page of a need."""
    return space_url("need_detail", slug=need.partnership.slug, number=need.number)


def needs_in_full(viewer: Viewer) -> QuerySet[Need]:
    """The needs a viewer may see, with the votes that count and the goals the viewer sees; three statements."""
    votes = NeedVote.objects.exclude(member__state__in=GONE).select_related("member__organisation")
    links = GoalNeed.objects.filter(goal__in=goals_visible_to(viewer).order_by()).select_related("goal")
    return needs_visible_to(viewer).prefetch_related(
        Prefetch("votes", queryset=votes.order_by("member__organisation__sort_name", "id")),
        Prefetch("goal_links", queryset=links.order_by("goal__number", "id")),
    )


def members_to_speak_for(viewer: Viewer, partnership: Partnership) -> list[PartnershipMember]:
    """The members whose support a viewer may write down: all for who edits goals, else those they speak for."""
    if viewer.can(Permission.EDIT_GOALS, partnership.scope_id):
        return list(active_members(partnership))
    if viewer.user is None or not viewer.can(Permission.TAKE_PART, partnership.scope_id):
        return []
    own = representations_of(viewer.user).filter(member__partnership=partnership)
    return list({found.member_id: found.member for found in own}.values())


def needs_of_goal(viewer: Viewer, goal: Goal) -> list[Need]:
    """The needs a goal answers, as far as a viewer sees them."""
    return list(needs_visible_to(viewer).filter(goal_links__goal=goal))


def goals_with_dated_need(goals: Collection[Goal]) -> set[uuid.UUID]:
    """The goals that answer a need of which it is told how it is known, from where, and of which day (R1)."""
    rows = GoalNeed.objects.filter(goal__in=goals).select_related("need")
    return {
        link.goal_id
        for link in rows
        if is_dated(evidence=link.need.evidence, source=link.need.source, evidence_on=link.need.evidence_on)
    }
