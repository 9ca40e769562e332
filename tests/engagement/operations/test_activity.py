from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import AuditEvent, OutboxMail
from engagement.models import ActivityAnswer, EngagementActivity, Level, Theme
from engagement.operations.activity import (
    ActivityRefusedError,
    add_quote,
    announce_activity,
    answer_activity,
    cancel_activity,
    change_activity,
    close_activity,
    hold_activity,
    plan_activity,
    publish_summary,
    remove_quote,
)
from engagement.queries.report_back_due import report_back_due_items
from partnerships.models import Partnership
from partnerships.queries.due import Step
from tests.factories.activities import announce, begin, come, plan
from tests.factories.engagement import make_public_partnership, make_theme

State = EngagementActivity.State


@pytest.fixture
def partnership(space):
    return make_public_partnership(mode=Partnership.Mode.FULL)


def published_theme(partnership):
    return make_theme(
        partnership, outcome=Theme.Outcome.NOT_POSSIBLE, answer_en="No", published_on=timezone.localdate()
    )


def summarised(partnership, by, **fields):
    activity = hold_activity(activity=begin(announce(partnership, by, **fields)), head_count=31, by=by)
    return publish_summary(activity=activity, summary="People want light", names_checked=True, by=by)


def test_planned_activities_are_numbered_and_promise_to_report_back(partnership):
    first, second = plan(partnership), plan(partnership, level=Level.TELLING)
    assert (first.number, second.number) == (1, 2)
    assert first.report_back_by == timezone.localdate(first.ends_at) + timedelta(days=30)
    assert second.report_back_by is None


def test_planning_refuses_an_end_before_the_beginning_and_a_goal_of_elsewhere(partnership):
    starts = timezone.now() + timedelta(days=20)
    with pytest.raises(ValidationError):
        plan(partnership, starts_at=starts, ends_at=starts - timedelta(hours=1))
    with pytest.raises(ValidationError):
        plan_activity(partnership=partnership, by=None, title="", question="Which?")


def test_full_partnership_is_stopped_and_a_light_one_warned(partnership, coordinator):
    soon = timezone.now() + timedelta(days=3)
    activity = plan(partnership, starts_at=soon, what_is_open="")
    with pytest.raises(ActivityRefusedError) as refusal:
        announce_activity(activity=activity, by=coordinator)
    assert {one.code for one in refusal.value.findings} == {"R-E2", "R-E3"}
    Partnership.objects.filter(pk=partnership.pk).update(mode=Partnership.Mode.LIGHT)
    announced, findings = announce_activity(activity=activity, by=coordinator)
    assert announced.state == State.ANNOUNCED
    assert {one.code for one in findings} == {"R-E2", "R-E3"}
    assert AuditEvent.objects.get(verb="activity.announced").changes == {"warned": ["R-E2", "R-E3"]}


def test_announcing_twice_or_without_a_day_is_refused(partnership, coordinator):
    activity = announce(partnership, coordinator)
    with pytest.raises(ActivityRefusedError):
        announce_activity(activity=activity, by=coordinator)
    with pytest.raises(ActivityRefusedError):
        announce_activity(activity=plan(partnership, starts_at=None), by=coordinator)


def test_announced_promise_does_not_become_smaller_than_its_rules(partnership, coordinator):
    activity = announce(partnership, coordinator)
    with pytest.raises(ActivityRefusedError):
        change_activity(activity=activity, by=coordinator, report_back_by=None)
    with pytest.raises(ActivityRefusedError):
        change_activity(activity=activity, by=coordinator, what_is_open="")


def test_move_is_told_to_everybody_who_registered_and_other_changes_are_not(partnership, coordinator):
    activity = announce(partnership, coordinator)
    come(activity)
    OutboxMail.objects.all().delete()
    changed = change_activity(activity=activity, by=coordinator, languages="Italian, Arabic")
    assert (changed.sequence, OutboxMail.objects.count()) == (0, 0)
    moved = change_activity(activity=activity, by=coordinator, place="School")
    mail = OutboxMail.objects.get()
    assert moved.sequence == 1
    assert "Something changed" in mail.subject
    assert "School" in mail.text
    assert "SEQUENCE:1" in mail.calendar
    change_activity(activity=activity, by=coordinator, place="School")
    assert OutboxMail.objects.count() == 1


