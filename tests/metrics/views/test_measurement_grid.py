import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from core.access.roles import Role
from metrics.models import GroupValue, Measurement
from metrics.operations.measurement import verify_measurement
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.core import make_user
from tests.factories.metrics import make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/partnerships/own/measurements/grid/"
Q3 = "2026-07-01"
SUMMER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to("2026-11-29", tick=False)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", "Luca Serra", role=Role.PARTNER_MEMBER, scope=partnership.scope)


@pytest.fixture
def member(partnership, partner):
    return make_speaking_member(partnership, partner)


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership, "N-1")


def cell(indicator, member=None, starts_on=Q3):
    return f"{indicator.code}.{member.pk if member else 'whole'}.{starts_on}"


def fields_of(answer):
    """What the page would send back untouched."""
    page = answer.content.decode()
    found = re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if "." in name}


@pytest.mark.parametrize("count", [1, 3])
def test_grid_costs_the_same_queries_for_one_and_three_rows(
    partnership, member, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        one = make_indicator(partnership, f"N-{number}")
        make_measurement(one, 5, member=member)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(GRID_QUERIES):
        page = browser.get(HERE).content.decode()
    assert page.count('<th scope="row">') == count


def test_partner_sees_the_own_cells_only_and_sends_several(
    indicator, partnership, member, partner, evaluator, signed_in_as
):
    other = make_speaking_member(partnership, evaluator, "Another")
    make_measurement(indicator, 9, member=other)
    share = make_indicator(partnership, "P-1", unit="percent", name_en="Share")
    browser = signed_in_as(partner)
    page = browser.get(HERE).content.decode()
    assert cell(indicator, member) in page
    assert str(other.pk) not in page
    sent = {cell(indicator, member): "1,200", cell(share, member): "40 of 180", cell(indicator, other): "1"}
    assert browser.post(HERE, {**sent, "do": "send"}).status_code == 302
    mine = Measurement.objects.filter(member=member, entered_by=partner, state="submitted").order_by("indicator__code")
    assert [row.value for row in mine] == [1200, Decimal("22.2222")]
    assert Measurement.objects.get(member=other).value == 9


def test_error_stands_at_its_cell_with_everything_kept_and_nothing_saved(
    indicator, partnership, coordinator, signed_in_as
):
    second = make_indicator(partnership, "N-2", name_en="Days")
    sent = {cell(indicator): "12", cell(second): "about ten", "note": "Kept words", "do": "send"}
    answer = signed_in_as(coordinator).post(HERE, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{cell(second)}"' in page
    assert 'value="12"' in page
    assert 'value="about ten"' in page
    assert "Kept words" in page
    assert not Measurement.objects.exists()


def test_untouched_grid_changes_nothing(indicator, coordinator, signed_in_as):
    make_measurement(
        indicator,
        1200,
        period=SUMMER,
    )
    browser = signed_in_as(coordinator)
    fields = fields_of(browser.get(HERE))
    assert fields[f"was.{cell(indicator)}"] == "1,200"
    assert browser.post(HERE, {**fields, "do": "send"}).status_code == 302
    assert Measurement.objects.count() == 1


def test_changed_value_is_corrected(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(HERE, {cell(indicator): "12", "do": "send"})
    fields = fields_of(browser.get(HERE))
    browser.post(HERE, {**fields, cell(indicator): "13", "do": "send"})
    assert list(Measurement.objects.order_by("entered_at", "id").values_list("value", "state")) == [
        (12, "corrected"),
        (13, "submitted"),
    ]


def test_value_changed_by_somebody_else_meanwhile_comes_back_as_an_error(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    fields = fields_of(browser.get(HERE))
    make_measurement(
        indicator,
        77,
        period=SUMMER,
    )
    answer = browser.post(HERE, {**fields, cell(indicator): "13", "do": "send"})
    assert answer.status_code == 422
    assert "meanwhile: “77”" in answer.content.decode()
    assert Measurement.objects.get().value == 77


def test_draft_is_seen_in_the_grid_alone_and_sent_later(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(HERE, {cell(indicator): "12", "do": "draft"})
    assert Measurement.objects.get().state == "draft"
    answer = browser.get(HERE)
    assert "Draft" in answer.content.decode()
    assert b"measurements/0" not in browser.get("/s/borgo/partnerships/own/measurements/").content
    assert b"No measurement so far" in browser.get("/s/borgo/partnerships/own/indicators/N-1/").content
    browser.post(HERE, {**fields_of(answer), "do": "send"})
    assert Measurement.objects.get().state == "submitted"


def test_dash_with_a_reason_is_a_gap_and_never_zero(indicator, coordinator, signed_in_as):
    signed_in_as(coordinator).post(HERE, {cell(indicator): "-", "reason": "The desk was closed", "do": "send"})
    found = Measurement.objects.get()
    assert (found.value, found.missing_reason) == (None, "The desk was closed")


def test_block_is_laid_over_the_cells_and_saved_only_when_sent(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = browser.post(
        HERE, {"block": "\tJuly - September 2026\nN-1\t44\nN-9\t1\n", "table": "quarterly", "do": "lay"}
    )
    page = answer.content.decode()
    assert f'name="{cell(indicator)}" value="44"' in page
    assert "1 cell has no place" in page
    assert not Measurement.objects.exists()


def test_only_what_is_missing_is_shown(indicator, partnership, coordinator, signed_in_as):
    full = make_indicator(partnership, "Y-1", frequency="yearly", name_en="Yearly")
    for year in (2023, 2024, 2025):
        make_measurement(full, 3, period=(date(year, 1, 1), date(year, 12, 31)))
    page = signed_in_as(coordinator).get(HERE, {"missing": "1"}).content.decode()
    assert "N-1" in page
    assert "Y-1" not in page


def test_italian_reads_italian_figures(indicator, coordinator, signed_in_as):
    coordinator.language = "it"
    coordinator.save()
    signed_in_as(coordinator).post(HERE, {cell(indicator): "1.200", "do": "send"})
    assert Measurement.objects.get().value == 1200


def test_earlier_periods_on_demand_and_no_other_number(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    assert cell(indicator, starts_on="2025-01-01") not in browser.get(HERE).content.decode()
    assert cell(indicator, starts_on="2025-01-01") in browser.get(HERE, {"periods": "8"}).content.decode()
    assert browser.get(HERE, {"periods": "900"}).status_code == 400


@pytest.fixture
def cut(indicator):
    return make_cut(indicator, "area", "North", "South")


def part_cells(indicator, cut, **where):
    return [f"{cell(indicator, **where)}.{group.pk}" for group in cut.groups.order_by("position")]


def parts_of_last(indicator):
    last = Measurement.objects.filter(indicator=indicator).exclude(state="corrected").get()
    return list(GroupValue.objects.filter(measurement=last).order_by("group__position").values_list("count", flat=True))


def test_groups_are_asked_for_only_on_demand(indicator, cut, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    page = browser.get(HERE).content.decode()
    assert "Also each group" in page
    assert "North" not in page
    page = browser.get(HERE, {"groups": "1"}).content.decode()
    assert page.count("North") >= 1
    assert all(name in page for name in part_cells(indicator, cut))


def test_value_is_sent_with_its_parts_and_the_rest_is_not_known(indicator, cut, coordinator, signed_in_as):
    north, south, _unknown = part_cells(indicator, cut)
    sent = {cell(indicator): "40", north: "18", south: "15", "do": "send"}
    browser = signed_in_as(coordinator)
    assert browser.post(f"{HERE}?groups=1", sent).status_code == 302
    assert parts_of_last(indicator) == [18, 15, 7]
    # What stands there is what comes back; sent untouched it changes nothing.
    fields = fields_of(browser.get(HERE, {"groups": "1"}))
    assert fields[f"was.{north}"] == "18"
    browser.post(f"{HERE}?groups=1", {**fields, "do": "send"})
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("18", ""), "Write a number for each group"),
        (("some", "15"), "is not a number"),
        (("1.5", "15"), "whole number"),
        (("-3", "15"), "larger than the whole, nor less than zero"),
    ],
)
def test_part_that_cannot_be_used_keeps_everything_out(indicator, cut, coordinator, signed_in_as, typed, told):
    north, south, _unknown = part_cells(indicator, cut)
    sent = {cell(indicator): "40", north: typed[0], south: typed[1], "do": "send"}
    answer = signed_in_as(coordinator).post(f"{HERE}?groups=1", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{north}"' in page
    assert told in page
    assert f'name="{north}" value="{typed[0]}"' in page
    assert not Measurement.objects.exists()


def test_parts_without_their_value_are_refused(indicator, cut, coordinator, signed_in_as):
    north, south, _unknown = part_cells(indicator, cut)
    answer = signed_in_as(coordinator).post(f"{HERE}?groups=1", {cell(indicator): "", north: "1", south: "2"})
    assert answer.status_code == 422
    assert "Write the value itself, too" in answer.content.decode()


def test_few_are_never_broken_down(indicator, cut, coordinator, signed_in_as):
    north, south, _unknown = part_cells(indicator, cut)
    answer = signed_in_as(coordinator).post(f"{HERE}?groups=1", {cell(indicator): "19", north: "9", south: "10"})
    assert "Fewer than 20 are never broken down" in answer.content.decode()
    assert not Measurement.objects.exists()


def test_parts_of_a_verified_value_wait_for_a_second_person_again(indicator, cut, coordinator, evaluator, signed_in_as):
    row = make_measurement(indicator, 40, period=SUMMER)
    verify_measurement(measurement=row, by=evaluator)
    browser = signed_in_as(coordinator)
    fields = fields_of(browser.get(HERE, {"groups": "1"}))
    north, south, _unknown = part_cells(indicator, cut)
    browser.post(f"{HERE}?groups=1", {**fields, north: "20", south: "20", "do": "send"})
    found = Measurement.objects.get()
    assert (found.pk, found.state, found.verified_by) == (row.pk, "submitted", None)
    assert parts_of_last(indicator) == [20, 20, 0]


def test_corrected_value_takes_the_parts_that_stand_there(indicator, cut, coordinator, signed_in_as):
    row = make_measurement(indicator, 40, period=SUMMER)
    make_parts(row, cut, 18, 16, None)
    browser = signed_in_as(coordinator)
    fields = fields_of(browser.get(HERE, {"groups": "1"}))
    north = part_cells(indicator, cut)[0]
    browser.post(f"{HERE}?groups=1", {**fields, cell(indicator): "42", north: "20", "do": "send"})
    assert parts_of_last(indicator) == [20, 16, 6]
    assert Measurement.objects.get(pk=row.pk).state == "corrected"


def test_part_changed_by_somebody_else_meanwhile_is_never_overwritten(indicator, cut, coordinator, signed_in_as):
    row = make_measurement(indicator, 40, period=SUMMER)
    browser = signed_in_as(coordinator)
    fields = fields_of(browser.get(HERE, {"groups": "1"}))
    make_parts(row, cut, 18, 16, None)
    north, south, _unknown = part_cells(indicator, cut)
    answer = browser.post(f"{HERE}?groups=1", {**fields, north: "1", south: "1", "do": "send"})
    assert "meanwhile: “18”" in answer.content.decode()
    assert parts_of_last(indicator) == [18, 16, 6]


def test_draft_keeps_its_parts_and_takes_them_away_with_it(indicator, cut, coordinator, signed_in_as):
    browser, address = signed_in_as(coordinator), f"{HERE}?groups=1"
    north, south, unknown = part_cells(indicator, cut)
    browser.post(address, {cell(indicator): "40", north: "18", south: "15", "do": "draft"})
    fields = fields_of(browser.get(address))
    assert fields[unknown] == "7"
    empty = {name: "" for name in fields if not name.startswith("was.")}
    browser.post(address, {**fields, **empty, "do": "draft"})
    assert not Measurement.objects.exists()
    assert not GroupValue.objects.exists()


def test_share_takes_two_numbers_for_each_group(partnership, coordinator, signed_in_as):
    share = make_indicator(partnership, "P-1", unit="percent", name_en="Share")
    cut = make_cut(share, "area", "North", "South")
    north, south, _unknown = part_cells(share, cut)
    sent = {cell(share): "40 of 180", north: "20 of 100", south: "0 of 0", "do": "send"}
    signed_in_as(coordinator).post(f"{HERE}?groups=1", sent)
    rows = GroupValue.objects.order_by("group__position").values_list("count", "cases")
    assert list(rows) == [(20, 100), (0, 0), (20, 80)]


def test_block_finds_groups_by_their_names(indicator, cut, coordinator, signed_in_as):
    block = "\tJuly - September 2026\nN-1\t44\nSouth\t20\n"
    answer = signed_in_as(coordinator).post(f"{HERE}?groups=1", {"block": block, "table": "quarterly", "do": "lay"})
    south = part_cells(indicator, cut)[1]
    assert f'name="{south}" value="20"' in answer.content.decode()


def test_page_with_many_groups_never_has_more_fields_than_a_form_may(partnership, coordinator, signed_in_as):
    for number in range(4):
        one = make_indicator(partnership, f"N-{number}", name_en=f"Families {number}")
        for kind in ("gender", "age", "area", "own"):
            make_cut(one, kind, *(f"Group {place}" for place in range(20)), name_en="School")
    page = signed_in_as(coordinator).get(HERE, {"groups": "1", "periods": "12"}).content.decode()
    assert 2 * page.count('autocomplete="off"') < 1_000
    assert "page=2" in page


def test_who_speaks_for_nobody_may_not_enter(indicator, partner, signed_in_as):
    assert signed_in_as(partner).get(HERE).status_code == 403


GRID_QUERIES = 15
