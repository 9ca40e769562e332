"""Reading deliverables as a grid of parts, both ways: by deliverable and by organisation (R-T9)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from goals.models import Deliverable, DeliverableRole, Goal
from goals.queries.goal import goals_visible_to
from goals.rules.deliverable import (
    MemberFacts,
    Part,
    Parts,
    lacks_community,
    letters,
    overload_words,
    part_findings,
    without_part,
)
from partnerships.models import AgreementVersion, Partnership, PartnershipMember, Task
from partnerships.queries.agreement import in_force_on
from partnerships.queries.member import active_members
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.severity import Finding
from partnerships.rules.task import PROMISED
from stakeholders.models import Stakeholder, Strength
from stakeholders.queries.strength import hours_of, strengths_visible_to
from stakeholders.rules.strength import Candidate, Holder, candidates_among

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Played:
    """One organisation's parts in one deliverable, as a cell or a line shows them; ``words`` spells the letters out."""

    organisation: str
    letters: str
    words: str
    person: str = ""


@dataclass(frozen=True)
class DeliverableRow:
    """A deliverable as the grid shows it: ``cells`` in the order of the columns, ``played`` only who plays a part."""

    title: str
    url: str
    goal: str
    due_on: date | None
    cells: tuple[Played, ...]
    played: tuple[Played, ...]
    answers: str


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation with what it has to do: the grid read the other way."""

    name: str
    url: str
    lines: tuple[tuple[Played, str, str], ...]


@dataclass(frozen=True)
class Notice:
    """Something to look at, with where to mend it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class RoleGrid:
    """Who does what in a partnership."""

    members: tuple[MemberFacts, ...]
    rows: tuple[DeliverableRow, ...]
    organisations: tuple[OrganisationRow, ...]
    notices: tuple[Notice, ...]


def deliverables_visible_to(viewer: Viewer) -> QuerySet[Deliverable]:
    """The deliverables a viewer may see with their parts, by number; ``goal`` is None when it is out of sight."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    roles = DeliverableRole.objects.select_related("person").order_by("part", "id")
    rows = Deliverable.objects.filter(seen).select_related("partnership").order_by("number", "id")
    return rows.prefetch_related(Prefetch("roles", queryset=roles), Prefetch("goal", queryset=goals_visible_to(viewer)))


def parts_of(deliverable: Deliverable) -> dict[uuid.UUID, set[str]]:
    """The parts each member plays in a deliverable read with its roles."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for role in deliverable.roles.all():
        found[role.member_id].add(role.part)
    return dict(found)


def answering_members(task: Task) -> set[uuid.UUID]:
    """The members that answer for the deliverable a task is part of (R-T12)."""
    roles = DeliverableRole.objects.filter(part=DeliverableRole.Part.ACCOUNTABLE, deliverable__task_links__task=task)
    return set(roles.values_list("member_id", flat=True))


def people_of(deliverable: Deliverable) -> dict[uuid.UUID, Stakeholder]:
    """Who plays a member's parts, by member, where somebody is named."""
    return {role.member_id: role.person for role in deliverable.roles.all() if role.person}


def member_facts(partnership: Partnership, *, also: Collection[uuid.UUID] = ()) -> dict[uuid.UUID, MemberFacts]:
    """The members of today, and those of ``also`` even when they left, by name."""
    rows = list(active_members(partnership))
    known = {member.pk for member in rows}
    if missing := set(also) - known:
        rows += PartnershipMember.objects.filter(pk__in=missing).select_related("organisation")
    return {
        member.pk: MemberFacts(
            id=member.pk,
            organisation_id=member.organisation_id,
            name=member.organisation.name,
            state=member.state,
            is_community=member.seat == PartnershipMember.Seat.COMMUNITY
            or member.organisation.sector == Stakeholder.Sector.COMMUNITY,
        )
        for member in rows
    }


def has_agreement_in_force(partnership: Partnership) -> bool:
    """Whether an agreement of the partnership is in force, which makes R-T4 bite."""
    versions = AgreementVersion.objects.filter(agreement__partnership=partnership)
    return versions.filter(in_force_on(timezone.localdate())).exists()


def findings_for(partnership: Partnership, parts: Parts) -> list[Finding]:
    """What is odd about some parts in a partnership."""
    members = member_facts(partnership, also=list(parts))
    return part_findings(parts, members, has_agreement=has_agreement_in_force(partnership))


def overloads(viewer: Viewer, members: Collection[MemberFacts], *, today: date) -> list[str]:
    """The organisations whose promises of the next month ask for more hours than they said they have (R-T8), in words.

    Counted are promises with an estimate that the viewer sees, in all partnerships, as the hours are stated for all.
    """
    stated = hours_of([one.organisation_id for one in members])
    needed = _hours_promised(viewer, stated, today=today)
    words = (
        overload_words(
            name=one.name,
            needed_hours=needed.get(one.organisation_id) or 0,
            hours_month=stated.get(one.organisation_id),
        )
        for one in members
    )
    return [said for said in words if said]


def _hours_promised(viewer: Viewer, organisation_ids: Iterable[uuid.UUID], *, today: date) -> dict[uuid.UUID, int]:
    """The hours organisations promised for the next month, overdue ones included, as far as the viewer sees."""
    due = tasks_visible_to(viewer).filter(
        member__organisation__in=list(organisation_ids), state__in=PROMISED, due_on__lte=today + MONTH
    )
    hours = due.order_by().values_list("member__organisation").annotate(hours=Sum("effort_hours"))
    return {organisation_id: needed or 0 for organisation_id, needed in hours}


