from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from partnerships.models import Commitment, ResourceNeed
from partnerships.operations.commitment import confirm_commitment
from partnerships.operations.member import invite_member
from partnerships.operations.resource_need import (
    NeedRefusedError,
    change_resource_need,
    drop_resource_need,
    meet_resource_need,
    open_resource_need,
    reopen_resource_need,
)
from partnerships.queries.ledger_sources import promised_commitments
from partnerships.rules.authority import LinkHolder
from stakeholders.operations.asset import add_asset
from tests.factories.partnerships import make_partnership, make_representative
from tests.factories.stakeholders import make_stakeholder


@pytest.fixture
def need(space, admin):
    return open_resource_need(partnership=make_partnership(), kind="equipment", title="A van on Saturdays", by=admin)


@pytest.fixture
def van(space, admin):
    return add_asset(owner=make_stakeholder(), by=admin, kind="equipment", title="Van", offered="maybe")


def test_need_is_met_by_a_thing_asked_for_again_and_dropped_each_on_record(need, van, admin):
    assert meet_resource_need(need=need, by=admin, asset=van).met_by == van
    again = reopen_resource_need(need=need, by=admin)
    assert (again.state, again.met_by) == (ResourceNeed.State.OPEN, None)
    assert drop_resource_need(need=need, by=admin).state == ResourceNeed.State.DROPPED
    verbs = (
        AuditEvent.objects.filter(verb__startswith="resource_need.").order_by("at", "id").values_list("verb", flat=True)
    )
    assert [verb.partition(".")[2] for verb in verbs] == ["opened", "met", "reopened", "dropped"]


def test_need_can_be_met_without_naming_what_meets_it(need, admin):
    assert meet_resource_need(need=need, by=admin).met_by is None


def test_what_is_met_or_dropped_is_not_met_or_dropped_again(need, admin):
    meet_resource_need(need=need, by=admin)
    for again in (meet_resource_need, drop_resource_need):
        with pytest.raises(NeedRefusedError):
            again(need=need, by=admin)


def test_open_need_is_not_opened_again(need, admin):
    with pytest.raises(NeedRefusedError):
        reopen_resource_need(need=need, by=admin)


@pytest.mark.parametrize("facts", [{"kind": "place"}, {"offered": "no"}])
def test_thing_of_another_kind_or_one_refused_meets_nothing(need, admin, facts):
    known = {"kind": "equipment", "title": "Hall", "offered": "yes"}
    other = add_asset(owner=make_stakeholder("Other"), by=admin, **known | facts)
    with pytest.raises(NeedRefusedError):
        meet_resource_need(need=need, by=admin, asset=other)
    need.refresh_from_db()
    assert need.state == ResourceNeed.State.OPEN


def test_kind_of_what_a_thing_meets_does_not_change(need, van, admin):
    meet_resource_need(need=need, by=admin, asset=van)
    assert change_resource_need(need=need, by=admin, title="A van").title == "A van"
    with pytest.raises(NeedRefusedError):
        change_resource_need(need=need, by=admin, kind="place")


def test_days_in_the_wrong_order_are_refused(need, admin):
    with pytest.raises(ValidationError):
        change_resource_need(need=need, by=admin, needed_from=date(2026, 12, 2), needed_until=date(2026, 12, 1))


def test_what_a_member_brings_is_a_promise_in_the_ledger_once_it_confirms(need, van, admin):
    member = invite_member(partnership=need.partnership, organisation=van.owner, by=admin)
    lead = make_representative(member)
    change_resource_need(need=need, by=admin, needed_from=date(2030, 12, 1))
    for _again in range(2):
        meet_resource_need(need=need, by=admin, asset=van)
        reopen_resource_need(need=need, by=admin)
    promise = Commitment.objects.get()
    assert (promise.title, promise.source, promise.reference) == ("Van", "offer", "A van on Saturdays")
    assert (promise.state, promise.due_on) == ("proposed", date(2030, 12, 1))
    assert promise.visibility == van.visibility
    assert not promised_commitments().exists()
    confirm_commitment(commitment=promise, by=LinkHolder(person=lead, link_id=lead.pk))
    assert promised_commitments().get().first_agreed_on == date(2030, 12, 1)
