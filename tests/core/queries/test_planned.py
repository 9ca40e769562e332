"""What pages ask is planned once in a connection, and every value arrives as it is."""

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from core.queries.composed import Composed
from partnerships.models import Task
from stakeholders.models import Stakeholder
from tests.factories.partnerships import make_partnership, make_task
from tests.factories.stakeholders import make_stakeholder


def plans_kept():
    """How often each kept statement ran with a plan made for all values, and with one made for those at hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements")
        return cursor.fetchall()


def test_a_statement_is_planned_once_whatever_its_values(space):
    partnership = make_partnership()
    tasks = [make_task(partnership, f"Task {number}", member=None) for number in range(7)]
    rows = Composed(lambda number: Task.objects.filter(number=number), numbers=["number"])
    before = plans_kept()
    assert [rows(number=task.number) for task in tasks] == [[task] for task in tasks]
    assert sorted(plans_kept()) == sorted([*before, (7, 0)])


def test_where_nothing_is_kept_the_rows_are_the_same(space, monkeypatch):
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    task = make_task(make_partnership(), member=None)
    rows = Composed(lambda number: Task.objects.filter(number=number), numbers=["number"])
    before = plans_kept()
    assert [rows(number=number) for number in (task.number, 31)] == [[task], []]
    assert plans_kept() == before


@pytest.mark.parametrize("word", ["50 % of it's \\ %s", "%(v0)s", '"quoted" \x1f €'])
def test_words_written_into_a_statement_and_given_to_it_arrive_as_they_are(space, word):
    one = make_stakeholder(word)
    rows = Composed(
        lambda name, same: (
            Stakeholder.objects.filter(name=name).annotate(said=Value(word), other=F("name")).filter(said=same)
        )
    )
    with CaptureQueriesContext(connection) as asked:
        found = rows(name=word, same=word)
    assert [(row.pk, row.said, row.other) for row in found] == [(one.pk, word, word)]
    assert len(asked) == 1
