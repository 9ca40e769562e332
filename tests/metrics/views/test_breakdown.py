import csv
import io
from datetime import date

import pytest

from core.access.roles import Role
from goals.models import Goal, Milestone
from metrics.models import Cut, GroupValue, Happening, Overlap
from metrics.operations.happening import note_happening
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.core import make_user
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_member, make_partnership

HERE = "/s/borgo/partnerships/own/"
N1 = f"{HERE}indicators/N-1/"


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership, "N-1")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)


def text(answer):
    return answer.content.decode()


def test_groups_are_chosen_from_the_usual_ones(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    page = text(browser.get(f"{N1}groups/new/?kind=age"))
    assert "14 to 17; Da 14 a 17 anni" in page
    answer = browser.post(f"{N1}groups/new/", {"kind": "age", "groups": "Young; Giovani; 1,200\nOld; Anziani"})
    assert answer.status_code == 302, text(answer)
    labels = [group.label_it for group in Cut.objects.get().groups.order_by("position")]
    assert labels == ["Giovani", "Anziani", "Non noto"]
    assert Cut.objects.get().groups.get(position=0).target_value == 1200


@pytest.mark.parametrize("lines", ["Only one", "A; B; C; D\nE", "A;;many\nB"])
def test_lines_that_are_no_groups_come_back(indicator, coordinator, signed_in_as, lines):
    answer = signed_in_as(coordinator).post(f"{N1}groups/new/", {"kind": "age", "groups": lines})
    assert answer.status_code == 422
    assert not Cut.objects.exists()


def test_groups_are_changed_and_taken_away(indicator, coordinator, signed_in_as):
    cut, browser = make_cut(indicator, "area", "North", "South"), signed_in_as(coordinator)
    assert "North; North" in text(browser.get(f"{N1}groups/{cut.pk}/"))
    assert browser.post(f"{N1}groups/{cut.pk}/", {"groups": "A\nB\nC"}).status_code == 302
    assert cut.groups.count() == 4
    assert browser.post(f"{N1}groups/{cut.pk}/remove/").status_code == 302
    assert not Cut.objects.exists()


def test_partner_breaks_its_value_down_from_the_values_page(partnership, indicator, partner, signed_in_as):
    member = make_speaking_member(partnership, partner)
    make_cut(indicator)
    measurement = make_measurement(indicator, 40, member=member)
    browser, value = signed_in_as(partner), f"{HERE}measurements/{measurement.pk}/"
    assert f'href="{value}groups/"' in text(browser.get(value))
    answer = browser.post(f"{value}groups/", {"gender-0": "20", "gender-1": "3", "gender-2": "0", "gender-3": ""})
    assert answer.status_code == 302, text(answer)
    assert [row.count for row in GroupValue.objects.order_by("group__position")] == [20, 3, 0, 17]
    page = text(browser.get(value))
    assert "fewer than 5" in page
    assert "not shown" in page
    # Whoever enters them finds them again.
    assert 'value="17"' in text(browser.get(f"{value}groups/"))


def test_parts_that_do_not_add_up_are_worth_a_second_look(indicator, coordinator, signed_in_as):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    make_parts(measurement, cut, 30, 20, 0, 0)
    page = text(signed_in_as(coordinator).get(f"{HERE}measurements/{measurement.pk}/"))
    assert "The parts do not add up to the total." in page


@pytest.mark.parametrize("fields", [{}, {"gender-0": "20"}, {"gender-0": "2.5", "gender-1": "3", "gender-2": "0"}])
def test_parts_with_a_hole_come_back(indicator, coordinator, signed_in_as, fields):
    make_cut(indicator)
    measurement = make_measurement(indicator, 40)
    answer = signed_in_as(coordinator).post(f"{HERE}measurements/{measurement.pk}/groups/", fields)
    assert answer.status_code == 422
    assert not GroupValue.objects.exists()


def test_fewer_than_twenty_are_never_offered(indicator, coordinator, signed_in_as):
    make_cut(indicator)
    measurement = make_measurement(indicator, 19)
    browser, value = signed_in_as(coordinator), f"{HERE}measurements/{measurement.pk}/"
    assert "Break it down" not in text(browser.get(value))
    assert "Fewer than 20 are never broken down" in text(browser.get(f"{value}groups/"))
    answer = browser.post(f"{value}groups/", {"gender-0": "9", "gender-1": "10", "gender-2": "0"})
    assert answer.status_code == 422


def test_partner_of_another_organisation_breaks_nothing_down(partnership, indicator, partner, signed_in_as):
    make_speaking_member(partnership, partner)
    make_cut(indicator)
    measurement = make_measurement(indicator, 40, member=make_member(partnership, "Other"))
    assert signed_in_as(partner).get(f"{HERE}measurements/{measurement.pk}/groups/").status_code == 403


def hidden_counts(indicator):
    """Two partners and two periods with small counts in different groups."""
    cut = make_cut(indicator)
    first, second = (make_member(indicator.partnership, name) for name in ("First", "Second"))
    for member, period, parts in (
        (first, Q1, (21, 3, 7, 9)),
        (second, Q1, (23, 17, 13, 47)),
        (first, Q2, (25, 2, 11, 62)),
    ):
        make_parts(make_measurement(indicator, sum(parts), member=member, period=period), cut, *parts)
    return cut


def test_page_and_download_show_the_same_and_no_small_count(indicator, partner, signed_in_as):
    hidden_counts(indicator)
    browser = signed_in_as(partner)
    rows = list(csv.DictReader(io.StringIO(text(browser.get(f"{N1}groups/?format=csv")).removeprefix("\ufeff"))))
    by_period = {}
    for row in rows:
        by_period.setdefault(row["To"], []).append((row["Value"], row["Shown as"]))
    assert by_period["2026-03-31"] == [("44", "44"), ("20", "20"), ("20", "20"), ("56", "56")]
    assert by_period["2026-06-30"] == [("25", "25"), ("", "fewer than 5"), ("11", "11"), ("", "not shown")]
    page = text(browser.get(f"{N1}groups/"))
    assert page.count("fewer than 5") == page.count("not shown") == 1
    latest = text(browser.get(N1))
    assert "2 groups are not shown." in latest
    assert ">62<" not in latest


def test_indicator_page_marks_what_happened_and_says_how_old_the_data_are(indicator, coordinator, signed_in_as):
    make_measurement(indicator, 30)
    make_measurement(indicator, 40, period=Q2)
    note_happening(
        indicator=indicator, title_en="School strike", happened_on=date(2026, 5, 4), by=None, today=date(2026, 11, 1)
    )
    page = text(signed_in_as(coordinator).get(N1))
    assert "Last data: 30 June 2026." in page
    # In the list below the chart, in the table of its numbers, and where it can be taken away.
    assert page.count("School strike") >= 3
    assert "Two measurements so far: too few to speak of a trend." in page


def test_milestone_reached_stands_on_the_chart_of_its_goal_but_not_for_who_may_not_see_the_goal(
    partnership, indicator, partner, coordinator, signed_in_as
):
    make_measurement(indicator, 30)
    make_measurement(indicator, 40, period=Q2)
    goal = Goal.objects.create(partnership=partnership, number=1, title_en="Goal", indicator=indicator, visibility=1)
    day = date(2026, 5, 4)
    Milestone.objects.create(goal=goal, title_en="Second desk", due_on=day, first_due_on=day, reached_on=day)
    assert "Second desk" in text(signed_in_as(coordinator).get(N1))
    assert "Second desk" not in text(signed_in_as(partner).get(N1))


def test_happening_is_noted_and_taken_away_by_page(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = browser.post(f"{N1}happenings/new/", {"title_en": "", "title_it": "Sciopero", "happened_on": "2026-05-04"})
    assert answer.status_code == 302, text(answer)
    assert browser.post(f"{N1}happenings/new/", {"happened_on": "2026-05-04"}).status_code == 422
    found = Happening.objects.get()
    assert browser.post(f"{N1}happenings/{found.pk}/remove/").status_code == 302
    assert not Happening.objects.exists()


def test_overlap_is_stated_by_page_and_stands_beside_the_sum(partnership, coordinator, signed_in_as):
    people = make_indicator(partnership, "N-1", unit="unique_people")
    for number, value in enumerate((30, 20)):
        make_measurement(people, value, member=make_member(partnership, f"Partner {number}"))
    browser = signed_in_as(coordinator)
    assert "not compared" in text(browser.get(N1))
    fields = {"period": "2026-03-31", "people": "8", "how_known": "Lists compared", "surplus": ""}
    assert browser.post(f"{N1}overlap/", fields | {"people": "21"}).status_code == 422
    assert browser.post(f"{N1}overlap/", fields).status_code == 302
    page = text(browser.get(N1))
    assert Overlap.objects.count() == 1
    assert "2 of 2 partners reported." in page
    assert ">50<" in page
    assert ">42<" in page


def test_total_says_how_many_partners_it_is_made_of(partnership, indicator, coordinator, signed_in_as):
    first, second = (make_member(partnership, name) for name in ("First", "Second"))
    for member in (first, second):
        make_measurement(indicator, 30, member=member)
    make_measurement(indicator, 30, member=first, period=Q2)
    browser = signed_in_as(coordinator)
    assert "1 of 2 partners reported." in text(browser.get(N1))
    assert "1 of 2 partners reported" in text(browser.get(f"{HERE}indicators/"))
