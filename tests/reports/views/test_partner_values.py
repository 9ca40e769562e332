"""All numbers asked of a partner, by an e-mailed link."""

import re
from datetime import date
from html import unescape

import pytest

from core.models import OutboxMail
from metrics.models import GroupValue, Measurement
from metrics.operations.measurement import question_measurement
from partnerships.models import Partnership
from reports.operations.digest import write_digests
from reports.operations.partner_page import mail_partner_page
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.metrics import Q1, make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative

TODAY = date(2026, 8, 3)
CELL = "N-1.{0}.2026-04-01"


@pytest.fixture(autouse=True)
def at_work(time_machine):
    time_machine.move_to("2026-08-03 10:00", tick=False)


@pytest.fixture
def member(space):
    return make_member(make_partnership("own", state=Partnership.State.ACTIVE), state="member")


@pytest.fixture
def anna(member):
    return make_representative(member, make_person("Anna Riva", "anna@riva.example"))


@pytest.fixture
def indicator(member):
    found = make_indicator(member.partnership, "N-1")
    make_measurement(found, 3, period=Q1, member=member)
    return found


@pytest.fixture
def page(anna, indicator):
    mail = mail_partner_page(person=anna, by=None)
    return re.search(r"http://[^/]+(/\S+)", mail.text)[1] + "numbers/"


def fields_of(answer):
    found = re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {name: unescape(value) for name, value in found if "." in name}


def test_digest_opens_exactly_what_is_missing_without_a_password(client, anna, member, indicator):
    make_measurement(make_indicator(member.partnership, "Y-9", name_en="Not ours"), 4, member=None)
    write_digests(today=TODAY)
    link = re.search(r"http://[^/]+(/\S+/numbers/)", OutboxMail.objects.get(to="anna@riva.example").text)[1]
    answer = client.get(link)
    # The first quarter has its value, nothing was asked before it, and the third one is not over.
    assert fields_of(answer) == {CELL.format(member.pk): ""}
    assert "Not ours" not in answer.content.decode()


def test_values_given_by_link_wait_for_a_second_person(client, page, member, anna):
    assert client.post(page, {CELL.format(member.pk): "12"}).status_code == 302
    found = Measurement.objects.get(period_ends_on="2026-06-30")
    assert (found.value, found.member, found.entered_by, found.entered_by_person) == (12, member, None, anna)
    assert found.state == "submitted"


def test_error_stands_at_its_cell_and_nothing_is_saved(client, page, member):
    answer = client.post(page, {CELL.format(member.pk): "many"})
    assert answer.status_code == 422
    assert 'value="many"' in answer.content.decode()
    assert Measurement.objects.count() == 1


def test_value_that_is_there_cannot_be_changed_from_here(client, page, member):
    client.post(page, {f"N-1.{member.pk}.2026-01-01": "99", f"was.N-1.{member.pk}.2026-01-01": "3"})
    assert Measurement.objects.get().value == 3


def test_question_is_asked_by_mail_and_answered_from_the_link(client, page, member, anna, evaluator):
    question_measurement(measurement=Measurement.objects.get(), question="Families or people?", by=evaluator)
    write_digests(today=TODAY)
    text = OutboxMail.objects.get(to="anna@riva.example", kind="digest").text
    assert "A question about “Families reached”" in text
    answer = client.get(page)
    assert "Families or people?" in answer.content.decode()
    fields = fields_of(answer)
    client.post(page, {**fields, f"N-1.{member.pk}.2026-01-01": "2"})
    assert set(Measurement.objects.values_list("value", "state")) == {(3, "corrected"), (2, "submitted")}


def test_page_of_everything_has_the_question_and_leads_to_it(client, page, member, evaluator):
    value = Measurement.objects.get()
    question_measurement(measurement=value, question="Families or people?", by=evaluator)
    everything = page.removesuffix("numbers/")
    assert "Families or people?" in client.get(everything).content.decode()
    answer = client.post(f"{everything}open/question/{value.pk}/")
    assert answer.url.startswith(page)
    assert client.post(f"{everything}open/question/{member.pk}/").status_code == 404


def test_remark_answers_a_question_about_a_value_that_is_right(client, page, member, evaluator):
    question_measurement(measurement=Measurement.objects.get(), question="Families or people?", by=evaluator)
    client.post(page, {**fields_of(client.get(page)), "note": "Families"})
    assert set(Measurement.objects.values_list("value", "state", "note")) == {
        (3, "corrected", ""),
        (3, "submitted", "Families"),
    }


def test_values_are_given_by_groups_from_the_link(client, page, indicator, member, anna):
    cut = make_cut(indicator, "area", "North", "South")
    assert "?groups=1" in client.get(page).content.decode()
    cell = CELL.format(member.pk)
    north, south, unknown = (f"{cell}.{group.pk}" for group in cut.groups.order_by("position"))
    # Only for the period that is missing: what was given before is not asked again.
    assert fields_of(client.get(page, {"groups": "1"})) == {cell: "", north: "", south: "", unknown: ""}
    refused = client.post(f"{page}?groups=1", {cell: "40", north: "18"})
    assert refused.status_code == 422
    assert 'value="18"' in refused.content.decode()
    assert client.post(f"{page}?groups=1", {cell: "40", north: "18", south: "15"}).status_code == 302
    found = Measurement.objects.get(period_ends_on="2026-06-30")
    assert [value.count for value in found.group_values.order_by("group__position")] == [18, 15, 7]
    assert (found.value, found.entered_by_person) == (40, anna)


def test_groups_of_a_value_that_is_there_cannot_be_changed_from_here(client, page, indicator, member):
    cut = make_cut(indicator, "area", "North", "South")
    first = f"N-1.{member.pk}.2026-01-01.{cut.groups.get(position=0).pk}"
    client.post(f"{page}?groups=1", {first: "1"})
    assert not GroupValue.objects.exists()


def test_remark_on_a_value_keeps_what_falls_to_its_groups(client, page, indicator, member, evaluator):
    value = Measurement.objects.get()
    Measurement.objects.filter(pk=value.pk).update(value=30)
    make_parts(Measurement.objects.get(), make_cut(indicator, "area", "North", "South"), 10, 15, None)
    question_measurement(measurement=value, question="Families or people?", by=evaluator)
    client.post(page, {**fields_of(client.get(page)), "note": "Families"})
    new = Measurement.objects.get(state="submitted")
    assert [one.count for one in new.group_values.order_by("group__position")] == [10, 15, 5]


def test_page_of_everything_leads_here(client, page):
    assert page in client.get(page.removesuffix("numbers/")).content.decode()


def test_unknown_link_is_not_there(client, page):
    assert client.get(re.sub(r"partner/[^/]+", "partner/nobody", page)).status_code == 404
