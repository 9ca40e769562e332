from datetime import date, timedelta

import pytest

from core.models import OutboxMail
from partnerships.models import Task
from reports.models import Delivery
from reports.operations.digest import choose_rhythm, write_digests
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative, make_task

MONDAY = date(2026, 3, 2)


@pytest.fixture
def person(space):
    return make_person()


@pytest.fixture
def member(person):
    member = make_member(make_partnership())
    make_representative(member, person)
    return member


def promise(member, person, *, due_on, **fields):
    return make_task(member.partnership, member=member, person=person, state="accepted", due_on=due_on, **fields)


def test_due_and_overdue_items_come_in_one_mail_with_a_link_each(member, person):
    promise(member, person, due_on=MONDAY + timedelta(days=3), title="Book the hall")
    promise(member, person, due_on=MONDAY - timedelta(days=3), title="Call the bus firm")
    assert write_digests(today=MONDAY) == 1
    mail = OutboxMail.objects.get(kind="digest")
    assert "Book the hall" in mail.text
    assert "Call the bus firm" in mail.text
    assert mail.text.count("/l/borgo/task/") == 2
    assert mail.to == person.email


def test_second_run_writes_nothing(member, person):
    promise(member, person, due_on=MONDAY)
    write_digests(today=MONDAY)
    assert write_digests(today=MONDAY) == 0
    assert OutboxMail.objects.filter(kind="digest").count() == 1


def test_nothing_due_is_no_mail(member, person):
    promise(member, person, due_on=MONDAY + timedelta(days=30))
    assert write_digests(today=MONDAY) == 0


def test_finished_task_stops_reminding(member, person):
    task = promise(member, person, due_on=MONDAY - timedelta(days=1))
    write_digests(today=MONDAY)
    Task.objects.filter(pk=task.pk).update(state="done")
    assert write_digests(today=MONDAY + timedelta(days=7)) == 0


def test_overdue_task_reminds_again_after_a_week_and_not_before(member, person):
    promise(member, person, due_on=MONDAY - timedelta(days=1))
    write_digests(today=MONDAY)
    assert [write_digests(today=MONDAY + timedelta(days=days)) for days in (1, 6, 7)] == [0, 0, 1]


def test_news_within_the_week_waits_unless_the_person_asked_for_more(member, person):
    promise(member, person, due_on=MONDAY)
    write_digests(today=MONDAY)
    promise(member, person, due_on=MONDAY + timedelta(days=2), title="New")
    assert write_digests(today=MONDAY + timedelta(days=1)) == 0
    choose_rhythm(person=person, rhythm="daily")
    assert write_digests(today=MONDAY + timedelta(days=1)) == 1


def test_person_who_wants_none_gets_none(member, person):
    promise(member, person, due_on=MONDAY)
    choose_rhythm(person=person, rhythm="never")
    assert write_digests(today=MONDAY) == 0


def test_person_not_to_be_contacted_gets_none(member, person):
    promise(member, person, due_on=MONDAY)
    person.do_not_contact = True
    person.save()
    assert write_digests(today=MONDAY) == 0


def test_each_item_is_written_down_once_for_its_step(member, person):
    task = promise(member, person, due_on=MONDAY - timedelta(days=1))
    write_digests(today=MONDAY)
    delivery = Delivery.objects.get()
    assert (delivery.item_id, delivery.step, delivery.sent_on) == (task.pk, "late-0", MONDAY)


def test_one_click_from_a_mail_program_stops_the_mails(member, person, client):
    promise(member, person, due_on=MONDAY)
    write_digests(today=MONDAY)
    address = OutboxMail.objects.get(kind="digest").unsubscribe_url.partition("8000")[2]
    client.get(address)
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert write_digests(today=MONDAY + timedelta(days=14)) == 0
