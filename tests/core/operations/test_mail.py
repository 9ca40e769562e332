import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as outbox_of_django
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from core.models import AuditEvent, OutboxMail
from core.operations import mail as mail_operations
from core.operations.delivery import deliver_due
from core.operations.mail import (
    LEASE,
    MOST_ATTEMPTS,
    claim_mails,
    draft_mail,
    message_for,
    register_mail_check,
    release_mails,
    send_again,
    store_failure,
    store_mails,
    write_mail,
)
from core.tenancy.context import tenant_scope
from tests.core.conftest import outside_any_tenant


def terms(number=1, **more):
    known = {"name": "Nora", "inviter": "Ada", "role": "x", "url": "https://x.example/y", "days": 7}
    values = {"to": f"to{number}@borgo.example", "kind": "test", "dedup_key": f"key-{number}", "language": "en"}
    return {**values, "template": "invitation", "context": known, **more}


def write(number=1, **more):
    return write_mail(**terms(number, **more))


def now():
    return timezone.now()


def deliver(tenant, **more):
    """As a worker does it: in no tenant yet."""
    return outside_any_tenant(lambda: deliver_due(tenant.pk, **more))


class StubbornServer(BaseEmailBackend):
    """Refuses what ``refuses`` names; counts how often it was opened; calls ``before`` before it takes anything."""

    opened: list[int] = []
    sent: list[str] = []
    refuses: dict[str, Exception] = {}
    before: Callable[[], None] | None = None

    def open(self):
        StubbornServer.opened.append(1)

    def send_messages(self, messages):
        if StubbornServer.before:
            StubbornServer.before()
        for message in messages:
            error = StubbornServer.refuses.get(message.to[0])
            if error:
                raise error
            StubbornServer.sent.append(message.to[0])
        return len(messages)


@pytest.fixture
def server(settings):
    path = f"{__name__}.StubbornServer"
    settings.MAILERS = {alias: {"BACKEND": path} for alias in ("default", "bulk")}
    StubbornServer.opened, StubbornServer.sent, StubbornServer.refuses = [], [], {}
    StubbornServer.before = None
    return StubbornServer


@pytest.fixture
def forget_checks():
    yield
    mail_operations._checks.pop("test", None)


def test_same_key_is_written_once(space):
    assert write() is not None
    assert write() is None
    assert OutboxMail.objects.count() == 1


def test_drafted_mails_are_stored_at_once_except_those_written_before(space, django_assert_num_queries):
    write(2)
    drafts = [draft_mail(**terms(number)) for number in range(4)]
    assert OutboxMail.objects.count() == 1
    with django_assert_num_queries(2):
        stored = store_mails(drafts)
    assert [mail.dedup_key for mail in stored] == ["key-0", "key-1", "key-3"]
    assert OutboxMail.objects.count() == 4


def test_same_key_in_another_tenant_is_another_mail(space, neighbour):
    write()

    def elsewhere():
        with tenant_scope(neighbour.pk):
            return write()

    assert outside_any_tenant(elsewhere) is not None


def test_text_is_not_escaped_and_html_is(space):
    mail = write(context={"name": "", "inviter": "L'Aquila & <Co>", "role": "x", "url": "u", "days": 7})
    assert "L'Aquila & <Co>" in mail.subject
    assert "L'Aquila & <Co>" in mail.text
    assert "L&#x27;Aquila &amp; &lt;Co&gt;" in mail.html


def test_mail_speaks_its_own_language_and_the_page_keeps_its_own(space):
    from django.utils import translation

    with translation.override("it"):
        write()
        assert translation.get_language() == "it"
    assert "invites you" in OutboxMail.objects.get().subject


def test_one_click_unsubscribe_stands_in_the_headers(space):
    mail = write(unsubscribe_url="https://x.example/stop/1")
    headers = message_for(mail).message()
    assert headers["List-Unsubscribe"] == "<https://x.example/stop/1>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == mail.message_id
    assert "List-Unsubscribe" not in message_for(write(2)).message()


def test_due_mail_is_sent_once(space):
    write()
    assert deliver(space) == 1
    assert deliver(space) == 0
    assert len(outbox_of_django.outbox) == 1
    assert OutboxMail.objects.get().state == OutboxMail.State.SENT


def test_mail_for_later_waits(space):
    write(send_after=now() + timedelta(hours=1))
    assert deliver(space) == 0


def test_claimed_mail_is_nobody_elses_until_the_lease_ends(space):
    write()
    assert len(claim_mails(now=now())) == 1
    assert claim_mails(now=now()) == []
    assert len(claim_mails(now=now() + LEASE + timedelta(seconds=1))) == 1


def test_sender_that_lost_its_lease_does_not_send(space):
    write(send_after=now() - timedelta(hours=1))
    (mail,) = claim_mails(now=now() - LEASE - timedelta(seconds=1))
    claim_mails(now=now())
    assert not mail_operations.may_send(mail, now=now())


def test_two_senders_never_hold_the_same_mail(committed_space, second_connection):
    with tenant_scope(committed_space.pk):
        for number in range(4):
            write(number)
    second_connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(committed_space.pk)])
    taken = second_connection.execute(
        "SELECT id FROM core_outboxmail ORDER BY send_after LIMIT 2 FOR UPDATE SKIP LOCKED"
    ).fetchall()
    with tenant_scope(committed_space.pk):
        mine = {mail.pk for mail in claim_mails(now=now())}
    assert len(mine) == 2
    assert mine.isdisjoint(row[0] for row in taken)


