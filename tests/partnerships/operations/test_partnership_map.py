"""Maps taken along into a partnership, and the two gates they open."""

from datetime import date

import pytest

from core.models import AuditEvent
from partnerships.gates import gate_states
from partnerships.models import Partnership, PartnershipMap
from partnerships.operations.partnership_map import connect_map, disconnect_map
from stakeholders.models import MapEntry, MapRater
from stakeholders.operations.assessment import assess
from stakeholders.operations.stakeholder_map import add_rater, close_round, put_on_map, set_ring, start_map
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 11, 27)


@pytest.fixture
def orchard(space, admin):
    return start_map(title="Orchard", issue="Who decides about the orchard?", by=admin, today=TODAY)


@pytest.fixture
def partnership(space):
    return make_partnership(state="scoping", mode="full")


def closed(partnership):
    states = gate_states(partnership, Partnership.State.FORMING)
    return {gate.code for gate in states if not gate.is_open} & {"assessed", "affected"}


def test_gates_open_with_somebody_affected_and_with_a_round_that_ended(partnership, orchard, admin, coordinator):
    connect_map(partnership=partnership, found=orchard, by=admin)
    put_on_map(found=orchard, stakeholders=[make_stakeholder()], by=admin, ring=2)
    assert closed(partnership) == {"assessed", "affected"}
    entry = MapEntry.objects.get()
    set_ring(entry=entry, ring=1, by=admin)
    assert closed(partnership) == {"assessed"}
    add_rater(found=orchard, by=admin, user=coordinator)
    for rater in MapRater.objects.all():
        assess(entry=entry, rater=rater, by=admin, today=TODAY, power=3)
    assert closed(partnership) == {"assessed"}
    close_round(found=orchard, by=admin, today=TODAY)
    assert closed(partnership) == set()
    disconnect_map(partnership=partnership, found=orchard, by=admin)
    assert closed(partnership) == {"assessed", "affected"}


def test_map_is_taken_along_once_and_each_step_is_on_record(partnership, orchard, admin):
    for _again in range(2):
        connect_map(partnership=partnership, found=orchard, by=admin)
    assert PartnershipMap.objects.count() == 1
    for _again in range(2):
        disconnect_map(partnership=partnership, found=orchard, by=admin)
    verbs = AuditEvent.objects.filter(verb__startswith="partnership.map_").order_by("at", "id")
    assert [event.verb for event in verbs] == ["partnership.map_connected", "partnership.map_disconnected"]
