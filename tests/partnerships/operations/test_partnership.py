from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.models import AuditEvent
from partnerships.gates import gate_states
from partnerships.models import ClosingStep, Partnership, PartnershipMember, Signature
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.closing import ClosingRefusedError, settle_closing_step
from partnerships.operations.decision import record_decision, take_decision
from partnerships.operations.partnership import (
    TransitionRefusedError,
    change_partnership,
    move_partnership,
    start_partnership,
)
from partnerships.operations.signature import accept_agreement
from partnerships.queries.partnership_review import partnership_due_items, partnership_reviews
from partnerships.rules.partnership import review_due_on
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


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


def test_pause_is_no_way_around_what_is_asked_before_being_active(space, admin):
    partnership = make_partnership(mode="full", state="forming")
    move_partnership(partnership=partnership, to="paused", by=admin)
    with pytest.raises(TransitionRefusedError) as refusal:
        move_partnership(partnership=partnership, to="active", by=admin)
    assert {"agreement", "people", "rhythm"} <= {gate.code for gate in refusal.value.closed}
    move_partnership(partnership=partnership, to="active", by=admin, reason="The town council waits for us")
    assert Partnership.objects.get().state == "active"


def test_one_member_that_signed_two_agreements_is_one(space, admin):
    partnership = make_partnership(state="forming")
    member = make_member(partnership)
    lead = make_partner(member)
    for _number in range(2):
        signed(make_agreement(partnership), [(member, lead)], admin)
    assert "agreement" in closed(partnership, "active")
    other = make_member(partnership, "Other")
    signed(make_agreement(partnership), [(other, make_partner(other, "other@riva.example"))], admin)
    assert "agreement" not in closed(partnership, "active")
    PartnershipMember.objects.filter(pk=other.pk).update(state="excluded")
    assert "agreement" in closed(partnership, "active")


def signed(version, parties, admin):
    opened = open_agreement_for_signing(version=version, members=[member for member, _lead in parties], by=admin)
    for member, lead in parties:
        accept_agreement(
            signature=Signature.objects.get(version=opened, member=member),
            by=lead,
            name="Anna Riva",
            capacity="President",
            hash_seen=opened.text_sha256,
        )


def test_review_ends_with_what_follows_from_it_decided(space, admin):
    partnership = make_partnership(mode="full", state="active")
    record_decision(partnership=partnership, title="We go on", outcome="decided", about="review", by=admin, today=MAY)
    move_partnership(partnership=partnership, to="under_review", by=admin, today=JUNE)
    with pytest.raises(TransitionRefusedError) as refusal:
        move_partnership(partnership=partnership, to="active", by=admin, today=JUNE)
    # What was decided after the review of last year does not count again.
    assert [gate.code for gate in refusal.value.closed] == ["review"]
    record_decision(partnership=partnership, title="We grow", outcome="decided", by=admin, today=JUNE)
    assert "review" in closed(Partnership.objects.get(), "active")
    record_decision(partnership=partnership, title="We grow", outcome="decided", about="review", by=admin, today=JUNE)
    move_partnership(partnership=partnership, to="active", by=admin, today=JUNE)
    assert Partnership.objects.get().state_since == JUNE


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ({"state_since": MAY, "starts_on": date(2019, 1, 1)}, date(2027, 5, 4)),
        ({"state_since": MAY, "reviewed_on": JUNE}, date(2027, 6, 1)),
        ({"state_since": JUNE, "reviewed_on": MAY}, date(2027, 6, 1)),
        ({"state_since": MAY, "ends_on": date(2026, 12, 31)}, date(2026, 12, 31)),
        ({"starts_on": date(2024, 2, 29)}, date(2025, 2, 28)),
        ({}, None),
        ({"state": "under_review", "state_since": MAY}, None),
    ],
)
def test_day_of_the_next_review(days, due):
    known = {"state": "active", "state_since": None, "starts_on": None, "ends_on": None, "reviewed_on": None}
    assert review_due_on(**known | days) == due


