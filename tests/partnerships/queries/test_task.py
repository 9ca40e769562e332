from datetime import date, timedelta

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from partnerships.queries.task import next_tasks, tasks_visible_to
from partnerships.rules.task import OPEN
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_task

TODAY = date(2026, 6, 15)


@pytest.fixture
def shown(space):
    return make_partnership("orti")


@pytest.fixture
def hidden(space):
    return make_partnership("mensa", visibility=Visibility.COORDINATION)


@pytest.fixture
def tasks(shown, hidden):
    """Of either partnership one task for each level and each of some states, days mixed; one without a day."""
    for partnership in (shown, hidden):
        for number, level in enumerate((Visibility.SEALED, Visibility.COORDINATION, Visibility.PARTNERS)):
            for away, state in ((9 - number, "accepted"), (4 + number, "proposed"), (1, "done"), (2, "cancelled")):
                task = make_task(partnership, state=state, due_on=TODAY + timedelta(days=away))
                task.visibility = level
                task.save()
    make_task(shown, state="accepted", due_on=None)


@pytest.mark.parametrize(("who", "count"), [("coordinator", 8), ("partner", 2), ("funder", 0)])
@pytest.mark.usefixtures("tasks")
def test_next_tasks_are_the_first_of_what_may_be_seen(who, count, shown, coordinator, viewer):
    people = {
        "coordinator": lambda: coordinator,
        "partner": lambda: make_partner(make_member(shown)),
        "funder": lambda: make_user("funder@borgo.example", "Ada Monti", role=Role.FUNDER),
    }
    seen = viewer(people[who]())
    wanted = tasks_visible_to(seen).filter(state__in=OPEN, due_on__isnull=False).order_by("due_on", "id")
    assert list(next_tasks(seen, most=50)) == list(wanted)
    assert list(next_tasks(seen, most=3)) == list(wanted[:3])
    assert wanted.count() == count
