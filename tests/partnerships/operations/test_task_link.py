from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, AuditEvent, OutboxMail
from core.operations.link import LinkUnknownError, make_link, open_link
from core.operations.rate import TooOftenError
from partnerships.models import Representative, Task
from partnerships.operations.representative import end_representation
from partnerships.operations.task_link import (
    TaskLinkGoneError,
    TaskLinkRefusedError,
    make_task_link,
    open_other_task,
    open_task_link,
    pass_task_on,
    renew_task_link,
    send_task_link,
)
from partnerships.operations.task_update import TaskWordRefusedError, accept_task, update_task
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative, make_task

TODAY = date(2026, 5, 10)


@pytest.fixture
def member(space):
    return make_member(make_partnership())


@pytest.fixture
def person(member):
    return make_representative(member)


@pytest.fixture
def task(member, person):
    return make_task(member.partnership, member=member, person=person)


def token_of(path):
    return path.rstrip("/").rpartition("/")[2]


@pytest.fixture
def token(task, person):
    return token_of(make_task_link(task=task, person=person)[1])


def expire(token):
    AccessLink.objects.filter(pk=open_link(token, purpose="task").pk).update(
        expires_at=timezone.now() - timedelta(days=1)
    )


def test_mail_tells_who_asks_and_carries_a_link_that_opens_this_task(task, person, admin):
    link = send_task_link(task=task, person=person, by=admin)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.language) == (person.email, "en")
    assert task.title in mail.subject
    token = mail.text.partition("/l/borgo/task/")[2].partition("/")[0]
    opened, holder, same = open_task_link(token)
    assert (opened, holder.person, same) == (task, person, link)
    assert f"/l/borgo/task/{token}/" in mail.html
    assert "named in the partnership" in mail.text


def test_mail_is_in_the_persons_language(task, person, admin):
    person.language = "it"
    person.save()
    assert send_task_link(task=task, person=person, by=admin)
    assert OutboxMail.objects.get().language == "it"


@pytest.mark.parametrize(("field", "value", "words"), [("email", "", "address"), ("do_not_contact", True, "contacted")])
def test_unreachable_person_gets_no_link(task, person, admin, field, value, words):
    setattr(person, field, value)
    person.save()
    with pytest.raises(TaskLinkRefusedError, match=words):
        send_task_link(task=task, person=person, by=admin)
    assert not AccessLink.objects.exists()


def test_stranger_gets_no_link(task, admin):
    with pytest.raises(TaskLinkRefusedError, match="does not speak"):
        send_task_link(task=task, person=make_person("Eve", "eve@else.example"), by=admin)


def test_closed_task_gets_no_link(task, person, admin):
    task.state = Task.State.DONE
    task.save()
    with pytest.raises(TaskLinkRefusedError, match="closed"):
        send_task_link(task=task, person=person, by=admin)


def test_holder_accepts_and_the_audit_says_by_link(task, token):
    _task, holder, link = open_task_link(token)
    update = accept_task(task=task, by=holder, today=TODAY)
    assert (update.user, update.person, update.via) == (None, holder.person, "link")
    event = AuditEvent.objects.get(verb="task.updated")
    assert (event.actor, event.actor_label, event.changes["link"]) == (None, "link", str(link.pk))


def test_holder_who_may_not_commit_cannot_accept(member, task):
    staff = make_representative(member, make_person("Bruno", "bruno@riva.example"), can_commit=False)
    _task, holder, _link = open_task_link(token_of(make_task_link(task=task, person=staff)[1]))
    with pytest.raises(TaskWordRefusedError, match="may commit"):
        accept_task(task=task, by=holder, today=TODAY)


def test_holder_of_one_task_says_nothing_of_another_organisations_task(member, token):
    other = make_task(member.partnership, member=make_member(member.partnership, "Other"), state="accepted")
    _task, holder, _link = open_task_link(token)
    with pytest.raises(TaskWordRefusedError):
        update_task(task=other, by=holder, state="done", today=TODAY)


def test_link_of_another_purpose_opens_no_task(task, person):
    _link, token = make_link(
        purpose="signature", subject_id=task.pk, person_id=person.pk, lasts=timedelta(days=1), by=None
    )
    with pytest.raises(LinkUnknownError):
        open_task_link(token)


def test_expired_link_is_gone(token):
    expire(token)
    with pytest.raises(TaskLinkGoneError):
        open_task_link(token)


def test_link_ends_with_the_representation(token, admin):
    end_representation(representative=Representative.objects.get(), by=admin)
    with pytest.raises(TaskLinkGoneError):
        open_task_link(token)


def test_passing_on_ends_the_link_and_mails_the_colleague(member, task, person, token):
    colleague = Representative.objects.get(
        person=make_representative(member, make_person("Bruno", "bruno@riva.example"))
    )
    pass_task_on(token=token, to_id=colleague.pk)
    task.refresh_from_db()
    assert task.person == colleague.person
    with pytest.raises(TaskLinkGoneError):
        open_task_link(token)
    mail = OutboxMail.objects.get()
    assert mail.to == "bruno@riva.example"
    assert person.name in mail.text
    assert AuditEvent.objects.get(verb="task.passed_on").actor_label == "link"


def test_task_is_passed_on_only_inside_the_organisation(member, task, token):
    other = make_member(member.partnership, "Other")
    stranger = Representative.objects.get(person=make_representative(other, make_person("Eve", "eve@else.example")))
    with pytest.raises(TaskLinkRefusedError):
        pass_task_on(token=token, to_id=stranger.pk)
    task.refresh_from_db()
    assert task.person.name == "Anna Riva"


def test_new_link_goes_only_to_the_address_stored(token, person):
    expire(token)
    renew_task_link(token=token)
    assert OutboxMail.objects.get().to == person.email


def test_no_new_link_when_the_address_changed_meanwhile(token, person):
    expire(token)
    person.email = "new@riva.example"
    person.save()
    renew_task_link(token=token)
    assert not OutboxMail.objects.exists()


def test_who_passed_the_task_on_gets_no_new_link(member, token):
    colleague = Representative.objects.get(
        person=make_representative(member, make_person("Bruno", "bruno@riva.example"))
    )
    pass_task_on(token=token, to_id=colleague.pk)
    OutboxMail.objects.all().delete()
    renew_task_link(token=token)
    assert not OutboxMail.objects.exists()


def test_live_and_unknown_links_are_not_renewed(token):
    renew_task_link(token=token)
    renew_task_link(token="never-there")
    assert not OutboxMail.objects.exists()


def test_fourth_renewal_in_an_hour_is_refused(token):
    expire(token)
    for _number in range(3):
        renew_task_link(token=token)
    with pytest.raises(TooOftenError):
        renew_task_link(token=token)


def test_other_open_task_of_the_same_person_opens_with_the_first_links_end(member, person, token):
    other = make_task(member.partnership, "Second", member=member, person=person)
    path = open_other_task(token=token, task_id=other.pk)
    opened, _holder, link = open_task_link(token_of(path))
    assert opened == other
    assert abs(link.expires_at - open_task_link(token)[2].expires_at) < timedelta(seconds=5)


@pytest.mark.parametrize("whose", ["colleague", "closed"])
def test_other_task_that_is_not_open_or_not_the_persons_stays_shut(member, person, token, whose):
    colleague = make_representative(member, make_person("Bruno", "bruno@riva.example"))
    other = make_task(
        member.partnership,
        "Second",
        member=member,
        person=colleague if whose == "colleague" else person,
        state="done" if whose == "closed" else "",
    )
    with pytest.raises(TaskLinkRefusedError):
        open_other_task(token=token, task_id=other.pk)
