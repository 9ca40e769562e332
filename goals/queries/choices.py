"""What may be chosen when a goal is written."""

from dataclasses import dataclass

from core.access.viewer import Viewer
from goals.models import Goal
from goals.queries.nesting import goals_above
from metrics.models import Indicator
from metrics.queries.indicator import indicators_visible_to
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class GoalChoices:
    """Indicators, members and people of a partnership, and goals it may be a part of; ``cap``: its own visibility."""

    indicators: tuple[Indicator, ...]
    members: tuple[PartnershipMember, ...]
    people: tuple[Stakeholder, ...]
    cap: int
    above: tuple[Goal, ...] = ()

    def goal_above(self, key: str) -> Goal | None:
        """The chosen larger goal; None for another key."""
        return next((found for found in self.above if str(found.pk) == key), None)

    def indicator(self, key: str) -> Indicator | None:
        """The chosen indicator; None for another key."""
        return next((found for found in self.indicators if str(found.pk) == key), None)

    def member(self, key: str) -> PartnershipMember | None:
        """The chosen member; None for another key."""
        return next((found for found in self.members if str(found.pk) == key), None)

    def person(self, key: str) -> Stakeholder | None:
        """The chosen person; None for another key."""
        return next((found for found in self.people if str(found.pk) == key), None)


def goal_choices(viewer: Viewer, partnership: Partnership, goal: Goal | None = None) -> GoalChoices:
    """What a viewer may choose among for a new goal of a partnership, or for one of its goals."""
    people = active_representatives().filter(member__partnership=partnership)
    unique = {found.person_id: found.person for found in people}
    return GoalChoices(
        indicators=tuple(indicators_visible_to(viewer).filter(partnership=partnership)),
        members=tuple(active_members(partnership)),
        people=tuple(sorted(unique.values(), key=lambda person: (person.sort_name, str(person.pk)))),
        cap=partnership.visibility,
        above=tuple(goals_above(viewer, goal, partnership_id=partnership.pk)),
    )
