"""The logical framework: what the theory, goals, indicators, risks and results say in one table, made by itself."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from core.access.visibility import Visibility
from goals.models import Goal, TocLink
from goals.operations.deliverable import plan_deliverable
from goals.operations.theory import add_step, explain_link
from partnerships.models import Partnership
from tests.factories.goals import make_complete_goal, make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/theory/logframe/"
API = "/s/borgo/api/v1/partnerships/own/theory/logframe/"
PAGE_QUERIES = 15


@pytest.fixture
def partnership(space, coordinator):
    found = make_partnership("own", mode=Partnership.Mode.FULL)
    goal = make_complete_goal(found)
    desk = add_step(partnership=found, by=None, level="output", text_en="Ten firms", leads_to=goal.outcome_node)
    explain_link(
        link=TocLink.objects.get(source=desk), by=coordinator, assumption="Firms have time", strength="weak", outside=""
    )
    make_goal(found, title_en="Hidden aim", visibility=Visibility.COORDINATION)
    Goal.objects.filter(pk=make_goal(found, title_en="Given up").pk).update(state=Goal.State.DISCONTINUED)
    plan_deliverable(partnership=found, by=None, title="A list of firms", due_on=date(2026, 6, 1), is_draft=True)
    return found


def test_each_line_says_what_shows_it_and_what_it_rests_on(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    levels = {level["level"]: level["rows"] for level in browser.get(API).json()}
    assert list(levels) == ["outcome", "output"]
    step, goal, hidden = levels["outcome"]
    assert (step["text"], step["assumptions"]) == ("Young people find work near home", "Firms have time")
    assert goal["text"].startswith("By 31 December 2026, increase")
    assert (goal["indicator"], goal["verified_by"]) == ("Students placed with positive assessment", "tutor sheets")
    assert "31 December 2025" in goal["baseline"]
    assert "31 December 2026" in goal["target"]
    assert goal["risks"] == "Firms have no time for students"
    assert "Hidden aim" in hidden["text"]
    assert [row["text"] for row in levels["output"]] == ["Ten firms", "Places for students", "A list of firms"]
    page = browser.get(HERE).content.decode()
    for words in ("Firms have time", "tutor sheets", "Firms have no time for students", "A list of firms"):
        assert words in page
    assert "Given up" not in page


def test_files_have_a_line_for_each_and_partners_see_what_is_theirs(partnership, coordinator, signed_in_as):
    browser = signed_in_as(make_partner(make_member(partnership)))
    lines = browser.get(HERE, {"format": "csv"}).content.decode().splitlines()
    assert len(lines) == 1 + 5
    assert "Hidden aim" not in "".join(lines)
    book = load_workbook(io.BytesIO(browser.get(HERE, {"format": "xlsx"}).content))
    assert [cell.value for cell in book.active[1]][:3] == ["Level", "What it is about", "Indicator"]
    assert book.active.max_row == 1 + 5


@pytest.mark.parametrize("more", [0, 2])
def test_table_costs_the_same_queries_whatever_there_is(
    partnership, coordinator, signed_in_as, django_assert_num_queries, more
):
    for number in range(more):
        goal = make_goal(partnership, title_en=f"Aim {number}")
        plan_deliverable(partnership=partnership, by=None, title=f"Result {number}", goal=goal, is_draft=True)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(HERE)
