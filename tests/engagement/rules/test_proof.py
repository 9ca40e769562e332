"""A little work or a little patience while very many messages arrive."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from engagement.rules.proof import TICKET_LASTS, WAIT, is_proof, is_ticket_of, new_ticket, waited_enough

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FORM = uuid.uuid4()


def test_work_done_for_one_stamp_is_worth_nothing_for_another():
    found = next(str(number) for number in count() if is_proof("stamp", str(number)))
    assert not is_proof("another", found)


@pytest.mark.parametrize("proof", ["", "x", "-1", "1" * 21, "\u0661", "1e9"])
def test_what_is_no_number_is_no_proof(proof):
    assert not is_proof("stamp", proof)


@pytest.mark.parametrize(
    ("age", "enough"),
    [(timedelta(seconds=19), False), (WAIT, True), (TICKET_LASTS, True), (TICKET_LASTS + timedelta(seconds=1), False)],
)
def test_ticket_is_good_from_the_time_told_until_an_hour_later(age, enough):
    ticket = new_ticket(FORM, "nonce", now=NOW)
    assert waited_enough(ticket, FORM, "nonce", now=NOW + age) is enough


def test_ticket_of_another_page_form_or_hand_is_none():
    ticket = new_ticket(FORM, "nonce", now=NOW)
    for form, nonce, given in ((uuid.uuid4(), "nonce", ticket), (FORM, "other", ticket), (FORM, "nonce", ticket + "x")):
        assert not waited_enough(given, form, nonce, now=NOW + WAIT)
        assert not is_ticket_of(given, form, nonce)