def role_grid(viewer: Viewer, partnership: Partnership, *, today: date) -> RoleGrid:
    """Who does what, who has no part, and what is odd; a fixed number of statements."""
    deliverables = list(deliverables_visible_to(viewer).filter(partnership=partnership))
    all_parts = [parts_of(deliverable) for deliverable in deliverables]
    members = member_facts(partnership, also={key for parts in all_parts for key in parts})
    rows = tuple(_row(deliverable, parts, members) for deliverable, parts in zip(deliverables, all_parts, strict=True))
    can_edit = viewer.can(Permission.EDIT_GOALS, partnership.scope_id)
    notices = _notices(partnership, deliverables, all_parts, members) if can_edit else []
    if can_edit:
        notices += [Notice(said) for said in overloads(viewer, members.values(), today=today)]
    return RoleGrid(
        members=tuple(members.values()),
        rows=rows,
        organisations=tuple(_organisation(one, rows, at, partnership) for at, one in enumerate(members.values())),
        notices=tuple(notices),
    )


def deliverable_row(deliverable: Deliverable) -> DeliverableRow:
    """One deliverable with who plays which part."""
    parts = parts_of(deliverable)
    members = member_facts(deliverable.partnership, also=list(parts))
    return _row(deliverable, parts, members)


def candidates_for_skill(
    viewer: Viewer, partnership: Partnership, skill: str, *, today: date
) -> list[tuple[Candidate, str]]:
    """Who could take on something that needs a skill, members of the partnership only, with their page (R-T1).

    Of the hours an organisation stated, what it promised for the next month is not free any more. An empty list is a
    gap (R-T2): somebody to find, to train, or help from outside.
    """
    members = {member.organisation_id: member for member in active_members(partnership)}
    strengths = list(strengths_visible_to(viewer).filter(skill=skill, owner__in=list(members)))
    stated = hours_of([strength.owner_id for strength in strengths])
    needed = _hours_promised(viewer, stated, today=today)
    left = {key: hours - needed.get(key, 0) for key, hours in stated.items()}
    return [
        (candidate, _member_url(partnership, members[candidate.holder.id].pk))
        for candidate in candidates_among((_holder(one, left.get(one.owner_id)) for one in strengths), today=today)
    ]


def _holder(strength: Strength, hours_left: int | None) -> Holder:
    stated = strength.hours_month
    free = stated if stated is None or hours_left is None else max(min(stated, hours_left), 0)
    return Holder(
        id=strength.owner_id,
        name=strength.owner.name,
        level=strength.level,
        willing=strength.willing,
        free_hours=free,
        available_from=strength.available_from,
        available_until=strength.available_until,
        is_confirmed=strength.confirmed_on is not None,
    )


def _row(deliverable: Deliverable, parts: Parts, members: Mapping[uuid.UUID, MemberFacts]) -> DeliverableRow:
    people = people_of(deliverable)
    cells = tuple(_played(one, parts.get(one.id, ()), people.get(one.id)) for one in members.values())
    answers = [cell.organisation for cell in cells if "A" in cell.letters.split("/")]
    ways = {"slug": deliverable.partnership.slug, "number": deliverable.number}
    return DeliverableRow(
        title=deliverable.title,
        url=space_url("deliverable_detail", **ways),
        goal=deliverable.goal.title if deliverable.goal else "",
        due_on=deliverable.due_on,
        cells=cells,
        played=tuple(cell for cell in cells if cell.letters),
        answers=answers[0] if answers else "",
    )


def _played(member: MemberFacts, parts: Collection[str], person: Stakeholder | None) -> Played:
    words = ", ".join(str(part.label) for part in Part if part in parts)
    return Played(member.name, letters(parts), words, person.name if person else "")


def _organisation(
    member: MemberFacts, rows: Collection[DeliverableRow], at: int, partnership: Partnership
) -> OrganisationRow:
    lines = tuple((row.cells[at], row.title, row.url) for row in rows if row.cells[at].letters)
    return OrganisationRow(member.name, _member_url(partnership, member.id), lines)


def _notices(
    partnership: Partnership,
    deliverables: Collection[Deliverable],
    all_parts: Collection[Parts],
    members: Mapping[uuid.UUID, MemberFacts],
) -> list[Notice]:
    if not deliverables:
        return []
    has_agreement = has_agreement_in_force(partnership)
    notices = []
    by_goal: dict[Goal, list[Parts]] = defaultdict(list)
    for deliverable, parts in zip(deliverables, all_parts, strict=True):
        url = space_url("deliverable_edit", slug=partnership.slug, number=deliverable.number)
        found = part_findings(parts, members, has_agreement=has_agreement)
        notices += [Notice(f"{deliverable.title}: {finding.message}", url) for finding in found]
        if deliverable.goal is not None:
            by_goal[deliverable.goal].append(parts)
    if idle := without_part(all_parts, members.values()):
        names = ", ".join(idle)
        notices.append(Notice(_("No part yet: %(names)s. Ask them what they would like to do.") % {"names": names}))
    notices += [
        Notice(_("No group of residents is asked or does anything for “%(goal)s”.") % {"goal": goal.title})
        for goal, some in by_goal.items()
        if lacks_community(some, members)
    ]
    return notices


def _member_url(partnership: Partnership, member_id: uuid.UUID) -> str:
    return space_url("member_detail", slug=partnership.slug, member_id=member_id)
