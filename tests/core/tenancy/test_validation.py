"""Records are validated as Django does, with one statement for all that must hold of a row by itself."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from goals.models import Goal
from partnerships.models import Partnership
from tests.factories.partnerships import make_partnership


@pytest.fixture
def goal(space):
    return Goal(partnership=make_partnership(), number=1, title_en="Walk to school")


def asked_when_validating(goal):
    with CaptureQueriesContext(connection) as seen:
        try:
            goal.full_clean()
        except ValidationError as error:
            return seen.captured_queries, error.messages
    return seen.captured_queries, []


def test_all_that_holds_is_asked_about_at_once(goal):
    queries, messages = asked_when_validating(goal)
    assert messages == []
    assert len([one for one in queries if "_check" in one["sql"]]) == 1


def test_each_broken_constraint_is_named_and_what_is_unknown_is_none(goal):
    goal.title_en, goal.starts_on = "", None
    _queries, messages = asked_when_validating(goal)
    assert len(messages) == 1
    assert "goals_goal_has_title" in messages[0]


def test_neither_the_tenant_nor_a_key_drawn_at_random_nor_a_row_just_read_is_looked_up(goal):
    queries, _messages = asked_when_validating(goal)
    asked = [one["sql"] for one in queries]
    assert not [sql for sql in asked if goal.pk.hex in sql or "core_tenant" in sql or 'FROM "partnerships_' in sql]
    assert len(asked) == 4


def test_a_key_of_no_row_is_refused(goal):
    goal.partnership_id = uuid.uuid4()
    _queries, messages = asked_when_validating(goal)
    assert len(messages) == 1
    assert "partnership" in messages[0].lower()


def test_a_row_of_the_neighbour_is_refused_as_if_it_was_not_there(goal, neighbour):
    goal.partnership = Partnership.from_db("default", ["id", "tenant_id"], [uuid.uuid4(), neighbour.pk])
    _queries, messages = asked_when_validating(goal)
    assert len(messages) == 1
    assert "partnership" in messages[0].lower()


def test_what_the_database_will_make_of_a_value_is_asked_as_django_asks(goal):
    goal.weight = Value(100) + 1
    with pytest.raises(ValidationError, match="goals_goal_weight"):
        goal.validate_constraints()
