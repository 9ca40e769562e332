import pytest

from core.access.roles import Role
from core.tenancy.keys import new_id
from metrics.models import Measurement
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/partnerships/own/"
PERIOD = {"period_starts_on": "2026-01-01", "period_ends_on": "2026-03-31"}


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


def address(measurement, act=""):
    return f"{HERE}measurements/{measurement.pk}/{act}"


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, member, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_measurement(make_indicator(partnership, f"N-{number}"), 5, member=member)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(f"{HERE}measurements/")
    assert answer.content.decode().count(f"{HERE}measurements/0") == count


def test_partner_enters_a_value_for_the_own_organisation(indicator, member, partner, signed_in_as):
    answer = signed_in_as(partner).post(f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "value": "1,200"})
    assert answer.status_code == 302
    measurement = Measurement.objects.get()
    assert (measurement.value, measurement.member, measurement.entered_by) == (1200, member, partner)


def test_partner_cannot_enter_a_value_for_another_organisation(
    indicator, partnership, member, partner, evaluator, signed_in_as
):
    other = make_speaking_member(partnership, evaluator, "Another")
    signed_in_as(partner).post(
        f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "value": "3", "member": str(other.pk)}
    )
    assert Measurement.objects.get().member == member


def test_partner_who_speaks_for_nobody_may_not_enter(indicator, partner, signed_in_as):
    assert signed_in_as(partner).get(f"{HERE}indicators/N-1/measurements/new/").status_code == 403


def test_value_is_read_in_the_style_of_the_language(indicator, member, partner, signed_in_as):
    partner.language = "it"
    partner.save()
    signed_in_as(partner).post(f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "value": "1.200"})
    assert Measurement.objects.get().value == 1200


def test_why_there_is_no_value_is_enough(indicator, member, partner, signed_in_as):
    signed_in_as(partner).post(
        f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "value": "", "missing_reason": "The desk was closed"}
    )
    assert (Measurement.objects.get().value, Measurement.objects.get().missing_reason) == (None, "The desk was closed")


def test_nothing_at_all_comes_back(indicator, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(
        f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "member": "whole", "note": "Kept words"}
    )
    assert answer.status_code == 422
    assert b"say why there is none" in answer.content
    assert b"Kept words" in answer.content


def test_second_value_for_a_period_comes_back_with_the_way_out(indicator, coordinator, signed_in_as):
    make_measurement(indicator, 3, period=Q1)
    answer = signed_in_as(coordinator).post(
        f"{HERE}indicators/N-1/measurements/new/", {**PERIOD, "member": "whole", "value": "4"}
    )
    assert answer.status_code == 422
    assert b"Correct that one instead" in answer.content


def test_percentage_asks_for_its_two_numbers(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "P-1", unit="percent", frequency="quarterly")
    page = signed_in_as(coordinator).get(f"{HERE}indicators/P-1/measurements/new/").content.decode()
    assert 'name="numerator"' in page
    assert 'name="denominator"' in page
    assert 'name="value"' not in page


def test_period_after_the_last_one_is_filled_in(indicator, coordinator, signed_in_as, time_machine):
    time_machine.move_to("2026-07-20")
    make_measurement(indicator, 3, period=Q1)
    page = signed_in_as(coordinator).get(f"{HERE}indicators/N-1/measurements/new/").content.decode()
    assert 'value="2026-04-01"' in page
    assert 'value="2026-06-30"' in page


def test_partner_behind_the_others_is_asked_for_its_own_period(
    indicator, member, partner, coordinator, signed_in_as, time_machine
):
    time_machine.move_to("2026-10-20")
    Partnership.objects.update(state="active")
    make_measurement(indicator, 3, member=member, period=Q1)
    make_measurement(indicator, 3, member=make_speaking_member(indicator.partnership, coordinator), period=Q2)
    page = signed_in_as(partner).get(f"{HERE}indicators/N-1/measurements/new/").content.decode()
    assert 'value="2026-04-01"' in page


def test_evaluator_confirms_what_a_partner_entered(indicator, member, partner, evaluator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=partner, member=member)
    browser = signed_in_as(evaluator)
    assert b"Confirm the value" in browser.get(address(measurement)).content
    browser.post(address(measurement, "verify/"))
    measurement.refresh_from_db()
    assert (measurement.state, measurement.verified_by) == ("verified", evaluator)


def test_coordinator_cannot_confirm_the_own_value(indicator, coordinator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=coordinator)
    browser = signed_in_as(coordinator)
    page = browser.get(address(measurement)).content.decode()
    assert "someone else must check it" in page
    assert "Confirm the value" not in page
    browser.post(address(measurement, "verify/"))
    measurement.refresh_from_db()
    assert measurement.state == "submitted"


