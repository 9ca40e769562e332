"""Reading risks: the register, the highest first, and which should be looked at again."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import Goal, Risk
from goals.queries.goal import goals_visible_to
from goals.rules.risk import LIVE, STATE_TONES, has_response, height_of, is_review_overdue
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class RiskRow:
    """A risk as lists show it."""

    risk: Risk
    url: str
    height: str
    tone: str
    score: int
    why: str
    goal: str
    owner: str
    review: str
    is_overdue: bool
    state: str
    state_tone: str


@dataclass(frozen=True)
class RiskChoices:
    """Goals, members and people a risk may be tied to; ``cap`` is the partnership's visibility."""

    goals: tuple[Goal, ...]
    members: tuple[PartnershipMember, ...]
    people: tuple[Stakeholder, ...]
    cap: int


def risks_visible_to(viewer: Viewer) -> QuerySet[Risk]:
    """The risks a viewer may see, the highest first; ``goal`` is None when it is out of sight."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = Risk.objects.filter(seen).select_related("partnership", "owner_member__organisation", "owner_person")
    goals = Prefetch("goal", queryset=goals_visible_to(viewer))
    rows = rows.prefetch_related(goals).annotate(score=F("likelihood") * F("impact"))
    return rows.order_by("-score", "-impact", "number", "id")


def risk_list(
    viewer: Viewer,
    partnership: Partnership,
    *,
    state: str = "",
    goal: Goal | None = None,
    search: str = "",
    overdue_on: date | None = None,
) -> QuerySet[Risk]:
    """A partnership's register, narrowed; ``state`` "live" are those still to be looked at.

    ``overdue_on`` leaves those whose review was due before that day.
    """
    rows = risks_visible_to(viewer).filter(partnership=partnership)
    if state == "live":
        rows = rows.filter(state__in=LIVE)
    elif state:
        rows = rows.filter(state=state)
    if goal is not None:
        rows = rows.filter(goal=goal)
    if search:
        found = Q()
        for name in ("event", "cause", "effect", "actions"):
            found |= Q(**{f"{name}__icontains": search})
        rows = rows.filter(found)
    if overdue_on is not None:
        rows = rows.filter(state__in=LIVE, review_on__lt=overdue_on)
    return rows


class RiskRowMaker:
    """Turns risks of ``risks_visible_to`` into rows."""

    def __init__(self, *, today: date) -> None:
        self._today = today

    def __call__(self, risk: Risk) -> RiskRow:
        """One row."""
        height = height_of(risk.likelihood, risk.impact)
        owner = [str(one) for one in (risk.owner_person, risk.owner_member) if one]
        return RiskRow(
            risk=risk,
            url=risk_url(risk),
            height=str(height.label),
            tone=height.tone,
            score=risk.likelihood * risk.impact,
            why=f"{risk.get_likelihood_display()} · {risk.get_impact_display()}",
            goal=risk.goal.title if risk.goal else "",
            owner=" · ".join(owner),
            review=day_words(risk.review_on),
            is_overdue=is_review_overdue(state=risk.state, review_on=risk.review_on, today=self._today),
            state=risk.get_state_display(),
            state_tone=STATE_TONES[risk.state],
        )


def risk_url(risk: Risk) -> str:
    """The page of a risk."""
    return space_url("risk_detail", slug=risk.partnership.slug, number=risk.number)


def risks_of_goal(viewer: Viewer, goal: Goal, *, today: date) -> list[RiskRow]:
    """The risks of a goal that a viewer may see, the highest first."""
    return [RiskRowMaker(today=today)(risk) for risk in risks_visible_to(viewer).filter(goal=goal)]


def goals_with_answered_risk(goals: Collection[Goal]) -> set[uuid.UUID]:
    """The goals with a risk of which it is decided how to answer it (A4)."""
    rows = Risk.objects.filter(goal__in=goals).order_by().values_list("goal_id", "response", "actions")
    return {key for key, response, actions in rows if has_response(response=response, actions=actions)}


def risk_choices(viewer: Viewer, partnership: Partnership) -> RiskChoices:
    """What may be chosen when a risk is written."""
    people = active_representatives().filter(member__partnership=partnership)
    unique = {found.person_id: found.person for found in people}
    return RiskChoices(
        goals=tuple(goals_visible_to(viewer).filter(partnership=partnership)),
        members=tuple(active_members(partnership)),
        people=tuple(sorted(unique.values(), key=lambda person: (person.sort_name, str(person.pk)))),
        cap=partnership.visibility,
    )
