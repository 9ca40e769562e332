import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from partnerships.gates import gate_states
from partnerships.models import Partnership
from partnerships.operations.partnership import (
    TransitionRefusedError,
    change_partnership,
    move_partnership,
    start_partnership,
)
from tests.factories.partnerships import make_partnership


def test_partnership_starts_as_idea_with_a_scope_and_an_audit_event(space, admin):
    partnership = start_partnership(name="Orti", slug="orti", by=admin)
    assert partnership.state == Partnership.State.IDEA
    assert partnership.scope.kind == "partnership"
    assert AuditEvent.objects.get(subject_id=partnership.pk).actor == admin


def test_second_partnership_with_the_same_slug_is_refused(space):
    make_partnership("orti")
    with pytest.raises(ValidationError, match="already has this short name"):
        make_partnership("orti")


def test_move_is_refused_when_a_gate_is_closed(space, admin):
    partnership = make_partnership(purpose="", territory="Borgo")
    with pytest.raises(TransitionRefusedError) as refusal:
        move_partnership(partnership=partnership, to="scoping", by=admin)
    assert [gate.code for gate in refusal.value.closed][:1] == ["purpose"]
    partnership.refresh_from_db()
    assert partnership.state == "idea"


def test_closed_gate_is_passed_with_a_written_reason_that_is_kept(space, admin):
    partnership = make_partnership(purpose="", territory="Borgo")
    move_partnership(partnership=partnership, to="scoping", by=admin, reason="The council asked us to begin")
    kept = AuditEvent.objects.get(verb="partnership.moved").changes
    assert "purpose" in kept["gates_passed"]
    assert kept["reason"] == "The council asked us to begin"


def test_state_that_does_not_follow_is_refused_even_with_a_reason(space, admin):
    with pytest.raises(TransitionRefusedError):
        move_partnership(partnership=make_partnership(), to="closed", by=admin, reason="We are in a great hurry")


def test_end_before_start_is_refused_and_nothing_changes(space, admin):
    partnership = make_partnership(starts_on="2026-05-01")
    with pytest.raises(ValidationError, match="after the start"):
        change_partnership(partnership=partnership, by=admin, ends_on="2026-04-01")
    partnership.refresh_from_db()
    assert partnership.ends_on is None


def closed(partnership, to):
    return {gate.code for gate in gate_states(partnership, Partnership.State(to)) if not gate.is_open}


def test_scoping_to_forming_asks_why_nothing_lighter_would_do(space, admin):
    partnership = make_partnership(state="scoping", mode="full")
    assert "why_partnership" in closed(partnership, "forming")
    partnership.why_partnership = "The bus needs the town, the school and us."
    assert "why_partnership" not in closed(partnership, "forming")


def test_forming_to_active_asks_for_two_people_and_a_rhythm(space, admin, coordinator):
    partnership = make_partnership(state="forming", mode="full", coordinator=admin)
    assert {"people", "rhythm"} <= closed(partnership, "active")
    partnership.deputy, partnership.rhythm = coordinator, "monthly"
    assert not {"people", "rhythm"} & closed(partnership, "active")


def test_deputy_is_somebody_else(space, admin):
    with pytest.raises(ValidationError, match="another person"):
        make_partnership(coordinator=admin, deputy=admin)


def test_light_partnership_is_warned_where_a_full_one_is_stopped(space, admin):
    light, full = (make_partnership(mode, mode=mode, state="forming") for mode in ("light", "full"))
    with pytest.raises(TransitionRefusedError) as refusal:
        move_partnership(partnership=full, to="active", by=admin)
    assert "agreement" in {gate.code for gate in refusal.value.closed}
    move_partnership(partnership=light, to="active", by=admin)
    kept = AuditEvent.objects.get(verb="partnership.moved").changes
    assert "agreement" in kept["gates_passed"]


def test_light_partnership_needs_its_one_sentence_all_the_same(space, admin):
    with pytest.raises(TransitionRefusedError):
        move_partnership(partnership=make_partnership(mode="light", purpose=""), to="scoping", by=admin)
