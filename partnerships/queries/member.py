"""Reading members: who is in a partnership, and which organisations could be asked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.access.viewer import Viewer, visible_records
from core.queries.composed import Composed
from core.rules.text import mask_for_search
from core.web.space import space_url
from partnerships.models import Partnership, PartnershipMember, Representative, Task
from partnerships.queries.representative import active_representatives
from partnerships.rules.member import GONE
from partnerships.rules.task import PROMISED
from stakeholders.models import Stakeholder

MOST_CHOICES = 20
MOST_PEOPLE = 50
TONES = {
    PartnershipMember.State.MEMBER: "ok",
    PartnershipMember.State.JOINING: "now",
    PartnershipMember.State.INVITED: "info",
    PartnershipMember.State.INTERESTED: "info",
    PartnershipMember.State.ON_NOTICE: "soon",
    PartnershipMember.State.SUSPENDED: "late",
}
# Counted for each row shown, not for all members first.
OPEN_TASKS = Coalesce(
    Subquery(
        Task.objects.filter(member=OuterRef("pk"), state__in=PROMISED)
        .order_by()
        .values("member")
        .annotate(number=Count("*"))
        .values("number")
    ),
    0,
)


@dataclass(frozen=True)
class MemberRow:
    """A member as lists and cards show it."""

    member: PartnershipMember
    name: str
    url: str
    role: str
    seat: str
    is_lead: bool
    tone: str
    state_label: str
    people: list[Representative]
    open_tasks: int


@dataclass(frozen=True)
class MemberLine:
    """A member as an overview names it."""

    name: str
    url: str
    role: str
    seat: str
    tone: str
    state_label: str


def members_visible_to(viewer: Viewer) -> QuerySet[PartnershipMember]:
    """The memberships a viewer may see: those of the partnerships they see, the lead first, then by name."""
    return (
        PartnershipMember.objects.filter(
            visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
        )
        .select_related("organisation", "partnership")
        .order_by("-is_lead", "organisation__sort_name", "id")
    )


def member_list(viewer: Viewer, partnership: Partnership) -> QuerySet[PartnershipMember]:
    """The members of a partnership with the people who speak for them and their number of open promises."""
    people = Prefetch("representatives", queryset=active_representatives(), to_attr="active_people")
    rows = members_visible_to(viewer).filter(partnership=partnership)
    return rows.annotate(open_tasks=OPEN_TASKS).prefetch_related(people)


def members_in_short(viewer: Viewer, partnership: Partnership, *, most: int) -> list[MemberLine]:
    """The first members of a partnership, as its overview names them."""
    return [
        MemberLine(
            name=name,
            url=space_url("member_detail", slug=partnership.slug, member_id=pk),
            role=role,
            seat=str(PartnershipMember.Seat(seat).label) if seat else "",
            tone=TONES.get(PartnershipMember.State(state), "idle"),
            state_label=str(PartnershipMember.State(state).label),
        )
        for pk, name, role, seat, state in _in_short(viewer, partnership=partnership, most=most)
    ]


@Composed
def _in_short(viewer: Viewer, partnership: Partnership, most: int) -> QuerySet[PartnershipMember, tuple[Any, ...]]:
    rows = members_visible_to(viewer).filter(partnership=partnership)
    return rows.values_list("pk", "organisation__name", "role", "seat", "state")[:most]


def active_members(partnership: Partnership) -> QuerySet[PartnershipMember]:
    """The organisations in a partnership today, whether they signed or not, by name."""
    rows = PartnershipMember.objects.filter(partnership=partnership).exclude(state__in=GONE)
    return rows.select_related("organisation").order_by("organisation__sort_name", "id")


def as_member_row(member: PartnershipMember) -> MemberRow:
    """What a page shows of a member of ``member_list``."""
    return MemberRow(
        member=member,
        name=member.organisation.name,
        url=space_url("member_detail", slug=member.partnership.slug, member_id=member.pk),
        role=member.role,
        seat=member.get_seat_display() if member.seat else "",
        is_lead=member.is_lead,
        tone=TONES.get(PartnershipMember.State(member.state), "idle"),
        state_label=member.get_state_display(),
        people=member.active_people,  # type: ignore[attr-defined]  # prefetched by member_list
        open_tasks=member.open_tasks,  # type: ignore[attr-defined]  # annotated by member_list
    )


def organisations_to_ask(viewer: Viewer, partnership: Partnership, search: str) -> list[Stakeholder]:
    """At most 20 organisations and groups a viewer may choose as members, those already in left out, by name."""
    rows = Stakeholder.objects.filter(visibility__gte=viewer.level_everywhere(), merged_into=None).exclude(
        kind=Stakeholder.Kind.PERSON
    )
    for word in mask_for_search(search).split():
        rows = rows.filter(search_text__contains=word)
    here = PartnershipMember.objects.filter(partnership=partnership).exclude(state=PartnershipMember.State.FORMER)
    return list(rows.exclude(pk__in=here.values("organisation_id")).order_by("sort_name", "id")[:MOST_CHOICES])


def members_to_ask(partnership: Partnership) -> QuerySet[PartnershipMember]:
    """The organisations that can be asked to do something, with the people who speak for them."""
    people = Prefetch("representatives", queryset=active_representatives(), to_attr="active_people")
    return active_members(partnership).prefetch_related(people)


def people_to_ask(viewer: Viewer, partnership: Partnership) -> QuerySet[Stakeholder]:
    """At most 50 people a task of a light partnership can go to by themselves; a full one asks organisations."""
    if partnership.mode != Partnership.Mode.LIGHT:
        return Stakeholder.objects.none()
    rows = Stakeholder.objects.filter(
        kind=Stakeholder.Kind.PERSON, visibility__gte=viewer.level_everywhere(), merged_into=None
    )
    return rows.order_by("sort_name", "id")[:MOST_PEOPLE]
