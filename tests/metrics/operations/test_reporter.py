"""Partners asked for values by name: counted, reminded, let go."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.roles import Role
from core.queries.viewer import viewer_for
from metrics.models import Reporter
from metrics.operations.reporter import name_reporters
from metrics.queries.due import due_items, values_owed_by
from metrics.queries.indicator import indicator_list, indicator_sheet
from metrics.queries.measurement import measuring_in
from metrics.queries.measurement_grid import Wish, grid_for_entry, grid_of_missing
from metrics.queries.signal import overdue_values
from tests.factories.core import make_user
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_member, make_partnership

# Both quarters are over, the second one is due.
TODAY = date(2026, 8, 15)
WEEK = timedelta(days=7)


@pytest.fixture
def partnership(space):
    return make_partnership("own", state="active")


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership, "N-1")


@pytest.fixture
def school(partnership, coordinator):
    return make_speaking_member(partnership, coordinator, "Scuola")


@pytest.fixture
def firm(partnership):
    return make_speaking_member(partnership, make_user("firm@borgo.example"), "Officine")


def ask(indicator, *members, by, since=Q1[0], today=TODAY):
    return name_reporters(indicator=indicator, members=members, since=since, by=by, today=today)


def complete(viewer, indicator):
    (found,) = indicator_list(viewer, indicator.partnership)
    return [(point.reported, point.expected) for point in indicator_sheet(found, today=TODAY).points]


def test_partner_asked_by_name_is_asked_for_its_first_value(indicator, school, firm, coordinator):
    ask(indicator, school, firm, by=coordinator, since=date(2026, 2, 20))
    owed = values_owed_by([firm.pk], today=TODAY)
    assert [(one.period.starts_on, one.last) for one in owed] == [(Q1[0], None)]
    assert {item.member_id for item in due_items(today=TODAY, within=WEEK)} == {school.pk, firm.pk}
    (section,) = grid_of_missing([firm.pk], today=TODAY, language="en").sections
    assert [cell.period.starts_on for cell in section.rows[0].cells if not cell.is_fixed] == [Q1[0], Q2[0]]
    assert [found.facts["late"] for found in overdue_values([indicator.partnership], today=TODAY)] == [2]


def test_total_says_of_how_many_asked_it_is_made(indicator, school, firm, coordinator):
    make_measurement(indicator, 3, member=school, period=Q1)
    make_measurement(indicator, 4, member=school, period=Q2)
    assert complete(viewer_for(coordinator), indicator) == [(1, 1), (1, 1)]
    ask(indicator, school, firm, by=coordinator, since=Q2[0])
    assert complete(viewer_for(coordinator), indicator) == [(1, 1), (1, 2)]


def test_partner_let_go_is_asked_no_more_and_stays_counted_for_what_was_over(indicator, school, firm, coordinator):
    make_measurement(indicator, 3, member=firm, period=Q1)
    make_measurement(indicator, 3, member=school, period=Q1)
    make_measurement(indicator, 4, member=school, period=Q2)
    # It was never asked by name.
    assert ask(indicator, school, by=coordinator, today=date(2026, 6, 1)) == 1
    assert values_owed_by([firm.pk], today=TODAY) == []
    assert grid_of_missing([firm.pk], today=TODAY, language="en").sections == ()
    assert complete(viewer_for(coordinator), indicator) == [(2, 2), (1, 1)]
    viewer = viewer_for(coordinator)
    grid = grid_for_entry(
        viewer, indicator.partnership, measuring_in(viewer, indicator.partnership), Wish(), today=TODAY, language="en"
    )
    assert [row.who for section in grid.sections for row in section.rows] == ["Scuola"]
    # Asked again it owes nothing of the time between.
    ask(indicator, school, firm, by=coordinator, since=date(2026, 7, 1))
    assert values_owed_by([firm.pk], today=TODAY) == []
    assert Reporter.objects.filter(member=firm).count() == 2


def test_nobody_waits_for_a_partner_who_left(indicator, school, firm, coordinator):
    ask(indicator, school, firm, by=coordinator)
    make_measurement(indicator, 3, member=school, period=Q1)
    make_measurement(indicator, 4, member=school, period=Q2)
    firm.state, firm.left_on = "former", date(2026, 5, 1)
    firm.save()
    assert complete(viewer_for(coordinator), indicator) == [(1, 2), (1, 1)]


def test_saving_the_same_again_changes_nothing(indicator, school, coordinator):
    ask(indicator, school, by=coordinator)
    before = list(Reporter.objects.order_by("id").values())
    ask(indicator, school, by=coordinator, since=TODAY)
    assert list(Reporter.objects.order_by("id").values()) == before


@pytest.mark.parametrize("since", [date(1999, 12, 31), date(9999, 12, 31)])
def test_day_too_far_away_is_refused_at_its_field(indicator, school, coordinator, since):
    with pytest.raises(ValidationError) as refusal:
        ask(indicator, school, by=coordinator, since=since)
    assert list(refusal.value.message_dict) == ["since"]


def test_organisation_of_another_partnership_and_a_computed_indicator_are_refused(indicator, school, coordinator):
    stranger = make_member(make_partnership("other"), "Altri", state="member")
    computed = make_indicator(indicator.partnership, "N-2", unit="mean", formula="[N-1] / 2")
    for about, member in ((indicator, stranger), (computed, school)):
        with pytest.raises(ValidationError) as refusal:
            ask(about, member, by=coordinator)
        assert list(refusal.value.message_dict) == ["members"]
    assert not Reporter.objects.exists()


def test_page_and_api_choose_the_same(indicator, school, firm, coordinator, signed_in_as):
    make_measurement(indicator, 3, member=school, period=Q1)
    browser, here = signed_in_as(coordinator), "/s/borgo/partnerships/own/indicators/N-1/"
    api = "/s/borgo/api/v1/partnerships/own/indicators/N-1/reporters/"
    assert [one["organisation"] for one in browser.get(api).json()] == ["Scuola"]
    form = {"members": [str(school.pk), str(firm.pk)], "since": timezone.localdate().isoformat()}
    page = browser.post(f"{here}partners/", form, follow=True).content.decode()
    assert "nothing reported yet" in page
    assert [one["organisation"] for one in browser.get(api).json()] == ["Officine", "Scuola"]
    left = browser.put(api, {"member_ids": [str(firm.pk)]}, content_type="application/json")
    assert [one["member_id"] for one in left.json()] == [str(firm.pk)]
    wrong = browser.put(api, {"member_ids": [str(indicator.pk)]}, content_type="application/json")
    assert (wrong.status_code, "member_ids" in wrong.content.decode()) == (400, True)
    hostile = browser.post(f"{here}partners/", {"members": ["x\x00"], "since": "31.31.2026"})
    assert hostile.status_code == 422
    partner = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=indicator.partnership.scope)
    assert signed_in_as(partner).get(f"{here}partners/").status_code == 403
