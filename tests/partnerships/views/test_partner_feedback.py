from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import OutboxMail
from core.operations.link import make_link
from core.rules.workdays import workdays_after
from partnerships.models import PartnerFeedback, Partnership
from partnerships.operations.partner_feedback import FeedbackRefusedError, answer_partner_feedback
from partnerships.queries.due import Step
from partnerships.queries.feedback_due import feedback_due_items
from reports.rules.partner_page import PARTNER_LINK
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own/together/"
API = "/s/borgo/api/v1/partnerships/own/together/"
WORDS = {"about": "coordination", "wish": "improve", "text": "The agenda comes late."}


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def anna(own):
    return make_partner(make_member(own))


@pytest.fixture
def other(own):
    return make_partner(make_member(own, "School"), "lead@school.example")


def said(browser, **words):
    assert browser.post(f"{HERE}new/", {**WORDS, **words}).status_code == 302
    return PartnerFeedback.objects.latest("given_at")


def test_partner_says_it_coordination_answers_once_and_only_they_read_it(own, anna, other, coordinator, signed_in_as):
    browser, desk, school = (signed_in_as(who) for who in (anna, coordinator, other))
    feedback = said(browser)
    assert feedback.answer_by == workdays_after(timezone.localdate(), 10)
    assert feedback.member.organisation.name == "Officine Riva"
    assert "Officine Riva" in desk.get(HERE).content.decode()
    assert "1 partner waits for an answer" in desk.get("/s/borgo/partnerships/own/channels/").content.decode()
    here = f"{HERE}{feedback.pk}/answer/"
    assert [one.post(here, {"text": "Yes"}).status_code for one in (browser, school)] == [403, 403]
    assert desk.post(here, {"text": " "}).status_code == 422
    assert desk.post(here, {"text": "From now on a week before."}).status_code == 302
    mail = OutboxMail.objects.get(kind="partner_feedback")
    assert mail.to == anna.email
    assert "agenda" not in mail.text
    again = desk.post(here, {"text": "Again"})
    assert (again.status_code, "has an answer already" in again.content.decode()) == (422, True)
    assert "a week before" in browser.get(HERE).content.decode()
    assert "agenda comes late" not in school.get(HERE).content.decode()
    assert school.get(API).json()["results"] == []


def test_what_may_be_shown_is_read_by_partners_after_the_answer_without_the_name_where_asked(
    own, anna, other, coordinator, signed_in_as
):
    feedback = said(signed_in_as(anna), may_be_shown="on", is_anonymous="on")
    school, desk = signed_in_as(other), signed_in_as(coordinator)
    assert school.get(API).json()["results"] == []
    answer_partner_feedback(feedback=feedback, text="We will.", by=coordinator)
    page = school.get(HERE).content.decode()
    assert "The agenda comes late." in page
    assert "Officine Riva" not in page
    assert [one["organisation"] for one in school.get(API).json()["results"]] == [""]
    assert [one["organisation"] for one in desk.get(API).json()["results"]] == ["Officine Riva"]
    Partnership.objects.update(visibility=1)
    assert school.get(API).status_code == 404


def test_person_without_account_says_it_by_link_and_reads_the_answer_there(own, client, coordinator, signed_in_as):
    bea = make_representative(make_member(own), make_person("Bea", "bea@riva.example"))
    _link, token = make_link(
        purpose=PARTNER_LINK, subject_id=bea.pk, person_id=bea.pk, lasts=timedelta(days=1), by=None
    )
    here = f"/l/borgo/partner/{token}/together/own/"
    assert here in client.get(f"/l/borgo/partner/{token}/").content.decode()
    assert client.post(here, {**WORDS, "text": ""}).status_code == 422
    assert "The coordination will answer" in client.post(here, WORDS, follow=True).content.decode()
    feedback = PartnerFeedback.objects.get()
    assert (feedback.person, feedback.given_by) == (bea, None)
    assert "Officine Riva" in signed_in_as(coordinator).get(HERE).content.decode()
    answer_partner_feedback(feedback=feedback, text="We will.", by=coordinator)
    assert "We will." in client.get(here).content.decode()
    mail = OutboxMail.objects.get(kind="partner_feedback")
    assert (mail.to, "http" in mail.text) == ("bea@riva.example", False)
    make_partnership("other")
    assert client.get(here.replace("/own/", "/other/")).status_code == 404


def test_only_who_speaks_for_a_member_says_something(own, anna, coordinator, signed_in_as):
    desk = signed_in_as(coordinator)
    assert desk.get(f"{HERE}new/").status_code == 404
    assert desk.post(API, WORDS, content_type="application/json").status_code == 409
    browser = signed_in_as(anna)
    assert browser.post(f"{HERE}new/", {**WORDS, "about": "else", "text": ""}).status_code == 422
    assert browser.post(API, {**WORDS, "wish": "x"}, content_type="application/json").status_code == 400
    told = browser.post(API, WORDS, content_type="application/json")
    assert (told.status_code, told.json()["organisation"]) == (201, "Officine Riva")
    with pytest.raises(FeedbackRefusedError):
        answer_partner_feedback(feedback=PartnerFeedback.objects.get(), text="I answer myself", by=anna)


def test_coordination_is_reminded_until_it_answered(own, anna, coordinator, admin, signed_in_as):
    Partnership.objects.update(coordinator=admin)
    listed = make_person("Carla", admin.email)
    feedback = said(signed_in_as(anna))
    (item,) = feedback_due_items()
    assert (item.step, item.person_id, item.due_on) == (Step.FEEDBACK, listed.pk, feedback.answer_by)
    assert (item.title, item.who) == (own.name, "Officine Riva")
    answer_partner_feedback(feedback=feedback, text="Yes.", by=coordinator)
    assert feedback_due_items() == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    own, anna, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        PartnerFeedback.objects.create(
            partnership=own, member=own.members.get(), about="process", wish="thank", text=str(number),
            given_by=anna, answer_by=date(2026, 6, 1),
        )  # fmt: skip
    desk = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        assert desk.get(HERE).content.decode().count("An answer is due by") == count


LIST_QUERIES = 10
