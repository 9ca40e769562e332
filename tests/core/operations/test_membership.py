from datetime import timedelta

import pytest

from core.access.permissions import Permission
from core.access.roles import Role
from core.models import AccessLink, AccessScope, ApiToken, AuditEvent, Grant, Invitation, Membership
from core.operations.invitation import invite_person
from core.operations.link import make_link
from core.operations.membership import RoleRefusedError, end_membership, grant_role, take_role
from core.operations.token import make_token
from core.queries.tenant import root_scope
from tests.factories.core import make_user


def a_scope():
    return AccessScope.objects.create(kind="partnership")


def test_role_above_the_givers_own_is_refused(space, coordinator):
    other = make_user("other@borgo.example")
    with pytest.raises(RoleRefusedError, match="above your own"):
        grant_role(user=other, role=Role.TENANT_ADMIN, scope=root_scope(), by=coordinator)
    assert not Grant.objects.filter(user=other).exists()


def test_role_of_one_partnership_gives_nothing_in_the_whole_space(space):
    own = a_scope()
    local = make_user("local@borgo.example", role=Role.COORDINATOR, scope=own)
    other = make_user("other@borgo.example")
    with pytest.raises(RoleRefusedError):
        grant_role(user=other, role=Role.COORDINATOR, scope=root_scope(), by=local)
    with pytest.raises(RoleRefusedError):
        grant_role(user=other, role=Role.PARTNER_MEMBER, scope=a_scope(), by=local)
    assert grant_role(user=other, role=Role.COORDINATOR, scope=own, by=local).role == Role.COORDINATOR


def test_giving_a_role_twice_changes_and_records_nothing(space, admin, coordinator):
    before = AuditEvent.objects.filter(verb="role.granted").count()
    grant_role(user=coordinator, role=Role.COORDINATOR, scope=root_scope(), by=admin)
    assert AuditEvent.objects.filter(verb="role.granted").count() == before


def test_nobody_takes_a_role_from_someone_above_them(space, admin, coordinator):
    grant = Grant.objects.get(user=admin)
    with pytest.raises(RoleRefusedError, match="above yours"):
        take_role(grant=grant, by=coordinator)
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_coordinator_may_not_end_the_administrators_access(space, admin, coordinator):
    grant_role(user=make_user("second@borgo.example"), role=Role.TENANT_ADMIN, scope=root_scope(), by=admin)
    with pytest.raises(RoleRefusedError):
        end_membership(user=admin, by=coordinator)
    assert Membership.objects.get(user=admin, tenant=space).is_active


def test_last_administrator_stays(space, admin):
    with pytest.raises(RoleRefusedError, match="another administrator"):
        take_role(grant=Grant.objects.get(user=admin), by=admin)
    with pytest.raises(RoleRefusedError):
        end_membership(user=admin, by=admin)
    assert Grant.objects.filter(user=admin, role=Role.TENANT_ADMIN).exists()


def test_closed_account_does_not_count_as_the_other_administrator(space, admin):
    second = make_user("second@borgo.example", role=Role.TENANT_ADMIN)
    second.is_active = False
    second.save()
    with pytest.raises(RoleRefusedError):
        take_role(grant=Grant.objects.get(user=admin), by=admin)


def test_administrator_may_go_when_another_one_is_there(space, admin):
    make_user("second@borgo.example", role=Role.TENANT_ADMIN)
    end_membership(user=admin, by=admin)
    assert not Grant.objects.filter(user=admin).exists()


def test_taking_a_role_that_is_gone_changes_nothing(space, admin, evaluator):
    grant = Grant.objects.get(user=evaluator)
    take_role(grant=grant, by=admin)
    take_role(grant=grant, by=admin)
    assert AuditEvent.objects.filter(verb="role.taken").count() == 1


def test_ended_membership_ends_everything_that_acted_for_the_person(space, admin, evaluator):
    make_token(name="x", permissions=[Permission.SEE_PARTNERSHIP], lasts=timedelta(days=1), by=evaluator)
    invite_person(
        email="friend@borgo.example", name="", role=Role.EVALUATOR, scope=root_scope(), language="en", by=evaluator
    )
    invite_person(email=evaluator.email, name="", role=Role.FUNDER, scope=root_scope(), language="en", by=admin)
    report, _t = make_link(purpose="report", subject_id=space_id(), lasts=timedelta(days=1), by=evaluator)
    task, _t = make_link(purpose="task", subject_id=space_id(), lasts=timedelta(days=1), by=evaluator)
    end_membership(user=evaluator, by=admin)
    assert not Membership.objects.get(user=evaluator, tenant=space).is_active
    assert not ApiToken.objects.filter(user=evaluator).exists()
    assert not Invitation.objects.filter(revoked_at=None).exists()
    assert AccessLink.objects.get(pk=report.pk).revoked_at is not None
    # The partner who got it still has the task to do.
    assert AccessLink.objects.get(pk=task.pk).revoked_at is None
    assert AuditEvent.objects.get(verb="membership.ended").changes == {"user": str(evaluator.pk)}


def test_refused_end_of_membership_takes_nothing(space, admin):
    extra = a_scope()
    grant_role(user=admin, role=Role.COORDINATOR, scope=extra, by=None)
    with pytest.raises(RoleRefusedError):
        end_membership(user=admin, by=admin)
    assert Grant.objects.filter(user=admin).count() == 2


def space_id():
    return AccessScope.objects.get(kind="tenant").pk
