"""Bringing organisations into a partnership, and what becomes of their membership."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.tenancy.keys import new_id
from partnerships.models import AgreementVersion, Partnership, PartnershipMember
from partnerships.operations.agreement_review import make_review_due
from partnerships.queries.exit import end_of_notice, open_points_of
from partnerships.queries.representative import people_to_mail
from partnerships.rules.member import GONE, WITH_REASON, can_move_member
from partnerships.rules.severity import Severity, severity_of
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder_status import make_partner

State = PartnershipMember.State
Cause = AgreementVersion.ReviewCause
ON_THE_WAY_IN = (State.INVITED, State.INTERESTED, State.JOINING)


class MemberRefusedError(Exception):
    """The organisation cannot be asked, or its membership cannot change so; the message says why."""


class LeavesBeforeTodayError(MemberRefusedError):
    """A notice given today would have ended already."""


@transaction.atomic
def invite_member(
    *,
    partnership: Partnership,
    organisation: Stakeholder,
    by: User | None,
    role: str = "",
    seat: str = "",
    is_lead: bool = False,
) -> PartnershipMember:
    """Ask an organisation or group to join; a former member is asked again.

    Refuses a person (people speak for a member, see ``name_representative``) and an organisation that is already
    in: MemberRefusedError.
    """
    if organisation.kind == Stakeholder.Kind.PERSON:
        raise MemberRefusedError(_("Choose an organisation or a group. People speak for one of them."))
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    member = PartnershipMember.objects.filter(partnership=partnership, organisation=organisation).first()
    if member and member.state != State.FORMER:
        raise MemberRefusedError(_("This organisation is already in the partnership."))
    member = member or PartnershipMember(partnership=partnership, organisation=organisation)
    member.state, member.role, member.left_on = State.INVITED, role, None
    member.is_lead, member.seat = is_lead, seat
    member.full_clean()
    member.save()
    if is_lead:
        _lead(member, by=by)
    record("member.invited", member, by=by, scope_id=partnership.scope_id, changes={"role": role})
    return member


@transaction.atomic
def change_member(
    *, member: PartnershipMember, by: User, role: str, is_lead: bool, seat: str = ""
) -> PartnershipMember:
    """Change a member's part; at most one member leads, so a new lead takes the place of the old one."""
    locked = PartnershipMember.objects.select_for_update().get(pk=member.pk)
    changes = changed_fields(locked, {"role": role, "seat": seat, "is_lead": is_lead})
    was_lead = locked.is_lead
    locked.role, locked.seat, locked.is_lead = role, seat, is_lead
    locked.full_clean()
    locked.save(update_fields=["role", "seat", "is_lead"])
    if is_lead != was_lead:
        _lead(locked, by=by)
    record("member.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def move_member(
    *,
    member: PartnershipMember,
    to: str,
    by: User,
    reason: str = "",
    leaves_on: date | None = None,
    today: date | None = None,
) -> PartnershipMember:
    """Move a membership to another state by hand; becoming a member takes a signature instead (P1).

    Why an organisation was suspended or excluded is kept, and mailed to its people. One that gives notice leaves on
    ``leaves_on``, without it after the notice that was agreed (``end_of_notice``).

    Raises MemberRefusedError for a state that does not follow, for a missing reason and, in a full partnership, for
    leaving with points of the exit checklist still open; LeavesBeforeTodayError for a notice that is over already.
    """
    today = today or timezone.localdate()
    if to == State.ON_NOTICE and leaves_on is not None and leaves_on < today:
        raise LeavesBeforeTodayError(_("Choose today or a day to come."))
    locked = PartnershipMember.objects.select_for_update().get(pk=member.pk)
    verdict = can_move_member(state=locked.state, to=to, reason=reason, is_unsettled=_is_unsettled(locked, to))
    if not verdict:
        raise MemberRefusedError(str(verdict.reason))
    told = people_to_mail(locked) if to in WITH_REASON else []
    before, locked.state = locked.state, State(to)
    locked.state_reason = reason.strip()
    locked.left_on = today if to in GONE else None
    ends_on = leaves_on or end_of_notice(locked.partnership, today=today)
    locked.leaves_on = ends_on if to == State.ON_NOTICE else None
    if to in GONE:
        locked.is_lead = False
    locked.full_clean()
    locked.save(update_fields=["state", "state_reason", "left_on", "leaves_on", "is_lead"])
    if to in GONE and before not in ON_THE_WAY_IN:
        make_review_due(partnership=locked.partnership, cause=Cause.MEMBER_LEFT, by=by, today=today)
    for representative in told:
        _tell_why(locked, representative.person)
    # The reason is free text about an organisation; the audit keeps that one was given.
    changes: dict[str, Any] = {"state": [before, to], "reason_given": bool(reason.strip())}
    if locked.leaves_on:
        changes["leaves_on"] = str(locked.leaves_on)
    record("member.moved", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def confirm_member(*, member: PartnershipMember, today: date) -> None:
    """Make a member of an organisation that has just signed; one that is already in stays as it is."""
    if member.state in ON_THE_WAY_IN:
        member.state, member.joined_on = State.MEMBER, member.joined_on or today
        member.save(update_fields=["state", "joined_on"])
        make_review_due(partnership=member.partnership, cause=Cause.MEMBER_JOINED, by=None, today=today)
        make_partner(stakeholder=member.organisation, by=None)


def _is_unsettled(member: PartnershipMember, to: str) -> bool:
    """Whether open points of the exit checklist keep a member from having left, in a partnership where they do."""
    if to != State.FORMER:
        return False
    return severity_of("exit", member.partnership.mode) == Severity.BLOCKS and open_points_of(member) > 0


def _tell_why(member: PartnershipMember, person: Stakeholder) -> None:
    partnership, tenant = member.partnership, tenant_at_work()
    write_mail(
        to=person.email,
        kind="member_moved",
        dedup_key=f"member_moved:{member.pk}:{new_id()}",
        language=person.language or tenant.default_language,
        template="member_moved",
        context={
            "name": person.name,
            "organisation": member.organisation,
            "partnership": partnership,
            "space": tenant,
            "is_excluded": member.state == State.EXCLUDED,
            "reason": member.state_reason,
            "coordinator": partnership.coordinator,
        },
    )


def _lead(member: PartnershipMember, *, by: User | None) -> None:
    """After a member began or ceased to lead: at most one does, and what was agreed is read again (R-A6)."""
    if member.is_lead:
        _keep_one_lead(member)
    make_review_due(partnership=member.partnership, cause=Cause.LEAD_CHANGED, by=by)


def _keep_one_lead(lead: PartnershipMember) -> None:
    PartnershipMember.objects.filter(partnership_id=lead.partnership_id, is_lead=True).exclude(pk=lead.pk).update(
        is_lead=False
    )
