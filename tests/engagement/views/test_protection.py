"""What a busy form asks for, with and without script (INP-05)."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine

from engagement.models import Submission
from engagement.rules.limits import BUSY
from engagement.rules.proof import WAIT, is_proof
from engagement.rules.stamp import new_stamp
from tests.factories.engagement import make_public_partnership, send

FORM = "/p/borgo/orti/feedback/"
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def busy(orti):
    for _ in range(BUSY.most):
        send(orti, now=NOW)
    with time_machine.travel(NOW, tick=False):
        yield orti


def filled(orti, **more):
    stamp = new_stamp(orti.pk, now=NOW - timedelta(minutes=1))
    return {"category": "idea", "text": "A bench", "is_old_enough": "on", "consent": "on", "stamp": stamp, **more}


def field(answer, name):
    return re.search(rf'name="{name}" value="([^"]+)"', answer.content.decode())[1]


def test_quiet_form_asks_for_nothing(orti, client):
    for _ in range(BUSY.most - 1):
        send(orti, now=NOW)
    with time_machine.travel(NOW, tick=False):
        assert client.post(FORM, filled(orti)).status_code == 200


def test_busy_form_keeps_nothing_at_once_and_loses_nothing_typed(busy, client):
    answer = client.post(FORM, filled(busy))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing is lost" in html
    assert "A bench" in html
    assert "data-work=" in html
    assert Submission.objects.filter(text="A bench").count() == 0


def test_busy_form_takes_what_the_browser_worked_for(busy, client):
    given = filled(busy)
    proof = next(str(number) for number in count() if is_proof(given["stamp"], str(number)))
    assert client.post(FORM, {**given, "proof": proof}).status_code == 200
    assert client.post(FORM, {**filled(busy), "proof": proof}).status_code == 422


def test_busy_form_takes_it_without_script_after_the_time_it_told(busy, client):
    given = filled(busy)
    first = client.post(FORM, given)
    ticket = field(first, "ticket")
    with time_machine.travel(NOW + WAIT - timedelta(seconds=1), tick=False):
        hasty = client.post(FORM, {**given, "ticket": ticket})
        assert hasty.status_code == 422
        assert field(hasty, "ticket") == ticket
    with time_machine.travel(NOW + WAIT, tick=False):
        assert client.post(FORM, {**given, "ticket": ticket}).status_code == 200
    assert Submission.objects.filter(text="A bench").count() == 1


def test_other_forms_of_the_space_stay_quiet(busy, client):
    other = make_public_partnership("scuola")
    assert client.post("/p/borgo/scuola/feedback/", filled(other)).status_code == 200