def test_all_mails_of_a_batch_go_over_one_connection(space, server, settings):
    for number in range(5):
        write(number)
    made = []
    real = mail_operations.mailers

    class Counting:
        def __getitem__(self, alias):
            made.append(alias)
            return real[alias]

    mail_operations.mailers = Counting()
    try:
        assert deliver(space) == 5
    finally:
        mail_operations.mailers = real
    assert made == ["default"]


def test_one_bad_address_does_not_stop_the_others(space, server):
    for number in range(3):
        write(number)
    server.refuses["to0@borgo.example"] = smtplib.SMTPRecipientsRefused({"to0@borgo.example": (550, b"no")})
    assert deliver(space) == 2
    refused = OutboxMail.objects.get(to="to0@borgo.example")
    assert (refused.state, refused.attempts, refused.error) == ("waiting", 1, "SMTPRecipientsRefused")
    assert refused.send_after > now()


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_server_that_is_away_is_asked_once_and_the_rest_waits_untouched(space, server, error):
    for number in range(4):
        write(number)
    server.refuses = {f"to{number}@borgo.example": error for number in range(4)}
    assert deliver(space) == 0
    assert len(server.opened) == 1
    assert sorted(OutboxMail.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1]
    assert OutboxMail.objects.filter(lease_until=None).count() == 4


def test_mail_that_always_fails_is_tried_for_about_a_day_and_then_dead(space):
    mail = write()
    began = at = now()
    for _attempt in range(MOST_ATTEMPTS):
        assert mail.state == OutboxMail.State.WAITING
        store_failure(mail, smtplib.SMTPDataError(451, b"later"), now=at)
        mail.refresh_from_db()
        at = mail.send_after
    assert mail.state == OutboxMail.State.DEAD
    assert timedelta(hours=20) < at - began < timedelta(hours=30)


def test_dead_mail_can_be_sent_again_and_that_is_recorded(space, admin):
    mail = write()
    OutboxMail.objects.update(state=OutboxMail.State.DEAD, attempts=MOST_ATTEMPTS)
    send_again(mail=mail, by=admin)
    assert deliver(space) == 1
    assert AuditEvent.objects.filter(verb="mail.sent_again").count() == 1


def test_sent_mail_is_not_sent_again(space, admin):
    mail = write()
    deliver(space)
    send_again(mail=mail, by=admin)
    assert deliver(space) == 0


def test_mail_nobody_wants_any_more_is_dropped_right_before_it_leaves(space, forget_checks):
    write(1)
    write(2)
    register_mail_check("test", lambda mail: mail.to != "to1@borgo.example")
    assert deliver(space) == 1
    assert OutboxMail.objects.get(to="to1@borgo.example").state == OutboxMail.State.DROPPED
    assert [message.to for message in outbox_of_django.outbox] == [["to2@borgo.example"]]


def test_check_that_fails_does_not_send_the_mail_before_again(space, server, forget_checks):
    write(1, kind="other")
    write(2)
    write(3, kind="other")

    def fail(mail):
        raise ZeroDivisionError

    register_mail_check("test", fail)
    with pytest.raises(ZeroDivisionError):
        deliver(space)
    assert server.sent == ["to1@borgo.example"]
    assert OutboxMail.objects.get(to="to1@borgo.example").state == OutboxMail.State.SENT
    assert OutboxMail.objects.filter(state=OutboxMail.State.WAITING).count() == 2


def test_outcome_is_stored_before_the_next_mail_leaves(space, server):
    for number in range(3):
        write(number)
    stored = []

    def look():
        with tenant_scope(space.pk):
            stored.append(OutboxMail.objects.filter(state=OutboxMail.State.SENT).count())

    server.before = look
    assert deliver(space) == 3
    assert stored == [0, 1, 2]


# A unit of work is SAVEPOINT, set_config, set_config and RELEASE in a test; a mail adds two updates.
@pytest.mark.parametrize(("count", "queries"), [(1, 23), (3, 35)])
def test_each_mail_costs_one_transaction_with_two_statements(space, server, count, queries, django_assert_num_queries):
    for number in range(count):
        write(number)
    with django_assert_num_queries(queries):
        assert deliver(space) == count


def test_released_mail_is_free_again(space):
    write()
    release_mails(claim_mails(now=now()))
    assert len(claim_mails(now=now())) == 1


def test_at_most_as_many_as_asked_for(space):
    for number in range(3):
        write(number)
    assert deliver(space, most=0) == 0
    assert deliver(space) == 3


def test_killed_sender_leaves_nothing_lost(space, server):
    for number in range(3):
        write(number)

    class Killed(BaseException):
        pass

    server.refuses["to1@borgo.example"] = Killed()
    with pytest.raises(Killed):
        deliver(space)
    server.refuses = {}
    OutboxMail.objects.update(lease_until=now() - timedelta(seconds=1))
    deliver(space)
    assert sorted(server.sent) == ["to0@borgo.example", "to1@borgo.example", "to2@borgo.example"]


def test_bulk_mail_takes_the_other_way(space, settings, server):
    write(1, bulk=True)
    settings.MAILERS = {
        "bulk": settings.MAILERS["bulk"],
        "default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"},
    }
    deliver(space)
    assert server.sent == ["to1@borgo.example"]


def test_an_invitation_leaves_as_a_calendar_part_with_its_method(space):
    invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    part = next(iter(message_for(draft_mail(**terms(calendar=invitation))).message().iter_attachments()))
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_content().split() == invitation.split()
