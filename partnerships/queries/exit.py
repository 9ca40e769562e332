"""Reading what a leaving organisation has to settle."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from core.web.space import space_url
from partnerships.exits import Hold, holds_of
from partnerships.models import (
    AgreementVersion,
    Commitment,
    ExitStep,
    Partnership,
    PartnershipMember,
    Recognition,
    ResourceNeed,
    ShelfDocument,
    Task,
    WorryContact,
)
from partnerships.queries.agreement import in_force_on
from partnerships.queries.representative import own_member_ids
from partnerships.rules.member import LEAVING
from partnerships.rules.severity import Severity, severity_of
from partnerships.rules.task import OPEN
from stakeholders.models import Asset

Kind = ExitStep.Kind
MOST_HELD = 50


@dataclass(frozen=True)
class ExitRow:
    """A point of the checklist with what is still open under it."""

    kind: str
    label: str
    note: str
    settled_on: date | None
    settled_by: str
    holds: tuple[Hold, ...]

    @property
    def can_settle(self) -> bool:
        """Whether nothing stops it from being settled."""
        return not any(hold.stops for hold in self.holds)


def exit_rows(member: PartnershipMember) -> list[ExitRow]:
    """The seven points in their order, written down or not."""
    written = {step.kind: step for step in ExitStep.objects.filter(member=member).select_related("settled_by")}
    return [_row(member, kind, written.get(kind)) for kind in Kind]


def end_of_notice(partnership: Partnership, *, today: date) -> date:
    """When an organisation that gives notice today leaves: after the longest notice of the agreements in force."""
    rows = AgreementVersion.objects.filter(in_force_on(today), agreement__partnership=partnership)
    days = rows.aggregate(longest=Max("notice_days"))["longest"]
    return today + timedelta(days=days or 0)


def is_own_exit(member: PartnershipMember, user: User) -> bool:
    """Whether somebody speaks for a member that is leaving, and so reads what is still to settle."""
    return member.state in LEAVING and member.pk in own_member_ids(user)


def open_points_of(member: PartnershipMember) -> int:
    """How many points of the checklist are open for a member that is leaving; none for one that is not."""
    if member.state not in LEAVING:
        return 0
    return len(Kind) - ExitStep.objects.filter(member=member, settled_on__isnull=False).count()


def open_tasks_held(member: PartnershipMember) -> list[Hold]:
    """The open tasks of a member: they go to somebody else or are called off before it leaves."""
    tasks = Task.objects.filter(member=member, state__in=OPEN).select_related("partnership").order_by("number", "id")
    return [
        Hold(task.title, space_url("task_detail", slug=task.partnership.slug, number=task.number), stops=True)
        for task in tasks[:MOST_HELD]
    ]


def promises_held(member: PartnershipMember) -> list[Hold]:
    """What a member promised elsewhere than in a task and has neither kept nor been released from."""
    rows = Commitment.objects.filter(member=member, state=Commitment.State.OPEN).order_by("number", "id")
    slug = member.partnership.slug
    return [
        Hold(
            _("Open promise: %(title)s") % {"title": one.title},
            space_url("commitment_detail", slug=slug, number=one.number),
        )
        for one in rows[:MOST_HELD]
    ]


def things_lent(member: PartnershipMember) -> list[Hold]:
    """What of the organisation's own the partnership uses: equipment and places that answer a need."""
    needs = ResourceNeed.objects.filter(
        partnership=member.partnership_id,
        met_by__owner=member.organisation_id,
        met_by__kind__in=[Asset.Kind.EQUIPMENT, Asset.Kind.PLACE],
    )
    slug = member.partnership.slug
    return [
        Hold(
            _("%(thing)s, lent for: %(need)s") % {"thing": need.met_by, "need": need.title},
            space_url("resource_need_detail", slug=slug, resource_need_id=need.pk),
        )
        for need in needs.select_related("met_by").order_by("title", "id")[:MOST_HELD]
    ]


def papers_shelved(member: PartnershipMember) -> list[Hold]:
    """The papers its people put on the shelf, which may hold personal data."""
    accounts = member.representatives.filter(person__user__isnull=False).values("person__user")
    rows = ShelfDocument.objects.filter(partnership=member.partnership_id, created_by__in=accounts, put_away_at=None)
    slug = member.partnership.slug
    return [
        Hold(
            _("On the shelf: %(title)s") % {"title": one.title},
            space_url("shelf_detail", slug=slug, shelf_document_id=one.pk),
        )
        for one in rows.order_by("title", "id")[:MOST_HELD]
    ]


def thanked_in_public(member: PartnershipMember) -> list[Hold]:
    """The thank-yous everybody can read with its name."""
    rows = Recognition.objects.filter(member=member, state=Recognition.State.PUBLISHED).order_by("-published_on", "id")
    url = space_url("thanks_list", slug=member.partnership.slug)
    return [Hold(_("Public thank-you: %(reason)s") % {"reason": one.reason}, url) for one in rows[:MOST_HELD]]


def contacts_held(member: PartnershipMember) -> list[Hold]:
    """That people turn to somebody of it with a worry: two contacts of different organisations must remain (R-X1)."""
    contact = WorryContact.objects.filter(member=member, until=None).select_related("person").first()
    if contact is None:
        return []
    said = _("%(name)s is one of the two people to turn to with a worry. Name somebody of another organisation.")
    url = space_url("worry_contacts", slug=member.partnership.slug)
    stops = severity_of("R-X1", member.partnership.mode) == Severity.BLOCKS
    return [Hold(said % {"name": contact.person}, url, stops=stops)]


def still_speaking(member: PartnershipMember) -> list[Hold]:
    """How many people still get mails for it; their access ends when it has left."""
    count = member.representatives.filter(Q(until=None) | Q(until__gt=timezone.localdate())).count()
    if not count:
        return []
    said = ngettext("%(count)d person still speaks for it.", "%(count)d people still speak for it.", count)
    url = space_url("member_detail", slug=member.partnership.slug, member_id=member.pk)
    return [Hold(said % {"count": count}, url)]


def _row(member: PartnershipMember, kind: Kind, step: ExitStep | None) -> ExitRow:
    return ExitRow(
        kind=kind.value,
        label=str(kind.label),
        note=step.note if step else "",
        settled_on=step.settled_on if step else None,
        settled_by=str(step.settled_by or _("somebody")) if step and step.settled_on else "",
        holds=tuple(holds_of(member, kind)),
    )