def test_coordination_is_reminded_of_the_yearly_review_until_it_is_decided_what_follows(
    space, coordinator, admin, signed_in_as
):
    partnership = make_partnership("own", state="active", coordinator=coordinator)
    Partnership.objects.update(state_since=date(2020, 5, 4))
    partnership.refresh_from_db()
    due = date(2021, 5, 4)
    assert partnership_due_items(today=due - timedelta(days=91)) == []
    (item,) = partnership_due_items(today=due - timedelta(days=60))
    assert (item.step, item.due_on, item.person_id) == ("review_60", due, coordinator.pk)
    assert item.title == "Review of the partnership “Own”"
    with translation.override("it"):
        assert item.title == "Verifica della partnership «Own»"
    meeting = make_meeting(partnership)
    offered = [(found.code, found.why) for found in partnership_reviews(meeting, due)]
    assert offered == [
        (f"review:{partnership.pk}:2021-05-04", "It is reviewed together once a year: due on 4 May 2021")
    ]
    desk = signed_in_as(coordinator)
    assert "due on 4 May 2021. Look together" in desk.get("/s/borgo/partnerships/own/").content.decode()
    assert desk.get("/s/borgo/api/v1/partnerships/own/").json()["review_due_on"] == "2021-05-04"
    move_partnership(partnership=partnership, to="under_review", by=admin, today=due)
    meeting.refresh_from_db()
    assert [found.why for found in partnership_reviews(meeting, due)] == [
        "The partnership is under review: decide together what follows from it"
    ]
    record_decision(partnership=partnership, title="We go on", outcome="decided", about="review", by=admin, today=due)
    move_partnership(partnership=partnership, to="active", by=admin, today=due)
    assert partnership_due_items(today=due) == []
    assert "due on 4 May 2022" in desk.get("/s/borgo/partnerships/own/").content.decode()


@pytest.mark.parametrize("state", ["idea", "scoping", "forming", "active", "under_review", "paused"])
def test_ending_is_decided_before_it_begins_or_a_reason_is_written(space, admin, state):
    partnership = make_partnership(mode="full", state=state)
    with pytest.raises(TransitionRefusedError) as refusal:
        move_partnership(partnership=partnership, to="winding_down", by=admin)
    assert [gate.code for gate in refusal.value.closed] == ["ending"]
    proposal = record_decision(partnership=partnership, title="We end", about="ending", by=admin, method="consent")
    assert "ending" in closed(partnership, "winding_down")
    take_decision(decision=proposal, outcome="decided", by=admin)
    move_partnership(partnership=partnership, to="winding_down", by=admin)


def test_light_partnership_is_only_told_that_ending_was_not_decided(space, admin):
    partnership = make_partnership(mode="light", state="active")
    move_partnership(partnership=partnership, to="winding_down", by=admin)
    move_partnership(partnership=partnership, to="closed", by=admin)
    kept = AuditEvent.objects.filter(verb="partnership.moved").order_by("at", "id")
    assert [event.changes["gates_passed"] for event in kept] == [["ending"], ["closing"]]


def test_partnership_is_closed_when_everything_is_settled(space, admin):
    partnership = make_partnership(mode="full", state="active")
    with pytest.raises(ClosingRefusedError, match="not winding down"):
        settle_closing_step(partnership=partnership, kind="money", by=admin)
    move_partnership(partnership=partnership, to="winding_down", by=admin, reason="The school closes in June")
    for kind in ClosingStep.Kind:
        assert "closing" in closed(Partnership.objects.get(), "closed")
        note = "Begin with the parents" if kind == "lesson" else ""
        settle_closing_step(partnership=partnership, kind=kind, by=admin, note=note)
    with pytest.raises(ClosingRefusedError, match="what was learned"):
        settle_closing_step(partnership=partnership, kind="lesson", by=admin)
    move_partnership(partnership=partnership, to="closed", by=admin)
    assert AuditEvent.objects.filter(verb="partnership.closing_settled").count() == 7
