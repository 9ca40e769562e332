"""Handing out slips, and the page on which a slip answers."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from core.models import AccessLink
from stakeholders.operations import representation_round
from stakeholders.queries.representation import categories_of, round_of
from tests.conftest import TenantClient
from tests.factories.representation import make_audit, make_counted, make_profile

LIST = "/s/borgo/stakeholders/representation/"
CODE = re.compile(r'class="code">([0-9A-Z]{5}-[0-9A-Z]{5})<')


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def hand_out(browser, audit, number=6):
    ends_on = timezone.localdate() + timedelta(days=7)
    page = browser.post(f"{LIST}{audit.pk}/slips/", {"number": number, "ends_on": str(ends_on)})
    assert page.status_code == 200
    text = page.content.decode()
    return re.search(r'href="http://[^/]+(/l/borgo/voices/[^/]+/)\?code=', text).group(1), CODE.findall(text)


def test_slips_are_shown_once_and_answered_without_an_account_or_a_trace_of_the_answer(space, browser, client):
    audit = make_audit(make_profile("disability", groups=(("Yes", 90), ("No", 910))))
    link, codes = hand_out(browser, audit)
    assert len(set(codes)) == 6
    again = browser.get(f"{LIST}{audit.pk}/slips/").content.decode()
    assert not CODE.search(again)
    assert not any(code in again for code in codes)
    question = client.get(link, {"code": codes[0]}).content.decode()
    for words in ("Do you live with a disability?", "I would rather not say", "What is kept", f'value="{codes[0]}"'):
        assert words in question
    assert round_of(audit).answers == 0
    group = categories_of(audit.profile)[0]
    thanks = client.post(link, {"group": str(group.pk), "code": codes[0]})
    assert thanks.status_code == 200
    assert "Your answer is counted" in thanks.content.decode()
    assert "Yes" not in thanks.content.decode()
    twice = client.post(link, {"group": str(group.pk), "code": codes[0]})
    assert twice.status_code == 422
    assert "There is no unused slip with this code" in twice.content.decode()
    assert client.post(link, {"group": "not_stated", "code": codes[1].lower()}).status_code == 200


def test_nothing_of_what_was_said_is_shown_before_the_round_is_over(space, browser, client):
    audit = make_audit()
    link, codes = hand_out(browser, audit)
    group = categories_of(audit.profile)[2]
    for code in codes[:5]:
        client.post(link, {"group": str(group.pk), "code": code})
    page = browser.get(f"{LIST}{audit.pk}/").content.decode()
    assert "5 of 6 have answered" in page
    assert group.label not in page
    assert browser.get(f"{LIST}{audit.pk}/?format=csv").headers["Content-Type"].startswith("text/html")
    told = browser.get(f"/s/borgo/api/v1/representation-audits/{audit.pk}/").json()
    assert (told["counting"], told["sheet"]) == ("open", None)
    closing = browser.post(
        f"{LIST}{audit.pk}/close/", {"missing_voices": "A", "action": "B", "action_on": str(timezone.localdate())}
    )
    assert "People are still answering." in closing.content.decode()
    browser.post(f"{LIST}{audit.pk}/slips/end/")
    over = client.post(link, {"group": str(group.pk), "code": codes[5]})
    assert over.status_code == 410
    assert "This round is over" in over.content.decode()
    assert group.label in browser.get(f"{LIST}{audit.pk}/").content.decode()


@pytest.mark.parametrize(
    "given", [{}, {"code": "AAAAA-AAAAA"}, {"group": "somebody", "code": "x"}, {"group": "not_stated", "code": "\0"}]
)
def test_answer_that_cannot_be_is_told_at_its_field(space, browser, client, given):
    audit = make_audit()
    link, _codes = hand_out(browser, audit)
    answer = client.post(link, given)
    assert answer.status_code == 422
    assert "to put right" in answer.content.decode()
    assert round_of(audit).left == 6


def test_too_many_tries_are_told(space, browser, client, monkeypatch):
    monkeypatch.setattr(representation_round, "TRIES_PER_HOUR", 1)
    link, codes = hand_out(browser, make_audit())
    client.post(link, {"group": "not_stated", "code": "AAAAA-AAAAA"})
    assert client.post(link, {"group": "not_stated", "code": codes[0]}).status_code == 429


def test_link_that_never_was_is_not_found(space, client):
    assert client.get("/l/borgo/voices/nothing/").status_code == 404
    assert client.post("/l/borgo/voices/nothing/", {"group": "not_stated", "code": "A"}).status_code == 404


def test_signed_in_member_who_answers_leaves_no_more_than_a_stranger(space, browser, signed_in_as, evaluator):
    audit = make_audit()
    link, codes = hand_out(browser, audit)
    member = signed_in_as(evaluator)
    assert member.post(link, {"group": "not_stated", "code": codes[0]}).status_code == 200
    assert not AccessLink.objects.exclude(person_id=None).exists()
    assert not AccessLink.objects.exclude(last_used_at=None).exists()


def test_answer_is_asked_in_italian_too(space, browser):
    link, _codes = hand_out(browser, make_audit())
    page = TenantClient().get(link, headers={"Accept-Language": "it"}).content.decode()
    assert "Quanti anni hai?" in page


def test_slips_of_a_counted_audit_are_refused(space, browser):
    audit = make_counted(9, 14, 10)
    ends_on = timezone.localdate() + timedelta(days=7)
    answer = browser.post(f"{LIST}{audit.pk}/slips/", {"number": 6, "ends_on": str(ends_on)})
    assert answer.status_code == 422
    assert "shown already" in answer.content.decode()


def test_api_hands_out_and_ends_a_round(space, browser, client):
    audit = make_audit()
    rounds = f"/s/borgo/api/v1/representation-audits/{audit.pk}/round/"
    wanted = {"number": 5, "ends_on": str(timezone.localdate() + timedelta(days=1))}
    made = browser.post(rounds, wanted, content_type="application/json")
    assert made.status_code == 201
    link = urlsplit(made.json()["url"]).path
    for code in made.json()["codes"]:
        assert client.post(link, {"group": str(categories_of(audit.profile)[1].pk), "code": code}).status_code == 200
    assert browser.post(rounds, wanted, content_type="application/json").status_code == 409
    assert browser.post(rounds, {"number": 4}, content_type="application/json").status_code == 400
    assert browser.delete(rounds).status_code == 204
    told = browser.get(f"/s/borgo/api/v1/representation-audits/{audit.pk}/").json()
    assert (told["counting"], told["sheet"]["stated"]) == ("over", 5)
