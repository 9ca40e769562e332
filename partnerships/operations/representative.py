"""Naming the people who speak for a member, and giving or ending their access."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.roles import Role
from core.models import Grant, Invitation, User
from core.operations.audit import record
from core.operations.invitation import invite_person
from core.operations.membership import grant_role, note_role_change
from core.queries.tenant import tenant_at_work
from partnerships.models import PartnershipMember, Representative, WorryContact
from partnerships.operations.worry import tell_who_was_left_alone
from partnerships.queries.representative import representations_of
from partnerships.rules.member import can_act_for_member
from partnerships.rules.severity import Severity, severity_of
from stakeholders.models import Affiliation, Stakeholder
from stakeholders.operations.stakeholder import add_stakeholder

# A night may be missed, not a month of them.
LOOKED_BACK = timedelta(days=60)


class RepresentativeRefusedError(Exception):
    """The person cannot speak for the member, or cannot be invited; the message says why."""


def role_for(*, can_commit: bool) -> Role:
    """The role of a person who speaks for a member."""
    return Role.PARTNER_LEAD if can_commit else Role.PARTNER_MEMBER


@transaction.atomic
def name_representative(
    *,
    member: PartnershipMember,
    person: Stakeholder,
    can_commit: bool,
    by: User | None,
    until: date | None = None,
    today: date | None = None,
) -> Representative:
    """Let a person speak for a member; again for one who already does, it changes whether they may commit.

    ``until`` is the first day on which they do not any more, when their term is known.

    A person with an account gets the role in this partnership at once. Refuses an organisation in the person's
    place, a member that left and a term that is over: RepresentativeRefusedError.
    """
    day = today or timezone.localdate()
    if until is not None and until <= day:
        raise RepresentativeRefusedError(_("Choose a day to come for the end of the term."))
    if person.kind != Stakeholder.Kind.PERSON:
        raise RepresentativeRefusedError(_("Choose a person. An organisation speaks through its people."))
    locked = PartnershipMember.objects.select_for_update().get(pk=member.pk)
    if not (verdict := can_act_for_member(state=locked.state)):
        raise RepresentativeRefusedError(str(verdict.reason))
    found, _created = Representative.objects.update_or_create(
        member=locked,
        person=person,
        defaults={"can_commit": can_commit, "since": day, "until": until},
    )
    Affiliation.objects.get_or_create(person=person, organisation=locked.organisation)
    if person.user is not None:
        _give_role(found, user=person.user, by=by)
    changes = {"member": str(locked.pk), "can_commit": can_commit}
    record("representative.named", found, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return found


@transaction.atomic
def name_new_representative(
    *,
    member: PartnershipMember,
    name: str,
    email: str,
    can_commit: bool,
    by: User | None,
    language: str = "",
    until: date | None = None,
) -> Representative:
    """Let a person speak for a member who may not be known yet; a known address is the person already listed."""
    person = (
        Stakeholder.objects.filter(kind=Stakeholder.Kind.PERSON, email=email.strip().lower(), merged_into=None)
        .order_by("id")
        .first()
    )
    if person is None:
        person = add_stakeholder(
            kind=Stakeholder.Kind.PERSON, name=name, email=email.strip().lower(), language=language, by=by
        )
    return name_representative(member=member, person=person, can_commit=can_commit, until=until, by=by)


@transaction.atomic
def end_representation(*, representative: Representative, by: User | None, today: date | None = None) -> Representative:
    """End a person's speaking for a member: roles in the partnership go, unless they speak for another member too.

    One of the two people to turn to with a worry is so no longer. Raises RepresentativeRefusedError for them in a full
    partnership: somebody else is named first (R-X1).
    """
    locked = Representative.objects.select_for_update(of=("self",)).get(pk=representative.pk)
    _end_being_turned_to(locked, today=today or timezone.localdate())
    locked.until = today or timezone.localdate()
    locked.save(update_fields=["until"])
    scope = locked.member.partnership.scope
    _take_access(locked)
    Invitation.objects.filter(email__iexact=locked.person.email, scope=scope, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    record("representative.ended", locked, by=by, scope_id=scope.pk, changes={"member": str(locked.member_id)})
    return locked


def _end_being_turned_to(representative: Representative, *, today: date) -> None:
    contact = _turned_to(representative)
    if not contact.exists():
        return
    if severity_of("R-X1", representative.member.partnership.mode) == Severity.BLOCKS:
        raise RepresentativeRefusedError(
            _("This person is one of the two people to turn to with a worry. Name somebody else for that first.")
        )
    contact.update(until=today)
    tell_who_was_left_alone(today=today)


def _turned_to(representative: Representative) -> QuerySet[WorryContact]:
    return WorryContact.objects.filter(member=representative.member_id, person=representative.person_id, until=None)


def end_terms(*, today: date) -> int:
    """Take the access of those whose term ended lately; safe to run twice. Returns how many terms it looked at.

    That they speak for nobody any more goes by the day alone; who is turned to with a worry is so no longer.
    """
    rows = Representative.objects.filter(until__lte=today, until__gt=today - LOOKED_BACK)
    ended = rows.select_related("person__user", "member__partnership__scope").order_by("id")
    for representative in ended:
        _take_access(representative)
        _turned_to(representative).update(until=today)
    return len(ended)


def _take_access(representative: Representative) -> None:
    """Roles in the partnership go from who speaks for no member of it any more."""
    partnership = representative.member.partnership
    for user in _accounts_of(representative):
        if not representations_of(user).filter(member__partnership_id=partnership.pk).exists():
            roles = [Role.PARTNER_LEAD, Role.PARTNER_MEMBER]
            Grant.objects.filter(user=user, scope_id=partnership.scope_id, role__in=roles).delete()
            note_role_change(user)


@transaction.atomic
def invite_representative(*, representative: Representative, by: User) -> Invitation:
    """Invite a person to sign in for their organisation.

    Refuses a person without an address, one who does not want to be contacted, and one who already signs in:
    RepresentativeRefusedError. Raises RoleRefusedError as ``invite_person``.
    """
    person = representative.person
    if not person.email:
        raise RepresentativeRefusedError(_("Add an e-mail address first."))
    if person.do_not_contact:
        raise RepresentativeRefusedError(_("This person does not want to be contacted."))
    scope = representative.member.partnership.scope
    role = role_for(can_commit=representative.can_commit)
    if Grant.objects.filter(user__in=_accounts_of(representative), scope=scope, role=role).exists():
        raise RepresentativeRefusedError(_("This person already signs in for the organisation."))
    return invite_person(
        email=person.email,
        name=person.name,
        role=role,
        scope=scope,
        language=person.language or tenant_at_work().default_language,
        by=by,
    )


def _accounts_of(representative: Representative) -> list[User]:
    person = representative.person
    if person.user is not None:
        return [person.user]
    return list(User.objects.filter(email=person.email.lower())) if person.email else []


def _give_role(representative: Representative, *, user: User, by: User | None) -> None:
    scope = representative.member.partnership.scope
    role = role_for(can_commit=representative.can_commit)
    other = role_for(can_commit=not representative.can_commit)
    _take_unused(user, scope.pk, other)
    grant_role(user=user, role=role, scope=scope, by=by)


def _take_unused(user: User, scope_id: uuid.UUID, role: Role) -> None:
    """Who no longer commits for any member loses the stronger role; the weaker one is contained in it anyway."""
    if role == Role.PARTNER_LEAD:
        commits = Representative.objects.filter(person__user=user, member__partnership__scope_id=scope_id)
        speaks_on = Q(until=None) | Q(until__gt=timezone.localdate())
        if not commits.filter(speaks_on, can_commit=True).exists():
            Grant.objects.filter(user=user, scope_id=scope_id, role=role).delete()
            note_role_change(user)
