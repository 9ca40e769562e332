import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from goals.models import Endorsement, Goal
from goals.operations.goal import move_goal
from metrics.models import Indicator, Measurement
from metrics.operations.measurement import question_measurement
from partnerships.models import Meeting
from partnerships.operations.decision import record_decision
from stakeholders.models import Affiliation
from stakeholders.operations.profile import Editor, change_profile
from stakeholders.operations.representation import close_representation_audit
from tests.factories.core import make_user
from tests.factories.engagement import make_submission
from tests.factories.funding import make_funder, make_source
from tests.factories.goals import make_asked, make_complete_goal
from tests.factories.meetings import make_meeting
from tests.factories.metrics import make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_task,
)
from tests.factories.reports import make_measured_partnership
from tests.factories.representation import make_counted
from tests.factories.stakeholders import make_stakeholder

START = "/s/borgo/"
DAY = date(2026, 2, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_coordinators_page_costs_the_same_queries_for_one_and_three_tasks(
    space, coordinator, signed_in_as, django_assert_num_queries, count
):
    partnership = make_measured_partnership(coordinator)
    member = make_member(partnership)
    for number in range(count):
        make_task(partnership, f"Task {number}", member=member, state="accepted", due_on=timezone.localdate())
    browser = signed_in_as(coordinator)
    # Six of them are the test's own: savepoint and tenant around the request.
    with django_assert_num_queries(15):
        answer = browser.get(START)
    assert answer.content.decode().count("Task ") >= count


def test_coordinator_reads_what_waits_as_a_sentence(space, coordinator, evaluator, signed_in_as):
    partnership = make_measured_partnership(coordinator)
    make_task(partnership, member=make_member(partnership), state="accepted", due_on=date(2026, 1, 5))
    assert b"1 task is overdue" in signed_in_as(coordinator).get(START).content
    assert b"overdue" not in signed_in_as(evaluator).get(START).content


def test_coordinator_of_one_partnership_is_told_of_no_message_or_value_that_waits_for_others(
    space, coordinator, signed_in_as
):
    make_submission(make_measured_partnership(coordinator), "For somebody else")
    own = make_partnership("own")
    here = make_user("one@borgo.example", role=Role.COORDINATOR, scope=own.scope)
    pages = [signed_in_as(person).get(START).content.decode() for person in (coordinator, here)]
    assert [("1 message from a resident" in page, "2 values wait for a second" in page) for page in pages] == [
        (True, True),
        (False, False),
    ]


def test_whoever_checks_values_finds_those_of_others_and_true_figures(space, coordinator, signed_in_as):
    partnership = make_measured_partnership(coordinator)
    checker = make_user("check@borgo.example", role=Role.EVALUATOR, scope=partnership.scope)
    Measurement.objects.order_by("id").last().delete()
    own = make_measurement(make_indicator(partnership, "N-9"), 4, by=checker)
    page = signed_in_as(checker).get(START).content.decode()
    assert "1 value waits for a second person" in page
    waiting = re.search(r'href="([^"]+)"[^>]*>1 value waits', page)[1]
    listed = signed_in_as(checker).get(waiting).content.decode()
    assert str(own.pk) in listed
    # No count is zero because another one beside it is not the person's, and what is not seen is left out.
    assert "of 1" in page.partition("Goals with a verified value")[2]
    assert ("Residents answered" in page, "Money secured" in page) == (False, False)


def test_coordinator_is_told_of_an_action_for_missing_voices_on_its_day(space, coordinator, evaluator, signed_in_as):
    make_measured_partnership(coordinator)
    past = timezone.localdate() - timedelta(days=60)
    close_representation_audit(
        audit=make_counted(0, 14, 10, audited_on=past),
        missing_voices="The young.",
        action="Two seats",
        action_on=past + timedelta(days=9),
        by=coordinator,
        today=past,
    )
    assert b"1 action for missing voices is due" in signed_in_as(coordinator).get(START).content
    assert b"missing voices" not in signed_in_as(evaluator).get(START).content


def test_coordinator_is_told_of_what_organisations_changed(space, coordinator, evaluator, signed_in_as):
    make_measured_partnership(coordinator)
    change_profile(organisation=make_stakeholder("Library"), editor=Editor(user=evaluator), phone="0555")
    assert b"1 organisation changed its page" in signed_in_as(coordinator).get(START).content
    assert b"changed its page" not in signed_in_as(evaluator).get(START).content


def test_coordinator_is_reminded_of_a_decision_to_look_at_again(space, coordinator, evaluator, signed_in_as):
    partnership = make_measured_partnership(coordinator)
    record_decision(
        partnership=partnership, by=coordinator, title="Share", outcome="decided", review_on=timezone.localdate()
    )
    page = signed_in_as(coordinator).get(START).content.decode()
    assert re.search(r'href="([^"]+)"[^>]*>1 decision is to be looked at again', page)[1].endswith(
        f"/partnerships/{partnership.slug}/decisions/"
    )
    assert b"looked at again" not in signed_in_as(evaluator).get(START).content


def test_empty_space_shows_the_next_step(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).get(START).content
    assert b"Start a partnership" in answer


def test_begun_space_keeps_its_next_step_in_sight(space, coordinator, signed_in_as):
    partnership = make_partnership()
    make_task(partnership, member=None)
    make_commitment(make_member(partnership), "Water the benches")
    answer = signed_in_as(coordinator).get(START).content.decode()
    assert answer.index("Set one goal") < answer.index("btn-primary") < answer.index("Open a page for residents")


def test_partner_sees_own_promises_and_not_the_others(space, signed_in_as):
    partnership = make_partnership()
    member = make_member(partnership, "Ours")
    partner = make_partner(member)
    make_task(partnership, "Our task", member=member, state="accepted", due_on=timezone.localdate())
    make_task(partnership, "Their task", member=make_member(partnership, "Theirs"), state="accepted")
    answer = signed_in_as(partner).get(START).content
    assert b"Our task" in answer
    assert b"Their task" not in answer


def test_partner_is_asked_on_the_first_page_for_its_stand_and_its_numbers(space, coordinator, signed_in_as):
    partnership = make_partnership("own", state="active", mode="full")
    user = make_user("partner@borgo.example", "Luca Serra", role=Role.PARTNER_LEAD, scope=partnership.scope)
    member = make_speaking_member(partnership, user)
    other = make_speaking_member(partnership, coordinator, "Another")
    member.representatives.update(can_commit=True)
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=date(2026, 1, 12))
    make_asked(goal, coordinator)
    indicator = make_indicator(partnership, "N-1")
    for one in (member, other):
        make_measurement(indicator, 3, period=(date(2025, 1, 1), date(2025, 3, 31)), member=one)
    value = Measurement.objects.get(member=member)
    question_measurement(measurement=value, question="Are these all?", by=coordinator)
    browser = signed_in_as(user)
    page = browser.get("/s/borgo/").content.decode()
    assert "where do you stand?" in page
    assert page.count("Are these all?") == 1
    assert f"/measurements/{value.pk}/" in page
    assert f"/endorsement/{Endorsement.objects.get(member=member).pk}/" in page
    assert "1 number is missing" in page
    missing = "/s/borgo/partnerships/own/measurements/grid/?missing=1"
    assert missing in page
    assert browser.get(missing).status_code == 200


