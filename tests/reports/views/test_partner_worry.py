"""A worry told from the page of an e-mailed link, and read with its key."""

import json
import re

import pytest

from core.models import OutboxMail
from partnerships.models import Representative, Worry
from partnerships.operations.worry import acknowledge_worry, answer_worry, name_contacts
from reports.operations.partner_page import mail_partner_page
from stakeholders.operations.personal_data import erase_person
from stakeholders.personal_data import subject_of
from stakeholders.queries.personal_data import export_of
from tests.architecture.test_personal_data import tables_saying
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_person, make_representative

SECRET = "Kestrel money went astray at Officine"
KEY_PAGE = "/s/borgo/worries/key/"


@pytest.fixture
def partnership(coordinator):
    return make_partnership("own", state="forming", coordinator=coordinator)


@pytest.fixture
def anna(partnership):
    """Somebody who speaks for a member by link alone."""
    return make_representative(make_member(partnership, "Scuola"), make_person("Anna Riva", "anna@riva.example"))


@pytest.fixture
def contacts(partnership, coordinator):
    users = [make_partner(make_member(partnership, name), f"{name}@x.example") for name in ("Comune", "Parish")]
    chosen = Representative.objects.filter(person__user__in=users)
    return name_contacts(partnership=partnership, representatives=[one.pk for one in chosen], by=coordinator)


@pytest.fixture
def page(anna, contacts):
    return re.search(r"http://[^/]+(/\S+)", mail_partner_page(person=anna, by=None).text)[1]


@pytest.fixture
def told(client, page, contacts):
    """The answer that shows code and key once."""
    sent = {"text": SECRET, "contact": str(contacts[0].pk), "about": ""}
    return client.post(f"{page}worry/own/", sent).content.decode()


def opening(told):
    code, key = re.findall(r"<dd><strong>([A-Z0-9-]+)</strong></dd>", told)
    return {"code": code, "key": key}


def test_worry_is_told_by_link_and_read_with_code_and_key_alone(client, page, anna, contacts, told):
    assert "Something worries you?" in client.get(page).content.decode()
    worry, way = Worry.objects.get(), opening(told)
    assert (worry.raised_by, worry.raised_by_person, worry.code) == (None, anna, way["code"])
    assert SECRET not in client.get(KEY_PAGE).content.decode()
    assert SECRET not in client.get(page).content.decode()
    typed = {"code": way["code"].lower().replace("-", " "), "key": way["key"].lower()}
    answer = client.post(KEY_PAGE, typed)
    assert SECRET in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    for wrong in ({**way, "key": "AAAA-BBBB-CCCC-DDDD"}, {**way, "code": "AAAA-BBBB"}):
        refused = client.post(KEY_PAGE, wrong)
        assert (refused.status_code, SECRET in refused.content.decode()) == (422, False)


def test_contact_reads_and_answers_it_as_any_other_and_mails_carry_the_code(client, told, contacts, signed_in_as):
    worry, contact = Worry.objects.get(), contacts[0].person.user
    assert SECRET in signed_in_as(contact).get(f"/s/borgo/worries/{worry.pk}/").content.decode()
    acknowledge_worry(worry=worry, by=contact)
    answer_worry(worry=worry, text="Let us talk on Monday", by=contact)
    assert "Let us talk on Monday" in client.post(KEY_PAGE, opening(told)).content.decode()
    mails = list(OutboxMail.objects.filter(to="anna@riva.example", subject__contains=worry.code))
    assert len(mails) == 2
    assert all(KEY_PAGE in mail.text for mail in mails)
    assert not any("Kestrel" in mail.text or "Monday" in mail.text for mail in mails)


def test_who_told_it_turns_to_the_other_and_closes_it_with_the_key(client, told, contacts, signed_in_as):
    way = opening(told)
    client.post(KEY_PAGE, {**way, "step": "turn"})
    worry = Worry.objects.get()
    assert worry.contact == contacts[1]
    assert client.post(KEY_PAGE, {**way, "step": "close"}).status_code == 200
    assert client.post(KEY_PAGE, {**way, "step": "close"}).status_code == 409
    assert Worry.objects.get().state == "closed"
    assert signed_in_as(contacts[0].person.user).get(f"/s/borgo/worries/{worry.pk}/").status_code == 404


def test_key_cannot_be_tried_often(client, told):
    way = opening(told)
    for _attempt in range(10):
        client.post(KEY_PAGE, {**way, "key": "AAAA-BBBB-CCCC-DDDD"})
    assert SECRET not in client.post(KEY_PAGE, way).content.decode()


def test_words_and_key_stand_nowhere_and_go_with_the_person(told, anna, admin):
    worry, key = Worry.objects.get(), opening(told)["key"]
    assert tables_saying("Kestrel") == set()
    assert tables_saying(key) == set()
    export = json.dumps(export_of(subject_of(anna)))
    assert (worry.code in export, "Kestrel" in export) == (True, False)
    erase_person(person=anna, by=admin)
    worry.refresh_from_db()
    assert bytes(worry.sealed_words) == b""


def test_other_partnerships_wrong_links_and_empty_words_are_refused(client, page, contacts, space):
    make_partnership("other")
    sent = {"text": SECRET, "contact": str(contacts[0].pk), "about": ""}
    assert client.post(f"{page}worry/other/", sent).status_code == 404
    assert client.post("/l/borgo/partner/nobody/worry/own/", sent).status_code == 404
    assert client.post(f"{page}worry/own/", {**sent, "text": " "}).status_code == 422
    assert client.get(f"{page}worry/own/").status_code == 200
    assert not Worry.objects.exists()


def test_nobody_of_the_own_organisation_is_offered(client, partnership, page, contacts):
    colleague = make_person("Bice Riva", "bice@riva.example")
    member = contacts[0].member
    make_representative(member, colleague)
    own = re.search(r"http://[^/]+(/\S+)", mail_partner_page(person=colleague, by=None).text)[1]
    shown = client.get(f"{own}worry/own/").content.decode()
    assert (str(contacts[0].pk) in shown, str(contacts[1].pk) in shown) == (False, True)
