from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from core.access.roles import Role
from core.models import AuditEvent, Grant, OutboxMail
from goals.models import Goal
from goals.operations.suggestion import SuggestionRefusedError, answer_suggestion, suggest
from goals.queries.endorsement import adoption_findings_of
from partnerships.rules.severity import blocking
from tests.factories.core import make_user
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_partnership

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def partnership(space):
    return make_partnership()


def answer(suggestion, by, to="taken", words="Yes: from March on."):
    return answer_suggestion(suggestion=suggestion, to=to, answer=words, by=by, at=NOW, language="it")


def test_goal_that_is_missed_becomes_a_draft_when_taken_up(partnership, coordinator):
    answered = answer(suggest(partnership=partnership, by=coordinator, text="Più panchine al parco"), coordinator)
    assert answered.goal == Goal.objects.get(title_it="Più panchine al parco", state="draft")
    assert (answered.state, answered.answered_by, answered.answered_at) == ("taken", coordinator, NOW)


def test_declined_one_leaves_no_goal_behind(partnership, coordinator):
    answered = answer(suggest(partnership=partnership, by=coordinator, text="More benches"), coordinator, "declined")
    assert answered.goal is None
    assert not Goal.objects.exists()


def test_change_of_a_goal_is_answered_and_the_goal_stays_as_it_is(partnership, coordinator):
    goal = make_goal(partnership)
    answer(suggest(partnership=partnership, by=coordinator, goal=goal, about="end", text="A year later"), coordinator)
    assert Goal.objects.get().ends_on is None


def test_answer_needs_words_and_is_given_once(partnership, coordinator):
    suggestion = suggest(partnership=partnership, by=coordinator, text="More benches")
    with pytest.raises(ValidationError):
        answer(suggestion, coordinator, words="  ")
    with pytest.raises(ValidationError):
        answer(suggestion, coordinator, to="open")
    answer(suggestion, coordinator, "declined")
    with pytest.raises(SuggestionRefusedError):
        answer(suggestion, coordinator)


def test_closed_goal_takes_no_suggestions(partnership, coordinator):
    goal = make_goal(partnership)
    Goal.objects.update(state="achieved")
    goal.refresh_from_db()
    with pytest.raises(SuggestionRefusedError):
        suggest(partnership=partnership, by=coordinator, goal=goal, text="Too late")


def test_who_suggested_is_mailed_the_answer_in_their_language(partnership, coordinator):
    partner = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope, language="it")
    goal = make_goal(partnership)
    answer(suggest(partnership=partnership, by=partner, goal=goal, text="Un anno dopo"), coordinator, "partly")
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.language) == (partner.email, "it")
    assert "Un anno dopo" in mail.text
    assert "Yes: from March on." in mail.text
    assert f"/goals/{goal.number}/" in mail.text


def test_who_lost_sight_of_it_or_answers_it_is_mailed_nothing(partnership, coordinator):
    partner = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)
    gone = suggest(partnership=partnership, by=partner, text="More benches")
    own = suggest(partnership=partnership, by=coordinator, text="More trees")
    Grant.objects.filter(user=partner).delete()
    answer(gone, coordinator)
    answer(own, coordinator)
    assert not OutboxMail.objects.exists()


def test_goal_of_a_full_partnership_waits_until_each_suggestion_is_answered(partnership, coordinator):
    goal = make_goal(partnership)
    suggestion = suggest(partnership=partnership, by=coordinator, goal=goal, about="end", text="A year later")

    def stops():
        return [one.code for one in blocking(adoption_findings_of(goal, today=NOW.date()), "full")]

    assert "goal suggestions" in stops()
    answer(suggestion, coordinator, "declined")
    assert "goal suggestions" not in stops()


def test_trail_keeps_no_words_of_a_suggestion(partnership, coordinator):
    answer(suggest(partnership=partnership, by=coordinator, text="More benches"), coordinator)
    trail = str(list(AuditEvent.objects.values_list("changes", flat=True)))
    assert "benches" not in trail
