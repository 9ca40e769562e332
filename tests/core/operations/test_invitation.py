from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.models import Grant, Invitation, OutboxMail
from core.operations.invitation import (
    InvitationForAnotherAddressError,
    InvitationGoneError,
    accept_invitation,
    invite_person,
    open_invitation,
    revoke_invitation,
)
from core.operations.membership import RoleRefusedError
from core.queries.tenant import root_scope
from core.tenancy.context import tenant_scope
from tests.factories.core import make_space, make_user


def invite(by, email="new@borgo.example", role=Role.EVALUATOR, **more):
    invitation = invite_person(email=email, name="Nora", role=role, scope=root_scope(), language="en", by=by, **more)
    mail = OutboxMail.objects.get(dedup_key=f"invitation:{invitation.pk}")
    token = mail.text.split("/invitation/")[1].split("/")[0]
    return invitation, token


def test_accepting_gives_the_role_once(space, admin):
    _invitation, token = invite(admin)
    person = make_user("new@borgo.example")
    accept_invitation(token=token, by=person)
    assert Grant.objects.get(user=person).role == Role.EVALUATOR
    with pytest.raises(InvitationGoneError):
        accept_invitation(token=token, by=person)


def test_token_is_nowhere_in_the_row(space, admin):
    invitation, token = invite(admin)
    row = Invitation.objects.values().get(pk=invitation.pk)
    assert token not in str(row)
    assert len(token) >= 32


def test_another_address_is_refused_and_the_invitation_stays_open(space, admin):
    _invitation, token = invite(admin)
    stranger = make_user("stranger@borgo.example")
    with pytest.raises(InvitationForAnotherAddressError):
        accept_invitation(token=token, by=stranger)
    assert not Grant.objects.filter(user=stranger).exists()
    assert open_invitation(token).accepted_at is None


def test_invitation_works_for_seven_days_and_no_longer(space, admin):
    invitation, token = invite(admin)
    assert invitation.expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    with pytest.raises(InvitationGoneError):
        open_invitation(token)


def test_inviting_again_ends_the_earlier_link(space, admin):
    _first, old = invite(admin)
    _second, new = invite(admin)
    with pytest.raises(InvitationGoneError):
        open_invitation(old)
    assert open_invitation(new)


def test_revoked_invitation_works_no_more(space, admin):
    invitation, token = invite(admin)
    revoke_invitation(invitation=invitation, by=admin)
    with pytest.raises(InvitationGoneError):
        accept_invitation(token=token, by=make_user("new@borgo.example"))


def test_role_above_the_inviters_own_is_refused(space, coordinator):
    with pytest.raises(RoleRefusedError):
        invite(coordinator, role=Role.TENANT_ADMIN)
    assert not Invitation.objects.exists()


def test_invitation_opens_no_other_tenant(neighbour):
    other = make_space("altrove", "Altrove")
    from core.models import User

    with tenant_scope(neighbour.pk):
        _invitation, token = invite(User.objects.get(email="admin@riverside.example"))
    with tenant_scope(other.pk), pytest.raises(InvitationGoneError):
        open_invitation(token)


def test_mail_speaks_the_language_asked_for_and_names_the_space(space, admin):
    invite(admin)
    mail = OutboxMail.objects.get()
    assert mail.subject == "Admin Borgo Insieme invites you to Borgo Insieme"
    assert "/l/borgo/invitation/" in mail.html
    assert "Evaluator" in mail.text


def test_line_break_in_a_name_stays_out_of_the_subject(space, admin):
    from core.models import User

    User.objects.filter(pk=admin.pk).update(name="Eve\r\nBcc: all@borgo.example")
    admin.refresh_from_db()
    invite(admin)
    subject = OutboxMail.objects.get().subject
    assert "\n" not in subject
    assert "\r" not in subject