def test_funder_is_told_when_there_is_no_report(space, signed_in_as):
    funder = make_user("f@funder.example", role=Role.FUNDER)
    assert b"No report yet" in signed_in_as(funder).get(START).content


def test_first_steps_are_a_partnership_a_promise_a_task_a_goal_and_a_page(space, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)

    def left():
        return re.findall(r'<a class="btn[^"]*" href="/s/borgo/([^"]+)"', browser.get(START).content.decode())

    assert left()[0] == "partnerships/new/?kit=scratch"
    assert len(left()) == 5
    partnership = make_partnership("mill")
    here = "partnerships/mill/"
    assert left() == [f"{here}promises/new/", f"{here}tasks/new/", f"{here}goals/new/", f"{here}edit/"]
    make_task(partnership, "Ask for pots")
    assert f"{here}promises/new/" in left()
    make_commitment(make_member(partnership), "Water the benches")
    assert left() == [f"{here}goals/new/", f"{here}edit/"]


def of_foundation(foundation, email="f@funder.example", **role):
    user = make_user(email, role=Role.FUNDER, **role)
    person = make_person("Fay Funder", email, user=user)
    Affiliation.objects.create(person=person, organisation=foundation)
    return user


def test_funder_reads_what_its_foundation_gives_with_goal_amount_and_state(space, coordinator, signed_in_as):
    partnership = make_measured_partnership(coordinator)
    goal = Goal.objects.get()
    Indicator.objects.update(visibility=Visibility.PUBLIC)
    ours, theirs = make_funder("Our Foundation"), make_funder("Their Foundation")
    shown = {"visibility": Visibility.FUNDERS, "goal": goal}
    make_source(partnership, "Our grant", giver=ours, status="secured", amount_cents=2_500_000, decided_on=DAY, **shown)
    make_source(partnership, "Our hope", giver=ours, amount_cents=70_000, visibility=Visibility.FUNDERS)
    make_source(partnership, "Their grant", giver=theirs, amount_cents=99_900, **shown)
    make_source(partnership, "Our secret", giver=ours, amount_cents=88_800, goal=goal)
    page = signed_in_as(of_foundation(ours)).get(START).content.decode()
    assert "Our grant" in page
    assert "€25,000" in page
    assert "Secured" in page
    assert goal.title in page
    assert "the partnership as a whole" in page
    for hidden in ("Their grant", "Our secret", "€999", "€888"):
        assert hidden not in page


