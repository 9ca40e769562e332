"""The page and the API of how long data is kept."""

from datetime import UTC, datetime

import pytest

from core.models import OutboxMail, Tenant
from core.queries.retention import registered_keepings

PAGE = "/s/borgo/settings/retention/"
API = "/s/borgo/api/v1/retention/"


@pytest.fixture
def browser(admin, signed_in_as):
    return signed_in_as(admin)


@pytest.fixture
def old_mail(space):
    mail = OutboxMail.objects.create(
        to="a@b.example", subject="Hello", text="Dear", kind="x", dedup_key="1", message_id="1", state="sent",
        send_after=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    OutboxMail.objects.filter(pk=mail.pk).update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    return mail


def fields(**changed):
    return {f"keep_{keeping.code}": keeping.default_days for keeping in registered_keepings()} | changed


def test_page_says_what_the_next_run_takes(browser, old_mail):
    page = browser.get(PAGE).content.decode()
    assert "1 record in all" in page
    assert "1 goes next" in page
    assert "At least six months" in page


def test_other_days_are_tried_before_they_are_saved(browser, old_mail, space):
    page = browser.post(PAGE, fields(keep_mail=7300, preview="1")).content.decode()
    assert "With these days" in page
    assert "Nothing: no time is over" in page
    assert Tenant.objects.get(pk=space.pk).retention_days == space.retention_days


def test_days_and_holds_are_saved(browser, old_mail, space):
    assert browser.post(PAGE, fields(keep_mail=100, hold_mail="on")).status_code == 302
    tenant = Tenant.objects.get(pk=space.pk)
    assert (tenant.retention_days["mail"], tenant.retention_holds) == (100, ["mail"])
    assert "Nothing: no time is over" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("value", ["1", "99999", "", "1e9", "soon"])
def test_days_that_cannot_be_are_told_at_their_field(browser, space, value):
    answer = browser.post(PAGE, fields(keep_audit=value))
    assert answer.status_code == 422
    assert b"field-error" in answer.content
    assert Tenant.objects.get(pk=space.pk).retention_days == space.retention_days


def test_only_who_administers_the_space_may(space, coordinator, signed_in_as, client):
    browser = signed_in_as(coordinator)
    assert browser.get(PAGE).status_code == browser.post(PAGE, fields()).status_code == 403
    assert browser.get(API).status_code == 403
    assert browser.patch(API, {}, content_type="application/json").status_code == 403
    assert client.get(PAGE).status_code == 302


def test_api_offers_the_same(browser, old_mail, space):
    def mail_class(answer):
        assert answer.status_code == 200
        return next(one for one in answer.json()["classes"] if one["code"] == "mail")

    assert mail_class(browser.get(API))["due"] == 1
    changed = browser.patch(API, {"days": {"mail": 100}, "holds": ["mail"]}, content_type="application/json")
    assert (mail_class(changed)["days"], mail_class(changed)["held"], mail_class(changed)["due"]) == (100, True, 0)
    kept = browser.patch(API, {"days": {"mail": 90}}, content_type="application/json")
    assert mail_class(kept)["held"] is True
    for wrong in ({"days": {"audit": 1}}, {"days": {"weather": 50}}, {"days": "all"}, {"holds": ["weather"]}):
        assert browser.patch(API, wrong, content_type="application/json").status_code == 400