def test_loop_goes_from_held_to_closed_only_with_what_came_of_it(partnership, coordinator):
    activity = announce(partnership, coordinator)
    with pytest.raises(ActivityRefusedError):
        hold_activity(activity=activity, head_count=3, by=coordinator)
    activity = hold_activity(activity=begin(activity), head_count=31, by=coordinator)
    with pytest.raises(ActivityRefusedError):
        publish_summary(activity=activity, summary="Light", names_checked=False, by=coordinator)
    activity = publish_summary(activity=activity, summary="Light", names_checked=True, by=coordinator)
    assert (activity.state, activity.names_checked_by) == (State.SUMMARISED, coordinator)
    with pytest.raises(ActivityRefusedError):
        close_activity(activity=activity, by=coordinator)
    answer_activity(activity=activity, theme=published_theme(partnership), by=coordinator)
    closed = close_activity(activity=activity, by=coordinator)
    assert (closed.state, closed.closed_on) == (State.CLOSED, timezone.localdate())
    with pytest.raises(ActivityRefusedError):
        change_activity(activity=closed, by=coordinator, title="Other")


def test_answer_that_was_withdrawn_closes_no_loop_not_even_in_a_light_partnership(partnership, coordinator):
    theme = published_theme(partnership)
    activity = summarised(partnership, coordinator)
    answer_activity(activity=activity, theme=theme, by=coordinator)
    Theme.objects.filter(pk=theme.pk).update(published_on=None)
    Partnership.objects.filter(pk=partnership.pk).update(mode=Partnership.Mode.LIGHT)
    with pytest.raises(ActivityRefusedError):
        close_activity(activity=activity, by=coordinator)


def test_what_only_told_something_closes_without_an_answer(partnership, coordinator):
    activity = summarised(partnership, coordinator, level=Level.TELLING, what_is_open="")
    assert close_activity(activity=activity, by=coordinator).state == State.CLOSED


def test_answer_must_be_published_here_and_is_kept_once(partnership, coordinator):
    activity = summarised(partnership, coordinator)
    draft = make_theme(partnership)
    elsewhere = published_theme(make_public_partnership("altrove"))
    for theme in (draft, elsewhere, None):
        with pytest.raises(ValidationError):
            answer_activity(activity=activity, theme=theme, by=coordinator)
    theme = published_theme(partnership)
    for _again in range(2):
        answer_activity(activity=activity, theme=theme, by=coordinator)
    assert ActivityAnswer.objects.filter(activity=activity).count() == 1


def test_words_are_published_with_consent_alone_and_go_when_asked(partnership, coordinator):
    activity = summarised(partnership, coordinator)
    with pytest.raises(ActivityRefusedError):
        add_quote(activity=activity, words="It is dark", has_consent=False, by=coordinator)
    quote = add_quote(activity=activity, words="It is dark", has_consent=True, by=coordinator)
    remove_quote(quote=quote, by=coordinator)
    assert not activity.quotes.exists()


def test_calling_off_mails_everybody_once(partnership, coordinator):
    activity = announce(partnership, coordinator, capacity=1)
    come(activity)
    come(activity)
    come(activity, email="", phone="055 123")
    OutboxMail.objects.all().delete()
    with pytest.raises(ValidationError):
        cancel_activity(activity=activity, reason=" ", by=coordinator)
    cancel_activity(activity=activity, reason="The hall is flooded", by=coordinator)
    with pytest.raises(ActivityRefusedError):
        cancel_activity(activity=activity, reason="Again", by=coordinator)
    mails = list(OutboxMail.objects.all())
    assert len(mails) == 2
    assert all("The hall is flooded" in mail.text and "METHOD:CANCEL" in mail.calendar for mail in mails)


def test_coordination_is_reminded_of_the_report_back_until_it_is_answered(partnership, coordinator):
    activity = summarised(partnership, coordinator)
    Partnership.objects.filter(pk=partnership.pk).update(coordinator=coordinator)
    due = activity.report_back_by
    assert report_back_due_items(today=due - timedelta(days=8), within=timedelta(days=7)) == []
    (item,) = report_back_due_items(today=due - timedelta(days=7), within=timedelta(days=7))
    assert (item.step, item.person_id, item.due_on) == (Step.REPORT_BACK, coordinator.pk, due)
    (late,) = report_back_due_items(today=due + timedelta(days=1), within=timedelta(days=7))
    assert late.step == Step.REPORT_LATE
    answer_activity(activity=activity, theme=published_theme(partnership), by=coordinator)
    assert report_back_due_items(today=due, within=timedelta(days=7)) == []
