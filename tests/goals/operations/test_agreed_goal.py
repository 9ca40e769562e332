"""An agreement remembers the goals it names and is read again when one of them changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from goals.models import AgreedGoal, Goal
from goals.operations.goal import change_goal, close_goal
from goals.queries.text_slot import goals_in_words
from partnerships.agenda import suggestions_for
from partnerships.models import AgreementVersion
from partnerships.operations.agreement import change_agreement_text
from partnerships.operations.agreement_review import keep_after_review
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.signature import accept_agreement
from tests.factories.goals import TODAY, make_adopted_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/agreements/1/"


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def goal(own, coordinator):
    return make_adopted_goal(own, coordinator)


@pytest.fixture
def lead(own):
    return make_partner(make_member(own))


def sign(own, lead, admin, text=""):
    version = make_agreement(own)
    change_agreement_text(version=version, text=text or goals_in_words(version, "en"), by=admin)
    member = own.members.get(representatives__isnull=False)
    version = open_agreement_for_signing(version=version, members=[member], by=admin)
    accept_agreement(
        signature=version.signatures.get(), by=lead, name="Lead", capacity="President", hash_seen=version.text_sha256
    )
    version.refresh_from_db()
    assert version.state == "in_force"
    return version


def change(goal, coordinator, **fields):
    return change_goal(
        goal=goal, by=coordinator, today=timezone.localdate(), reason="Two firms closed in spring.", **fields
    )


def test_goals_are_kept_as_they_stood_and_a_new_version_asks_for_a_review(own, goal, lead, admin, coordinator):
    version = sign(own, lead, admin)
    kept = AgreedGoal.objects.get()
    assert (kept.goal, kept.number, kept.fields["target_value"]) == (goal, 1, "60")
    change(goal, coordinator, target_value=Decimal(50))
    version.refresh_from_db()
    assert (version.review_on, version.review_cause) == (timezone.localdate(), "goal_changed")
    reasons = [one.why for one in suggestions_for(make_meeting(own), today=timezone.localdate())]
    assert any("A goal it names has changed" in why for why in reasons)


def test_agreement_that_does_not_name_it_and_another_title_ask_for_nothing(own, goal, lead, admin, coordinator):
    version = sign(own, lead, admin, "## 1\n\nWe meet on Mondays.")
    assert not AgreedGoal.objects.exists()
    change(goal, coordinator, target_value=Decimal(50))
    version.refresh_from_db()
    assert version.review_cause == ""


def test_title_and_end_of_a_goal_are_no_other_commitment(own, goal, lead, admin, coordinator):
    version = sign(own, lead, admin)
    change_goal(goal=goal, by=coordinator, today=TODAY, title_en="Placements that last")
    close_goal(goal=Goal.objects.get(), to="achieved", by=coordinator, statement="62 % in December, as reported.")
    version.refresh_from_db()
    assert version.review_cause == ""


def test_page_shows_the_difference_and_asks_until_it_was_read_again(own, goal, lead, admin, coordinator, signed_in_as):
    version = sign(own, lead, admin)
    browser = signed_in_as(lead)
    assert "Changed since signing" not in browser.get(HERE).content.decode()
    change(goal, coordinator, target_value=Decimal(50), ends_on=date(2027, 12, 31))
    page = browser.get(HERE).content.decode()
    assert "Goal changed since signing: Good placements" in page
    assert "Read it again together" in page
    assert "<del>" in page
    told = browser.get("/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/").json()["changed_since"]
    assert ["60" in told[0]["before"], "50" in told[0]["now"]] == [True, True]
    keep_after_review(version=version, by=coordinator, review_on=timezone.localdate() + timedelta(days=90))
    page = browser.get(HERE).content.decode()
    assert "It was read again together since" in page
    # A goal partners may not see any more is not told.
    Goal.objects.update(visibility=Visibility.COORDINATION)
    assert "Changed since signing" not in browser.get(HERE).content.decode()
    assert browser.get("/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/").json()["changed_since"] == []


def test_text_fixed_anew_keeps_the_goals_anew(own, goal, lead, admin, coordinator):
    version = make_agreement(own)
    change_agreement_text(version=version, text=goals_in_words(version, "en"), by=admin)
    member = own.members.get(representatives__isnull=False)
    open_agreement_for_signing(version=version, members=[member], by=admin)
    assert AgreedGoal.objects.count() == 1
    change_agreement_text(version=AgreementVersion.objects.get(), text="Something else", by=admin)
    open_agreement_for_signing(version=AgreementVersion.objects.get(), members=[member], by=admin)
    assert AgreedGoal.objects.count() == 0
