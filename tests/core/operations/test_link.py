import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink
from core.operations.link import (
    RENEWALS_PER_DAY,
    RENEWALS_PER_HOUR,
    LinkExpiredError,
    LinkUnknownError,
    count_use,
    draft_link,
    link_to_renew,
    make_link,
    open_link,
    revoke_link,
    revoke_links_to,
    store_links,
)
from core.operations.rate import TooOftenError


def a_link(**more):
    return make_link(purpose="task", subject_id=uuid.uuid4(), lasts=timedelta(days=1), by=None, **more)


def test_opening_changes_nothing(space):
    link, token = a_link()
    before = AccessLink.objects.values().get(pk=link.pk)
    open_link(token, purpose="task")
    assert AccessLink.objects.values().get(pk=link.pk) == before
    assert token not in str(before)


def test_expired_link_says_whom_it_was_for(space):
    link, token = a_link(recipient_email="partner@borgo.example", now=timezone.now() - timedelta(days=2))
    with pytest.raises(LinkExpiredError) as expired:
        open_link(token, purpose="task")
    assert expired.value.link == link


def test_revoked_link_is_expired_at_once(space):
    link, token = a_link()
    revoke_link(link=link)
    with pytest.raises(LinkExpiredError):
        open_link(token, purpose="task")


def test_all_links_to_one_thing_end_together(space):
    link, token = a_link()
    _other, other_token = a_link()
    assert revoke_links_to(link.subject_id, purpose="task") == 1
    with pytest.raises(LinkExpiredError):
        open_link(token, purpose="task")
    assert open_link(other_token, purpose="task")


def test_use_is_counted(space):
    link, _token = a_link()
    count_use(link)
    count_use(link)
    link.refresh_from_db()
    assert link.uses == 2


def test_guess_is_unknown(space):
    with pytest.raises(LinkUnknownError):
        open_link("x" * 32, purpose="task")


def test_drafted_links_open_nothing_before_they_are_stored(space, django_assert_num_queries):
    terms = {"purpose": "task", "lasts": timedelta(days=1), "by": None}
    with django_assert_num_queries(0):
        drafts = [draft_link(subject_id=uuid.uuid4(), **terms) for _number in range(3)]
    with pytest.raises(LinkUnknownError):
        open_link(drafts[0][1], purpose="task")
    with django_assert_num_queries(1):
        store_links([link for link, _token in drafts])
    assert [open_link(token, purpose="task") for _link, token in drafts] == [link for link, _token in drafts]


def ended(address="partner@borgo.example"):
    return a_link(recipient_email=address, now=timezone.now() - timedelta(days=2))


def test_only_an_ended_link_of_the_same_kind_is_renewed(space):
    link, token = ended()
    _works, working = a_link()
    assert link_to_renew(token, purpose="task") == link
    assert link_to_renew(working, purpose="task") is None
    assert link_to_renew(token, purpose="signature") is None
    assert link_to_renew("nothing", purpose="task") is None


def test_link_is_renewed_three_times_an_hour_and_an_address_six_times_a_day(space):
    _link, token = ended()
    for _unused in range(RENEWALS_PER_HOUR):
        link_to_renew(token, purpose="task")
    with pytest.raises(TooOftenError):
        link_to_renew(token, purpose="task")
    others = [ended()[1] for _unused in range(RENEWALS_PER_DAY - RENEWALS_PER_HOUR + 1)]
    for other in others[:-1]:
        link_to_renew(other, purpose="task")
    with pytest.raises(TooOftenError):
        link_to_renew(others[-1], purpose="task")
