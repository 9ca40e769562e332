"""A statement composed once must be right for everybody who asks alike, and refused where it could not be."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from core.access.permissions import Permission
from core.access.roles import Role
from core.access.viewer import PUBLIC, where_may
from core.access.visibility import Visibility
from core.models import AccessScope, Tenant
from core.operations.membership import grant_role
from core.queries.composed import Composed, NotAlikeError
from core.queries.viewer import viewer_for
from core.tenancy.context import tenant_scope
from partnerships.models import Partnership, Task
from partnerships.queries.partnership import partnerships_visible_to
from stakeholders.models import Stakeholder
from stakeholders.queries.own import is_own
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_partnership, make_person, make_task
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 6, 1)


class Counting:
    """A builder that knows how often it was asked: twice for a new shape, for the stand-ins and for the first."""

    def __init__(self, build: Any) -> None:
        self.build, self.times = build, 0

    def __call__(self, *args: Any, **values: Any) -> Any:
        self.times += 1
        return self.build(*args, **values)


def test_a_neighbour_who_asks_alike_gets_their_own_rows_by_the_same_statement(db):
    build = Counting(lambda name: Stakeholder.objects.filter(name__startswith="L").exclude(name=name))
    rows = Composed(build)
    found = []
    for slug in ("borgo", "riverside"):
        with tenant_scope(Tenant.objects.get(slug=slug).pk):
            make_stakeholder(f"Library of {slug}")
            make_stakeholder("Left out")
            found.append([row.name for row in rows(name="Left out")])
    assert (found, build.times) == ([["Library of borgo"], ["Library of riverside"]], 2)


def test_who_asks_alike_sees_by_their_own_scopes_and_who_asks_otherwise_by_other_words(space, coordinator):
    build = Counting(partnerships_visible_to)
    rows = Composed(build)
    first, second, third = (
        make_partnership(name, visibility=Visibility.COORDINATION) for name in ("one", "two", "three")
    )
    people = [make_user(f"{one.slug}@borgo.example", role=Role.COORDINATOR, scope=one.scope) for one in (first, second)]
    both = make_user("both@borgo.example", role=Role.COORDINATOR, scope=first.scope)
    grant_role(user=both, role=Role.COORDINATOR, scope=third.scope, by=None)
    viewers = [viewer_for(person) for person in (*people, both, coordinator)]
    assert [[row.pk for row in rows(viewer)] for viewer in viewers] == [
        [row.pk for row in partnerships_visible_to(viewer)] for viewer in viewers
    ]
    # Two of the four ask alike.
    assert build.times == 2 * 3


def test_scopes_are_told_apart_whatever_their_order(space):
    rows = Composed(
        lambda viewer: Partnership.objects.filter(where_may(viewer, Permission.EDIT_PARTNERSHIP, scope="scope_id"))
    )
    for turn in range(4):
        own, seen = make_partnership(f"own{turn}"), make_partnership(f"seen{turn}")
        person = make_user(f"p{turn}@borgo.example", role=Role.COORDINATOR, scope=own.scope)
        grant_role(user=person, role=Role.EVALUATOR, scope=seen.scope, by=None)
        assert [row.pk for row in rows(viewer_for(person))] == [own.pk]


def test_the_person_their_address_and_days_counted_from_one_are_put_in(space, coordinator, evaluator):
    member = make_member(make_partnership())
    for person in (coordinator, evaluator):
        given = make_person(person.name, person.email)
        make_task(member.partnership, f"Of {person.email}", person=given, due_on=TODAY + timedelta(days=3))

    def due(viewer: Any, day: date) -> Any:
        near = Q(due_on__gt=day - timedelta(days=30), due_on__lte=day + timedelta(days=3))
        return Task.objects.filter(near, is_own(viewer.user, "person__")).values_list("title", flat=True)

    rows = Composed(due)
    assert [rows(viewer_for(person), day=TODAY) for person in (coordinator, evaluator)] == [
        [f"Of {coordinator.email}"],
        [f"Of {evaluator.email}"],
    ]
    viewer = viewer_for(coordinator)
    assert [rows(viewer, day=TODAY + timedelta(days=moved)) for moved in (-1, 33)] == [[], []]


def test_records_come_with_what_the_query_set_fetches_beside_them(space):
    task = make_task(make_partnership(), member=None)
    rows = Composed(
        lambda partnership, number: (
            Task.objects.filter(partnership=partnership, number=number)
            .select_related("partnership__scope")
            .prefetch_related("partnership__members")
            .annotate(word=Value("said"))
        ),
        numbers=["number"],
    )
    found = rows.first(partnership=task.partnership, number=task.number)
    assert found == task
    assert (found.partnership.scope.kind, found.word) == (AccessScope.Kind.PARTNERSHIP, "said")
    assert rows(partnership=task.partnership, number=task.number + 1) == []
    with CaptureQueriesContext(connection) as captured:
        assert found.partnership.members.all()._result_cache == []
    assert len(captured) == 0


def test_language_and_what_is_decided_by_make_another_statement(space):
    make_stakeholder("Library")
    rows = Composed(
        lambda most: Stakeholder.objects.annotate(said=Value(translation.get_language())).values_list(
            "said", flat=True
        )[:most]
    )
    said = []
    for language, most in (("en", 1), ("it", 1), ("en", 0)):
        with translation.override(language):
            said.append(rows(most=most))
    assert said == [["en"], ["it"], []]


def _by_the_clock(day: date) -> Any:
    return Task.objects.filter(due_on__gt=timezone.localdate(), created_at__date__lt=day)


def _by_a_value(day: date) -> Any:
    return Task.objects.filter(due_on=day) if day.year > 2000 else Task.objects.all()


def _by_a_year(day: date) -> Any:
    return Task.objects.filter(due_on__year=day.year)


def _by_reading(day: date) -> Any:
    return Task.objects.filter(due_on=day, partnership__in=list(Partnership.objects.all()))


@pytest.mark.parametrize("build", [_by_the_clock, _by_a_value, _by_a_year, _by_reading])
def test_what_depends_on_more_than_the_shape_is_refused(space, build):
    with pytest.raises(NotAlikeError):
        Composed(build)(day=TODAY)


def test_a_record_is_no_more_than_its_key_and_lends_no_manager(space):
    task = make_task(make_partnership(), member=None)
    for build in (
        lambda partnership: Task.objects.filter(partnership__slug=partnership.slug),
        lambda partnership: partnership.tasks.all(),
    ):
        with pytest.raises(NotAlikeError):
            Composed(build)(partnership=task.partnership)


def test_in_service_such_a_statement_is_composed_for_each_and_told_of(space, monkeypatch, caplog):
    monkeypatch.setattr(Composed, "is_strict", False)
    task = make_task(make_partnership(), member=None, due_on=TODAY)
    with caplog.at_level(logging.ERROR):
        assert Composed(_by_a_year)(day=TODAY) == [task]
    assert "composed for each who asks" in caplog.text


def test_a_condition_nothing_can_meet_asks_nothing(space, django_assert_num_queries):
    rows = Composed(
        lambda viewer: Task.objects.filter(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_GOALS))
    )
    with django_assert_num_queries(0):
        assert rows(PUBLIC) == []


def test_a_number_no_column_holds_finds_nothing_whoever_asks_first(space):
    task = make_task(make_partnership(), member=None)
    rows = Composed(lambda number: Task.objects.filter(number=number), numbers=["number"])
    found = [rows(number=number) for number in (10**11, task.number, 10**11, 10**30)]
    assert found == [[], [task], [], []]
