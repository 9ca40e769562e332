"""Reading what partnerships need, and who could bring it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from partnerships.models import Partnership, ResourceNeed
from partnerships.rules.resource_need import wish_of
from stakeholders.queries.asset import Answer, FoundAsset, best_for_each, candidates_for

State = ResourceNeed.State
BEST_SHOWN = 2
TONES = {State.OPEN: "soon", State.MET: "ok", State.DROPPED: "idle"}


@dataclass(frozen=True)
class NeedRow:
    """Something needed as a list shows it; ``best`` could bring it, ``has_holder`` when one of them is willing."""

    title: str
    kind: str
    when: str
    url: str
    partnership: str
    state: str
    tone: str
    best: Sequence[FoundAsset]
    has_holder: bool
    is_open: bool
    met_by: str


def needs_visible_to(viewer: Viewer) -> QuerySet[ResourceNeed]:
    """The needs a viewer may see, open ones first, the earliest day first."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = ResourceNeed.objects.filter(seen).select_related("partnership", "met_by__owner")
    return rows.order_by("-state", "needed_from", "title", "id")


def needs_of(viewer: Viewer, partnership: Partnership) -> QuerySet[ResourceNeed]:
    """The needs of one partnership."""
    return needs_visible_to(viewer).filter(partnership=partnership)


def open_needs(viewer: Viewer) -> QuerySet[ResourceNeed]:
    """Everything partnerships still look for, of those not closed."""
    return needs_visible_to(viewer).filter(state=State.OPEN).exclude(partnership__state=Partnership.State.CLOSED)


def need_rows(viewer: Viewer, needs: Iterable[ResourceNeed], *, today: date) -> list[NeedRow]:
    """Needs as a list shows them; who could bring open ones is known to the coordination and found in one statement."""
    needs = list(needs)
    open_ones = [need for need in needs if need.state == State.OPEN]
    wishes = [wish_of(need, need.partnership.territory) for need in open_ones]
    sees = viewer.can(Permission.SEE_STAKEHOLDERS)
    answers = best_for_each(viewer, wishes, today=today, most=BEST_SHOWN) if sees else [[] for _need in open_ones]
    found = {need.pk: answer for need, answer in zip(open_ones, answers, strict=True)}
    return [_row(need, found.get(need.pk, [])) for need in needs]


def candidates_for_need(viewer: Viewer, need: ResourceNeed, *, today: date) -> Answer:
    """Who could bring it, with reasons, the best fit first; nobody for who does not see the register."""
    if not viewer.can(Permission.SEE_STAKEHOLDERS):
        return Answer([], is_cut=False)
    return candidates_for(viewer, wish_of(need, need.partnership.territory), today=today)


def when_needed(need: ResourceNeed) -> str:
    """The days it is needed, in words; empty when nobody said."""
    days = {"first": _day(need.needed_from), "last": _day(need.needed_until)}
    if need.needed_from and need.needed_until:
        return _("%(first)s to %(last)s") % days
    if need.needed_from:
        return _("from %(first)s") % days
    return _("until %(last)s") % days if need.needed_until else ""


def _row(need: ResourceNeed, best: Sequence[FoundAsset]) -> NeedRow:
    return NeedRow(
        title=need.title,
        kind=need.get_kind_display(),
        when=when_needed(need),
        url=space_url("resource_need_detail", slug=need.partnership.slug, resource_need_id=need.pk),
        partnership=need.partnership.name,
        state=need.get_state_display(),
        tone=TONES[State(need.state)],
        best=best,
        has_holder=any(one.is_willing for one in best),
        is_open=need.state == State.OPEN,
        met_by=f"{need.met_by.owner.name}: {need.met_by.title}" if need.met_by else "",
    )


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