def test_funder_does_not_read_the_goal_that_is_kept_from_funders(space, coordinator, signed_in_as):
    partnership = make_measured_partnership(coordinator)
    goal = Goal.objects.get()
    Goal.objects.update(visibility=Visibility.PARTNERS)
    ours = make_funder("Our Foundation")
    make_source(partnership, "Our grant", giver=ours, goal=goal, visibility=Visibility.FUNDERS)
    page = signed_in_as(of_foundation(ours)).get(START).content.decode()
    assert "Our grant" in page
    assert goal.title not in page


def test_funder_of_one_partnership_reads_nothing_of_another(space, coordinator, signed_in_as):
    one = make_partnership("one", visibility=Visibility.FUNDERS)
    other = make_partnership("other", visibility=Visibility.FUNDERS)
    ours = make_funder("Our Foundation")
    make_source(one, "Grant of one", giver=ours, visibility=Visibility.FUNDERS)
    make_source(other, "Grant of other", giver=ours, visibility=Visibility.FUNDERS)
    page = signed_in_as(of_foundation(ours, scope=one.scope)).get(START).content.decode()
    assert "Grant of one" in page
    assert "Grant of other" not in page


def test_what_goes_out_next_monday_is_shown_before_it_goes(space, coordinator, signed_in_as):
    partnership = make_partnership()
    member = make_member(partnership)
    make_partner(member)
    make_task(partnership, "Coming", member=member, state="accepted", due_on=timezone.localdate() + timedelta(days=9))
    browser = signed_in_as(coordinator)
    assert b"Coming" not in browser.get(f"{START}reminders/").content
    assert b"Coming" in browser.get(f"{START}reminders/?in=3").content


@pytest.mark.parametrize("role", [Role.FUNDER, Role.PARTNER_MEMBER, Role.EVALUATOR])
def test_named_note_taker_finds_the_meeting_on_the_start_page(space, signed_in_as, role):
    elsewhere = make_partnership("elsewhere")
    taker = make_user("taker@x.example", role=role, scope=make_partnership("own").scope)
    person = make_person("Tina Taker", "taker@x.example")
    browser = signed_in_as(taker)
    meeting = make_meeting(elsewhere, "Steering group", state="scheduled", note_taker=person)
    page = browser.get(START).content.decode()
    address = f"/s/borgo/partnerships/elsewhere/meetings/{meeting.number}/run/"
    assert f'href="{address}"' in page
    assert browser.get(address).status_code == 200
    Meeting.objects.update(state="minutes_circulated")
    assert f"/meetings/{meeting.number}/minutes/" in browser.get(START).content.decode()
    Meeting.objects.update(state="minutes_approved")
    assert "Steering group" not in browser.get(START).content.decode()
