import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from core.access.roles import Role
from core.models import AccessLink, OutboxMail
from core.operations.mail import draft_mail, store_mails
from core.tenancy.context import tenant_scope
from partnerships.models import AgreementVersion, Partnership, Representative, Signature, Task, TaskUpdate
from partnerships.operations.agenda import write_action
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.meeting import change_meeting
from partnerships.operations.minutes import circulate_minutes
from partnerships.operations.signature_link import open_signature_link
from partnerships.operations.task_link import open_task_link
from reports.models import Delivery, ReminderPreference
from reports.operations.digest import PREFERENCE_LINK, choose_rhythm, write_digests
from reports.operations.partner_page import write_partner_pages
from reports.queries.digest import digests_on
from stakeholders.models import Stakeholder
from tests.factories.core import make_user
from tests.factories.goals import make_adopted_goal
from tests.factories.meetings import call_meeting, hold_meeting
from tests.factories.partnerships import (
    make_agreement,
    make_commitment,
    make_member,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

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


def test_meeting_and_minutes_open_from_the_mail_and_are_not_in_it_once_answered(member, person, admin, client):
    meeting = call_meeting(member.partnership, admin)
    minutes = circulate_minutes(meeting=hold_meeting(member.partnership, admin), by=admin)
    assert write_digests(today=MONDAY) == 1
    text = OutboxMail.objects.get(kind="digest").text
    assert "will you come?" in text
    assert "are they right?" in text
    invitation, approval = (
        f"/l/borgo/{kind}/{text.split(f'/l/borgo/{kind}/')[1].split('/')[0]}/" for kind in ("meeting", "minutes")
    )
    assert client.get(invitation).status_code == 200
    client.post(invitation, {"answer": "no"})
    client.post(approval, {"comment": "", "hash_seen": minutes.text_sha256})
    meeting.refresh_from_db()
    assert meeting.attendances.get().answer == "no"
    assert write_digests(today=MONDAY + timedelta(days=7)) == 0


def test_promise_mailed_after_the_meeting_is_not_asked_again_on_the_same_day(member, person, admin):
    meeting = hold_meeting(member.partnership, admin)
    action = {"member": member, "due_on": timezone.localdate() + timedelta(days=90), "result_expected": "A lock"}
    write_action(meeting=meeting, by=admin, title="Buy a lock", **action)
    today = timezone.localdate()
    circulate_minutes(meeting=meeting, by=admin)
    assert OutboxMail.objects.get(kind="meeting_actions").to == person.email
    assert "Buy a lock" not in "".join(item.title for one in digests_on(today) for item in one.items)
    tomorrow = [item.title for one in digests_on(today + timedelta(days=1)) for item in one.items]
    assert "Buy a lock" in tomorrow


def test_promise_written_down_for_an_organisation_is_asked_about_until_it_is_confirmed(member, person, client):
    commitment = make_commitment(member, "Lend the van", state="proposed")
    assert write_digests(today=MONDAY) == 1
    text = OutboxMail.objects.get(kind="digest").text
    assert "It counts only when you confirm it" in text
    path = f"/l/borgo/promise/{text.split('/l/borgo/promise/')[1].split('/')[0]}/"
    assert client.get(path).status_code == 200
    client.post(path, {"word": "confirm"})
    commitment.refresh_from_db()
    assert commitment.state == "open"
    assert write_digests(today=MONDAY + timedelta(days=7)) == 0


def test_moved_meeting_is_said_again(member, person, admin):
    meeting = call_meeting(member.partnership, admin)
    write_digests(today=MONDAY)
    assert write_digests(today=MONDAY + timedelta(days=7)) == 0
    later = timedelta(days=2)
    change_meeting(meeting=meeting, by=admin, starts_at=meeting.starts_at + later, ends_at=meeting.ends_at + later)
    assert write_digests(today=MONDAY + timedelta(days=8)) == 1


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


def crowd(member, count):
    """As many people who speak for a member and may commit."""
    people = Stakeholder.objects.bulk_create(
        Stakeholder(
            kind="person",
            name=f"P {number}",
            sort_name=f"p {number:03}",
            email=f"p{number}@riva.example",
            language="en",
        )
        for number in range(count)
    )
    since = timezone.localdate()
    Representative.objects.bulk_create(
        Representative(member=member, person=person, can_commit=True, since=since) for person in people
    )
    return people


def rows_written():
    return OutboxMail.objects.count(), Delivery.objects.count(), AccessLink.objects.count()


def token_in(text, kind):
    return text.partition(f"/l/borgo/{kind}/")[2].partition("/")[0]


def test_more_people_than_one_batch_get_one_mail_each_and_a_second_run_adds_nothing(space):
    member = make_member(make_partnership())
    crowd(member, 201)
    make_task(member.partnership, member=member, state="accepted", due_on=MONDAY)
    assert write_digests(today=MONDAY) == 201
    assert OutboxMail.objects.values("to").distinct().count() == 201
    # One link to the task and one to the choice of how often.
    assert rows_written() == (201, 201, 402)
    assert write_digests(today=MONDAY) == 0
    assert rows_written() == (201, 201, 402)


@pytest.mark.parametrize(("people", "queries"), [(1, 47), (3, 47), (201, 53)])
def test_queries_grow_with_the_batches_not_with_the_people(space, people, queries, django_assert_num_queries):
    member = make_member(make_partnership())
    crowd(member, people)
    for number in range(2):
        make_task(member.partnership, f"T {number}", member=member, state="accepted", due_on=MONDAY)
    with django_assert_num_queries(queries):
        assert write_digests(today=MONDAY) == people


def test_person_another_worker_wrote_to_gets_no_delivery_and_no_link(space):
    member = make_member(make_partnership())
    first, second = crowd(member, 2)
    make_task(member.partnership, member=member, state="accepted", due_on=MONDAY)
    known = {"name": "P", "inviter": "Ada", "role": "x", "url": "u", "days": 7}
    key = f"digest:{first.pk}:{MONDAY}"
    other = draft_mail(
        to=first.email, kind="digest", dedup_key=key, language="en", template="invitation", context=known
    )
    store_mails([other])
    assert write_digests(today=MONDAY) == 1
    assert [delivery.person_id for delivery in Delivery.objects.all()] == [second.pk]
    assert {link.person_id for link in AccessLink.objects.all()} == {second.pk}
    assert rows_written() == (2, 1, 2)


def wait_until_somebody_waits_for_us(other: Future):
    """Until the other unit of work stands before a row this one has written and not committed."""
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline and not other.done():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("The second run did not meet the first.")


def test_two_runs_at_once_write_each_mail_once(committed_space):
    with tenant_scope(committed_space.pk):
        member = make_member(make_partnership())
        crowd(member, 3)
        make_task(member.partnership, member=member, state="accepted", due_on=MONDAY)

    def run():
        try:
            with tenant_scope(committed_space.pk):
                return write_digests(today=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        with tenant_scope(committed_space.pk):
            assert write_digests(today=MONDAY) == 3
            second = worker.submit(run)
            wait_until_somebody_waits_for_us(second)
        assert second.result(timeout=20) == 0
    with tenant_scope(committed_space.pk):
        assert rows_written() == (3, 3, 6)


def test_failure_half_way_leaves_neither_mail_nor_link(member, person):
    promise(member, person, due_on=MONDAY)

    def lose_deliveries(execute, sql, *rest):
        if sql.startswith('INSERT INTO "reports_delivery"'):
            raise OperationalError("gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(lose_deliveries), pytest.raises(OperationalError):
        write_digests(today=MONDAY)
    assert rows_written() == (0, 0, 0)


@pytest.mark.parametrize(
    ("count", "shown", "words"),
    [(20, 20, ""), (21, 20, "One more thing waits, less"), (23, 20, "3 more things wait, less")],
)
def test_mail_shows_the_twenty_most_urgent_items_and_counts_the_others(member, person, count, shown, words):
    for number in range(count):
        promise(member, person, due_on=MONDAY - timedelta(days=number), title=f"Task {number:02}")
    write_digests(today=MONDAY)
    mail = OutboxMail.objects.get()
    assert mail.subject.startswith(f"{count} things wait for you")
    for body in (mail.text, mail.html):
        assert body.count("/l/borgo/task/") == shown
        assert f"Task {count - 1:02}" in body
        assert ("Task 00" in body) == (count == shown)
        assert words in body
        assert ("less urgent" in body) == bool(words)
    assert AccessLink.objects.exclude(purpose=PREFERENCE_LINK).count() == shown
    assert Delivery.objects.count() == count


def test_italian_mail_counts_the_others_in_italian(member, person):
    person.language = "it"
    person.save()
    for number in range(22):
        promise(member, person, due_on=MONDAY, title=f"Task {number}")
    write_digests(today=MONDAY)
    assert "Ci sono altre 2 cose in attesa" in OutboxMail.objects.get().text


def test_each_link_opens_what_its_line_says(member, person, admin):
    task = promise(member, person, due_on=MONDAY, title="Book the hall")
    open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)
    OutboxMail.objects.all().delete()
    AccessLink.objects.all().delete()
    write_digests(today=MONDAY)
    text = OutboxMail.objects.get().text
    opened, holder, link = open_task_link(token_in(text, "task"))
    assert (opened, holder.person, link.label) == (task, person, "Book the hall")
    signature, signer = open_signature_link(token_in(text, "agreement"))
    assert (signature.member, signer.person) == (member, person)
    assert AccessLink.objects.get(subject_id=signature.pk).label == "Partnership agreement v1"


def test_milestone_leads_into_the_space_and_only_who_has_an_account_hears_of_it(space, coordinator):
    goal = make_adopted_goal(make_partnership(), coordinator)
    owner = goal.owner_person
    Stakeholder.objects.filter(pk=owner.pk).update(email="neri@borgo.example", language="en")
    day = date(2026, 3, 10)
    assert write_digests(today=day) == 0
    Stakeholder.objects.filter(pk=owner.pk).update(user=make_user("neri@borgo.example", "Anna Neri"))
    assert write_digests(today=day) == 1
    assert f"/s/borgo/partnerships/scuola-lavoro/goals/{goal.number}/" in OutboxMail.objects.get().text
    assert [link.purpose for link in AccessLink.objects.all()] == [PREFERENCE_LINK]


def test_silence_is_asked_after_gently_once_and_again_only_after_a_new_silence(member, person):
    task = promise(member, person, due_on=MONDAY + timedelta(days=90), title="Book the hall")
    began = datetime(2026, 2, 1, 12, tzinfo=UTC)
    Task.objects.filter(pk=task.pk).update(created_at=began)
    assert write_digests(today=MONDAY) == 1
    assert "Nothing was said of it since 1 February 2026. One line is enough" in OutboxMail.objects.get().text
    assert write_digests(today=MONDAY + timedelta(days=14)) == 0
    TaskUpdate.objects.create(task=task, state_before="accepted", state="accepted")
    TaskUpdate.objects.update(at=began + timedelta(days=20))
    assert write_digests(today=MONDAY + timedelta(days=21)) == 1


def test_coordinator_who_is_not_listed_gets_one_mail_and_may_stop_it(member, person, coordinator, client):
    Partnership.objects.update(coordinator=coordinator)
    task = promise(member, person, due_on=MONDAY - timedelta(days=20), title="Book the hall")
    assert write_digests(today=MONDAY) == 2
    mail = OutboxMail.objects.get(to=coordinator.email)
    assert f"/s/borgo/partnerships/scuola-lavoro/tasks/{task.number}/" in mail.text
    assert "/l/borgo/task/" not in mail.text
    assert "because something in" in mail.text
    assert "because something in" in mail.html
    said = Delivery.objects.get(user=coordinator)
    assert (said.person_id, said.item_id, said.step) == (None, task.pk, "coordination")
    assert write_digests(today=MONDAY) == 0
    # Said once; only the owner is asked again.
    assert write_digests(today=MONDAY + timedelta(days=7)) == 1
    address = mail.unsubscribe_url.partition("8000")[2]
    assert client.get(address).status_code == 200
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert ReminderPreference.objects.get().user == coordinator
    promise(member, person, due_on=MONDAY - timedelta(days=20), title="Call the bus firm")
    write_digests(today=MONDAY + timedelta(days=21))
    assert OutboxMail.objects.filter(to=coordinator.email).count() == 1


def test_coordination_reads_in_its_own_language_of_a_review_and_of_who_does_not_sign(member, coordinator, admin):
    Partnership.objects.update(coordinator=coordinator, state="active", state_since=MONDAY - timedelta(days=360))
    coordinator.language = "it"
    coordinator.save()
    open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)
    Signature.objects.update(state="declined")
    write_digests(today=MONDAY)
    mail = OutboxMail.objects.get(to=coordinator.email)
    for words in ("Verifica della partnership «", "da rivedere insieme entro il", "Non accetta l'accordo"):
        assert words in mail.text


def test_coordinator_hears_of_an_agreement_without_being_listed(member, coordinator):
    Partnership.objects.update(coordinator=coordinator)
    version = make_agreement(member.partnership)
    AgreementVersion.objects.filter(pk=version.pk).update(state="in_force", valid_to=MONDAY + timedelta(days=80))
    assert write_digests(today=MONDAY) == 1
    assert "/agreements/1/" in OutboxMail.objects.get(to=coordinator.email).text


def test_account_that_wants_no_reminders_keeps_nobody_from_their_monthly_page(member, person, coordinator):
    choose_rhythm(person=coordinator, rhythm="never")
    promise(member, person, due_on=MONDAY)
    assert write_partner_pages(today=MONDAY) == 1


def test_page_of_what_goes_out_names_the_account(member, person, coordinator, signed_in_as):
    Partnership.objects.update(coordinator=coordinator)
    promise(member, person, due_on=timezone.localdate() - timedelta(days=20))
    assert coordinator.email in signed_in_as(coordinator).get("/s/borgo/reminders/").content.decode()


def test_coordinator_of_one_partnership_sees_its_reminders_alone(member, person, coordinator, signed_in_as):
    promise(member, person, due_on=timezone.localdate(), title="Book the hall")
    other = make_partnership("other")
    elsewhere = make_member(other, "Mill Friends")
    nora = make_person("Nora Mill", "nora@mill.example")
    make_representative(elsewhere, nora)
    make_representative(elsewhere, person)
    promise(elsewhere, nora, due_on=timezone.localdate(), title="Mend the roof")
    promise(elsewhere, person, due_on=timezone.localdate(), title="Sweep the yard")
    own = make_user("own@borgo.example", role=Role.COORDINATOR, scope=member.partnership.scope)
    page = signed_in_as(own).get("/s/borgo/reminders/").content.decode()
    assert "Book the hall" in page
    for hidden in ("Mend the roof", "Sweep the yard", "nora@mill.example"):
        assert hidden not in page
    everything = signed_in_as(coordinator).get("/s/borgo/reminders/").content.decode()
    for shown in ("Book the hall", "Mend the roof", "Sweep the yard", "nora@mill.example"):
        assert shown in everything
