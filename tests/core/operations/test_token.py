from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.permissions import Permission
from core.models import ApiToken, AuditEvent, User
from core.operations.invitation import InvitationGoneError, open_invitation
from core.operations.link import LinkUnknownError, hash_of, make_link, open_link
from core.operations.token import live_token, make_token, note_use, revoke_token
from core.tenancy.context import tenant_scope
from tests.core.conftest import outside_any_tenant


def a_token(by, **more):
    return make_token(name="Site", permissions=[Permission.SEE_PARTNERSHIP], lasts=timedelta(days=30), by=by, **more)


def test_text_is_stored_only_as_hash(space, admin):
    token, text = a_token(admin)
    assert text not in str(ApiToken.objects.values().get())
    # 256 bits of chance after the prefix.
    assert len(text) >= len("tlo_") + 43
    assert live_token(text) == token


def test_revoked_expired_and_ownerless_tokens_are_dead(space, admin):
    token, text = a_token(admin)
    revoke_token(token=token, by=admin)
    assert live_token(text) is None
    late, late_text = a_token(admin)
    ApiToken.objects.filter(pk=late.pk).update(expires_at=timezone.now())
    assert live_token(late_text) is None
    _closed, closed_text = a_token(admin)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    assert live_token(closed_text) is None


def test_token_is_unknown_in_another_tenant(space, admin, neighbour):
    _token, text = a_token(admin)
    assert live_token(text)

    def elsewhere():
        with tenant_scope(neighbour.pk):
            return live_token(text)

    assert outside_any_tenant(elsewhere) is None


def test_revoking_twice_is_recorded_once(space, admin):
    token, _text = a_token(admin)
    revoke_token(token=token, by=admin)
    revoke_token(token=token, by=admin)
    assert AuditEvent.objects.filter(verb="token.revoked").count() == 1


def test_use_is_noted_by_the_day(space, admin, django_assert_num_queries):
    token, _text = a_token(admin)
    today = timezone.localdate()
    note_use(token, today=today)
    token.refresh_from_db()
    assert token.last_used_on == today
    with django_assert_num_queries(0):
        note_use(token, today=today)


PURPOSES = ["api", "invitation", "task", "report", "feedback"]


def test_each_purpose_salts_its_own_hash():
    assert len({hash_of("same", purpose=purpose) for purpose in PURPOSES}) == len(PURPOSES)


@pytest.mark.parametrize("made_for", ["task", "report"])
def test_link_of_one_purpose_opens_nothing_of_another(space, admin, made_for):
    _link, text = make_link(purpose=made_for, subject_id=space_id(), lasts=timedelta(days=1), by=admin)
    assert open_link(text, purpose=made_for)
    for other in set(PURPOSES) - {made_for}:
        with pytest.raises(LinkUnknownError):
            open_link(text, purpose=other)
    with pytest.raises(InvitationGoneError):
        open_invitation(text)
    assert live_token(text) is None


def test_api_token_opens_no_link(space, admin):
    _token, text = a_token(admin)
    for purpose in PURPOSES:
        with pytest.raises(LinkUnknownError):
            open_link(text, purpose=purpose)
    with pytest.raises(InvitationGoneError):
        open_invitation(text)


def space_id():
    from core.queries.tenant import root_scope

    return root_scope().pk
