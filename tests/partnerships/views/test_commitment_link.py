import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, OutboxMail
from partnerships.models import Representative
from partnerships.operations.commitment import release_commitment
from partnerships.operations.commitment_link import make_commitment_link
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own/promises/1"


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


@pytest.fixture
def mailed(member, coordinator, signed_in_as):
    """A promise, and the path of the link coordination mailed to who speaks for the organisation."""
    make_representative(member)
    commitment = make_commitment(member)
    representative = Representative.objects.get()
    answer = signed_in_as(coordinator).post(f"{HERE}/link/{representative.pk}/")
    assert answer.status_code == 302
    return commitment, re.search(r"/l/borgo/promise/[^/\s]+/", OutboxMail.objects.get().text)[0]


def test_promise_is_kept_from_the_mail_and_a_get_changes_nothing(mailed, client):
    commitment, path = mailed
    assert "Is it kept? Lend the van" in OutboxMail.objects.get().subject
    assert client.get(path).status_code == 200
    commitment.refresh_from_db()
    assert commitment.state == "open"
    page = client.post(path, {"word": "kept", "evidence": "Keys handed over"}).content.decode()
    assert "Thank you, Anna Riva" in page
    commitment.refresh_from_db()
    assert (commitment.state, commitment.evidence) == ("kept", "Keys handed over")
    assert "There is nothing left to do here" in client.get(path).content.decode()


def test_release_is_asked_from_the_mail(mailed, client):
    commitment, path = mailed
    assert client.post(path, {"word": "ask", "reason": ""}).status_code == 422
    client.post(path, {"word": "ask", "reason": "The van was sold"})
    commitment.refresh_from_db()
    assert (commitment.state, commitment.release_asked) == ("open", "The van was sold")


def test_ended_link_offers_a_new_one_to_the_same_address(mailed, client):
    _commitment, path = mailed
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(path).status_code == 410
    for _time in range(4):
        assert client.post(f"{path}renew/").status_code == 200
    assert OutboxMail.objects.count() == 4
    assert client.post("/l/borgo/promise/unknown/renew/").status_code == 200
    assert client.get("/l/borgo/promise/unknown/").status_code == 404


def test_link_ends_with_the_promise_and_with_the_right_to_speak(mailed, client, coordinator):
    commitment, path = mailed
    Representative.objects.update(until=timezone.localdate())
    assert client.get(path).status_code == 410
    Representative.objects.update(until=None)
    release_commitment(commitment=commitment, reason="Sold", by=coordinator)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(("word", "state"), [("confirm", "open"), ("decline", "declined")])
def test_written_down_promise_is_confirmed_or_declined_from_the_mail(
    member, coordinator, signed_in_as, client, word, state
):
    make_representative(member)
    commitment = make_commitment(member, state="proposed")
    signed_in_as(coordinator).post(f"{HERE}/link/{Representative.objects.get().pk}/")
    mail = OutboxMail.objects.get()
    assert mail.subject == "Is this your promise? Lend the van"
    path = re.search(r"/l/borgo/promise/[^/\s]+/", mail.text)[0]
    page = client.get(path).content.decode()
    assert "It counts as promised only when you confirm it" in page
    assert "Is it kept" not in page
    assert client.post(path, {"word": "decline", "reason": ""}).status_code == 422
    assert client.post(path, {"word": "kept", "evidence": "x"}).status_code == 422
    commitment.refresh_from_db()
    assert commitment.state == "proposed"
    client.post(path, {"word": word, "reason": "We only thought of it"})
    commitment.refresh_from_db()
    assert commitment.state == state


def test_link_of_who_may_not_commit_says_who_has_to_confirm(member, client):
    person = make_representative(member, can_commit=False)
    make_representative(member, make_person("Head", "head@riva.example"))
    commitment = make_commitment(member, state="proposed")
    _link, path = make_commitment_link(commitment=commitment, person=person, by=None)
    page = client.get(path).content.decode()
    assert "has to confirm this first" in page
    assert client.post(path, {"word": "confirm"}).status_code == 422
