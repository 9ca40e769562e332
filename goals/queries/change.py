"""Reading the log of changes in the community."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import ChangeGoal, CommunityChange, ContributionClaim, Goal
from goals.queries.claim import claim_sheet, claims_visible_to, with_alternatives
from goals.queries.goal import goals_visible_to
from goals.rules.claim import Strength
from partnerships.models import Partnership


@dataclass(frozen=True)
class ChangeRow:
    """A change as lists show it."""

    number: int
    what: str
    url: str
    kind: str
    place: str
    since: str
    source: str
    our_part: str
    goals: tuple[str, ...]


@dataclass(frozen=True)
class ChangeChoices:
    """What a change may belong to: goals, and claims whose words it may use."""

    goals: tuple[Goal, ...]
    claims: tuple[ContributionClaim, ...]

    def claim(self, key: str) -> ContributionClaim | None:
        """The chosen claim; None for another key."""
        return next((claim for claim in self.claims if str(claim.pk) == key), None)

    def chosen(self, keys: Iterable[str]) -> list[Goal]:
        """The chosen goals, in order."""
        wanted = set(keys)
        return [goal for goal in self.goals if str(goal.pk) in wanted]

    def numbered(self, numbers: Iterable[int]) -> list[Goal]:
        """The goals with these numbers, in order."""
        wanted = set(numbers)
        return [goal for goal in self.goals if goal.number in wanted]


def changes_visible_to(viewer: Viewer) -> QuerySet[CommunityChange]:
    """The changes a viewer may see with the goals in sight they belong to (``seen_links``), the latest first."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    links = ChangeGoal.objects.filter(goal__in=goals_visible_to(viewer).order_by()).select_related("goal")
    ordered = Prefetch("goal_links", queryset=links.order_by("goal__number", "id"), to_attr="seen_links")
    rows = CommunityChange.objects.filter(seen).select_related("partnership")
    return rows.prefetch_related(ordered).order_by("-since", "-number", "id")


def change_list(
    viewer: Viewer, partnership: Partnership, *, goal: Goal | None = None, kind: str = ""
) -> QuerySet[CommunityChange]:
    """A partnership's changes, of one goal or kind when asked."""
    rows = changes_visible_to(viewer).filter(partnership=partnership)
    if goal is not None:
        rows = rows.filter(Exists(ChangeGoal.objects.filter(change=OuterRef("pk"), goal=goal)))
    return rows.filter(kind=kind) if kind else rows


def as_change_row(change: CommunityChange) -> ChangeRow:
    """What a list shows of a change of ``changes_visible_to``."""
    return ChangeRow(
        number=change.number,
        what=change.what,
        url=space_url("change_detail", slug=change.partnership.slug, number=change.number),
        kind=change.get_kind_display(),
        place=change.place,
        since=day_words(change.since),
        source=change.source,
        our_part=change.our_part,
        goals=tuple(goal.title for goal in goals_of(change)),
    )


def goals_of(change: CommunityChange) -> list[Goal]:
    """The goals in sight a change of ``changes_visible_to`` belongs to."""
    return [link.goal for link in change.seen_links]  # type: ignore[attr-defined]  # prefetched


def change_choices(viewer: Viewer, partnership: Partnership) -> ChangeChoices:
    """What a viewer may connect a change of a partnership with."""
    goals = goals_visible_to(viewer).filter(partnership=partnership)
    return ChangeChoices(tuple(goals), tuple(claims_visible_to(viewer).filter(goal__partnership=partnership)))


def strength_for(claim_id: uuid.UUID | None) -> Strength:
    """How strong the words about a part may be: as its claim is, or the weakest without one."""
    rows = with_alternatives(ContributionClaim.objects.filter(pk=claim_id)) if claim_id else None
    claim = rows.first() if rows is not None else None
    return claim_sheet(claim).strength if claim else Strength.OBSERVED_ALONGSIDE


def reported_changes(partnership: Partnership) -> QuerySet[CommunityChange]:
    """The changes funders may read, the earliest first, for a report."""
    rows = CommunityChange.objects.filter(partnership=partnership, visibility__gte=Visibility.FUNDERS)
    links = ChangeGoal.objects.filter(goal__visibility__gte=Visibility.FUNDERS).select_related("goal")
    ordered = Prefetch("goal_links", queryset=links.order_by("goal__number", "id"), to_attr="seen_links")
    return rows.prefetch_related(ordered).order_by("since", "number", "id")
