"""What each app offers for the next meeting, and what is not offered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engagement.models import Theme
from goals.models import Milestone
from partnerships.agenda import suggestions_for
from partnerships.models import AgreementVersion
from partnerships.operations.decision import record_decision
from partnerships.queries.meeting import voice_of
from tests.factories.goals import make_adopted_goal
from tests.factories.meetings import make_item, make_meeting
from tests.factories.partnerships import make_agreement, make_member, make_partnership, make_task

TODAY = date(2026, 5, 10)
SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=90)


@pytest.fixture
def partnership(space):
    return make_partnership()


def codes(meeting):
    return [one.code.partition(":")[0] for one in suggestions_for(meeting, today=TODAY)]


def test_nothing_late_or_due_offers_nothing(partnership):
    make_task(partnership, state="accepted", due_on=TODAY)
    make_task(partnership, state="proposed", due_on=TODAY - timedelta(days=1))
    make_task(make_partnership("other"), state="accepted", due_on=TODAY - timedelta(days=1))
    assert codes(make_meeting(partnership)) == []


@pytest.mark.parametrize(
    ("field", "day", "offered"), [("review_on", SOON, 1), ("valid_to", SOON, 1), ("valid_to", LATER, 0)]
)
def test_agreement_is_offered_when_its_review_or_end_is_near(partnership, field, day, offered):
    version = make_agreement(partnership)
    AgreementVersion.objects.filter(pk=version.pk).update(
        state="in_force", valid_from=TODAY - timedelta(days=300), **{field: day}
    )
    assert codes(make_meeting(partnership)) == ["agreement"] * offered


@pytest.mark.parametrize(
    ("renewal", "words"), [("none", "Its time was over on 9 May 2026"), ("tacit", "It ends on 9 May 2026")]
)
def test_agreement_whose_time_is_over_is_offered_as_such(partnership, renewal, words):
    make_agreement(partnership)
    AgreementVersion.objects.update(state="in_force", valid_to=TODAY - timedelta(days=1), renewal=renewal)
    (offered,) = suggestions_for(make_meeting(partnership), today=TODAY)
    assert offered.why == words


def test_decision_is_offered_until_it_was_looked_at_again(partnership, admin):
    record_decision(partnership=partnership, by=admin, title="Share", outcome="decided", review_on=TODAY)
    record_decision(partnership=partnership, by=admin, title="Sell", outcome="rejected", review_on=TODAY)
    assert codes(make_meeting(partnership)) == ["decision"]


def test_higher_apps_offer_milestones_and_themes(coordinator):
    goal = make_adopted_goal(make_partnership(), coordinator)
    late = {"goal": goal, "first_due_on": TODAY, "title_en": "Ten hosts"}
    Milestone.objects.create(**late, due_on=TODAY - timedelta(days=1))
    Milestone.objects.create(**late, due_on=TODAY - timedelta(days=1), reached_on=TODAY)
    Theme.objects.create(partnership=goal.partnership, heard_en="Later buses")
    Theme.objects.create(partnership=goal.partnership, heard_en="A bench", outcome="not_possible")
    # The goal comes with a milestone of March of its own.
    assert codes(make_meeting(goal.partnership)) == ["milestone", "milestone", "theme"]


def test_voice_is_counted_by_organisation_over_twelve_months_without_drafts(partnership):
    riva, school = make_member(partnership, "Riva"), make_member(partnership, "School")
    assert voice_of(partnership, today=TODAY) == []
    for age, chair in ((30, riva), (60, school), (500, school)):
        held = make_meeting(partnership, starts_at=_days_before(age), chair_member=chair)
        make_item(held, proposed_by=riva)
        type(held).objects.filter(pk=held.pk).update(state="minutes_approved")
    make_item(make_meeting(partnership, starts_at=_days_before(1)), proposed_by=school)
    found = {row.name: (row.voice.proposed, row.voice.chaired_percent) for row in voice_of(partnership, today=TODAY)}
    assert found == {"Riva": (2, 50), "School": (0, 50)}


def _days_before(days):
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days)
