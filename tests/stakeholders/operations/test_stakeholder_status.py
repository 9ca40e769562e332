from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from partnerships.operations.member import confirm_member, invite_member
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.operations.stakeholder_status import StatusRefusedError, make_partner, move_stakeholder
from stakeholders.rules.merge import FAR_ALONG
from stakeholders.rules.stakeholder_status import NEXT, can_move_status, next_statuses
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 11, 27)


def test_every_state_has_its_ways_on_and_its_place_in_a_merge():
    assert NEXT.keys() == FAR_ALONG.keys() == set(Stakeholder.Status.values)


def test_nobody_is_made_a_partner_by_hand():
    assert all(Stakeholder.Status.PARTNER not in next_statuses(state) for state in NEXT)
    assert not can_move_status(current="invited", to="partner", ask_again_on=None, today=TODAY)


@pytest.mark.parametrize("state", ["declined", "dormant"])
@pytest.mark.parametrize(
    ("until", "allowed"), [(None, False), (TODAY + timedelta(days=1), False), (TODAY, True), (date(2026, 1, 1), True)]
)
def test_whoever_rests_is_approached_again_only_after_the_day(state, until, allowed):
    assert bool(can_move_status(current=state, to="approached", ask_again_on=until, today=TODAY)) is allowed


def test_move_is_made_and_told(space, admin):
    moved = move_stakeholder(stakeholder=make_stakeholder(status="in_dialogue"), to="declined", by=admin, today=TODAY)
    assert (moved.status, moved.ask_again_on) == ("declined", TODAY + timedelta(days=180))
    assert AuditEvent.objects.get(verb="stakeholder.moved").changes == {"status": ["in_dialogue", "declined"]}
    again = move_stakeholder(stakeholder=moved, to="approached", by=admin, today=TODAY + timedelta(days=180))
    assert (again.status, again.ask_again_on) == ("approached", None)


@pytest.mark.parametrize("to", ["partner", "invited", "dormant"])
def test_move_that_does_not_follow_is_refused(space, admin, to):
    stakeholder = make_stakeholder()
    with pytest.raises(StatusRefusedError):
        move_stakeholder(stakeholder=stakeholder, to=to, by=admin)
    with pytest.raises(ValidationError):
        change_stakeholder(stakeholder=stakeholder, status=to, by=admin)
    stakeholder.refresh_from_db()
    assert stakeholder.status == "identified"


def test_signing_makes_a_partner_once(space, admin):
    organisation = make_stakeholder(status="declined")
    member = invite_member(partnership=make_partnership(), organisation=organisation, by=admin)
    confirm_member(member=member, today=TODAY)
    organisation.refresh_from_db()
    assert organisation.status == "partner"
    make_partner(stakeholder=organisation, by=admin)
    assert AuditEvent.objects.filter(verb="stakeholder.moved").count() == 1
