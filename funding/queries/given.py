"""What an organisation gave or was asked for, as its own people read it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from funding.models import FundingSource
from funding.queries.source import sources_visible_to
from funding.rules.money import money
from funding.rules.source import STATUS_TONES, Status
from goals.queries.goal import goals_visible_to
from stakeholders.models import Affiliation, Stakeholder


@dataclass(frozen=True)
class GivenRow:
    """A source as its giver reads it; ``goal`` names the goal when there is one the reader may see."""

    name: str
    kind: str
    partnership: str
    goal: str
    amount: str
    is_in_kind: bool
    tone: str
    state: str
    decided_on: date | None


def organisations_of_viewer(viewer: Viewer) -> QuerySet[Stakeholder]:
    """The person a viewer is in the register, and the organisations that person is active in."""
    people = Stakeholder.objects.filter(user=viewer.user)
    places = Affiliation.objects.filter(person__in=people, is_active=True).values("organisation_id")
    return Stakeholder.objects.filter(Q(pk__in=people) | Q(pk__in=places))


def given_by(viewer: Viewer) -> list[GivenRow]:
    """The sources whose giver is the viewer's own, secured first, as far as the viewer may see them; two queries."""
    if viewer.user is None:
        return []
    sources = sources_visible_to(viewer).filter(giver__in=organisations_of_viewer(viewer))
    found = list(sources.select_related("partnership", "goal"))
    shown = set(
        goals_visible_to(viewer).filter(pk__in={source.goal_id for source in found}).values_list("pk", flat=True)
    )
    order = (Status.SECURED, Status.EXPECTED, Status.LOST)
    found.sort(key=lambda source: (order.index(Status(source.status)), source.partnership.name, source.name))
    return [_row(source, shows_goal=source.goal_id in shown) for source in found]


def _row(source: FundingSource, *, shows_goal: bool) -> GivenRow:
    return GivenRow(
        name=source.name,
        kind=source.get_kind_display(),
        partnership=source.partnership.name,
        goal=source.goal.title if source.goal and shows_goal else _("the partnership as a whole"),
        amount=money(source.amount_cents, source.currency),
        is_in_kind=source.kind == FundingSource.Kind.IN_KIND,
        tone=STATUS_TONES[source.status],
        state=source.get_status_display(),
        decided_on=source.decided_on,
    )