def test_partner_may_not_confirm(indicator, partner, coordinator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=coordinator)
    assert signed_in_as(partner).post(address(measurement, "verify/")).status_code == 403


def test_opening_the_confirmation_with_get_changes_nothing(indicator, partner, evaluator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=partner)
    assert signed_in_as(evaluator).get(address(measurement, "verify/")).status_code == 405


def test_question_goes_back_and_the_correction_answers_it(indicator, member, partner, evaluator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=partner, member=member)
    signed_in_as(evaluator).post(address(measurement, "question/"), {"question": "Families or people?"})
    browser = signed_in_as(partner)
    assert b"Families or people?" in browser.get(address(measurement, "correct/")).content
    answer = browser.post(address(measurement, "correct/"), {"value": "4", "note": "One was missed"})
    assert answer.status_code == 302
    assert [(row.value, row.state) for row in Measurement.objects.order_by("entered_at")] == [
        (3, "corrected"),
        (4, "submitted"),
    ]
    assert b"What stood here before" in browser.get(answer.url).content
    assert f'href="{answer.url}"' in browser.get(address(measurement)).content.decode()


def test_partner_may_not_correct_the_value_of_another_organisation(
    indicator, partnership, member, partner, evaluator, signed_in_as
):
    other = make_speaking_member(partnership, evaluator, "Another")
    measurement = make_measurement(indicator, 3, member=other)
    assert signed_in_as(partner).post(address(measurement, "correct/"), {"value": "4"}).status_code == 403


def test_value_of_another_partnership_and_one_that_is_none_answer_alike(indicator, coordinator, signed_in_as):
    elsewhere = make_measurement(make_indicator(make_partnership("elsewhere")), 3)
    browser = signed_in_as(coordinator)
    assert browser.get(address(elsewhere)).status_code == 404
    assert browser.get(f"{HERE}measurements/{new_id()}/").status_code == 404


def test_implausible_value_is_shown_for_a_second_look(indicator, partner, evaluator, signed_in_as):
    make_measurement(indicator, 3, period=Q1, by=partner)
    measurement = make_measurement(indicator, 30, period=Q2, by=partner)
    assert b"More than three times the value before (3)." in signed_in_as(evaluator).get(address(measurement)).content


def test_csv_leaves_a_missing_value_empty(indicator, coordinator, signed_in_as):
    make_measurement(indicator, missing_reason="closed", period=Q1)
    make_measurement(indicator, 1200, period=Q2)
    lines = signed_in_as(coordinator).get(f"{HERE}measurements/", {"format": "csv"}).content.decode().splitlines()
    assert ",2026-04-01,2026-06-30,1200,,,," in lines[1]
    assert ",2026-01-01,2026-03-31,,,,closed," in lines[2]


LIST_QUERIES = 9


def test_list_of_the_same_people_is_counted_and_not_kept(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "N-2", unit="percent")
    browser = signed_in_as(coordinator)
    page = f"{HERE}indicators/N-2/measurements/new/"
    api = "/s/borgo/api/v1/partnerships/own/indicators/N-2/measurements/"
    assert "From a list of the same people" in browser.get(page).content.decode()
    wrong = browser.post(page, {**PERIOD, "pairs": "3;5\nAnna;4", "more_is_better": "yes", "member": "whole"})
    assert wrong.status_code == 422
    assert "Line 2" in wrong.content.decode()
    sent = {
        **PERIOD,
        "pairs": "3\t5\n4\t4\n6\t-\n5\t2",
        "more_is_better": "yes",
        "note": "At school",
        "member": "whole",
    }
    assert browser.post(page, sent).status_code == 302
    kept = Measurement.objects.get()
    assert (kept.numerator, kept.denominator) == (1, 3)
    assert kept.note.startswith("Of 3 measured both times")
    assert kept.note.endswith("At school")
    second = {"period_starts_on": "2026-04-01", "period_ends_on": "2026-06-30"}
    asked = {**second, "pairs": [[5, 1], [5, None], [4, 2]], "more_is_better": False}
    made = browser.post(api, asked, content_type="application/json")
    assert (made.status_code, made.json()["numerator"], made.json()["denominator"]) == (201, "2.0000", "2.0000")
    none = browser.post(api, {**second, "pairs": [[5, None]]}, content_type="application/json")
    assert list(none.json()["errors"]) == ["pairs"]


def test_only_a_share_is_counted_from_a_list(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    assert "From a list" not in browser.get(f"{HERE}indicators/N-1/measurements/new/").content.decode()
    api = "/s/borgo/api/v1/partnerships/own/indicators/N-1/measurements/"
    refused = browser.post(api, {**PERIOD, "pairs": [[5, 1]]}, content_type="application/json")
    assert list(refused.json()["errors"]) == ["pairs"]
