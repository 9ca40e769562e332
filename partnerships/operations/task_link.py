"""E-mailed links to one task for one person: sending, passing on to a colleague, and mailing a new one."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import (
    LinkExpiredError,
    count_use,
    draft_link,
    link_to_renew,
    open_link,
    store_links,
)
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Representative, Task
from partnerships.queries.representative import active_representation, colleagues_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task import OPEN, TASK_LINK, WAITING
from stakeholders.models import Stakeholder

LASTS = timedelta(days=30)


class TaskLinkRefusedError(Exception):
    """No link can go to this person; the message says why."""


class TaskLinkGoneError(Exception):
    """The link worked once: its time is over, it was revoked, or the person has nothing to do with the task now."""


def may_hold_link(*, task: Task, person: Stakeholder) -> bool:
    """Whether a person may answer for a task by link: one who speaks for its member, or whose own task it is."""
    if task.member_id is None:
        return task.person_id == person.pk
    return active_representation(person.pk, task.member_id) is not None


@transaction.atomic
def send_task_link(*, task: Task, person: Stakeholder, by: User | None) -> AccessLink:
    """Mail a person a link with which they answer for a task for 30 days; the task is theirs from now on.

    Raises TaskLinkRefusedError for someone who does not speak for the task's member, has no address, or does not want
    to be contacted, and for a closed task.
    """
    if task.state not in OPEN:
        raise TaskLinkRefusedError(_("This task is closed."))
    if not may_hold_link(task=task, person=person):
        raise TaskLinkRefusedError(_("This person does not speak for the organisation."))
    if not person.email:
        raise TaskLinkRefusedError(_("Add an e-mail address first."))
    if person.do_not_contact:
        raise TaskLinkRefusedError(_("This person does not want to be contacted."))
    if task.person_id != person.pk:
        task.person = person
        Task.objects.filter(pk=task.pk).update(person=person)
    link, path = make_task_link(task=task, person=person, by=by)
    _mail(link, path=path, task=task, person=person)
    record("task.link_sent", task, by=by, scope_id=task.partnership.scope_id, changes={"person": str(person.pk)})
    return link


def draft_task_link(
    *,
    task_id: uuid.UUID,
    title: str,
    person: Stakeholder,
    by: User | None = None,
    expires_at: datetime | None = None,
) -> tuple[AccessLink, str]:
    """A link to a task that opens nothing before ``store_links``, and the path of its page."""
    now = timezone.now()
    link, token = draft_link(
        purpose=TASK_LINK,
        subject_id=task_id,
        lasts=min(LASTS, expires_at - now) if expires_at else LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=title[:120],
        now=now,
    )
    return link, reverse("task_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


def make_task_link(
    *, task: Task, person: Stakeholder, by: User | None = None, expires_at: datetime | None = None
) -> tuple[AccessLink, str]:
    """A new link to a task and the path of its page; ``absolute`` makes it fit for a mail written elsewhere."""
    link, path = draft_task_link(task_id=task.pk, title=task.title, person=person, by=by, expires_at=expires_at)
    store_links([link])
    return link, path


def open_task_link(token: str) -> tuple[Task, LinkHolder, AccessLink]:
    """The task and the person of a link; changes nothing (AUT-19).

    Raises LinkUnknownError, or TaskLinkGoneError when the link expired, was revoked or lost its ground.
    """
    try:
        link = open_link(token, purpose=TASK_LINK)
    except LinkExpiredError as error:
        raise TaskLinkGoneError from error
    task = Task.objects.select_related("partnership", "member__organisation").filter(pk=link.subject_id).first()
    person = Stakeholder.objects.filter(pk=link.person_id or link.pk).first()
    if task is None or person is None or not may_hold_link(task=task, person=person):
        raise TaskLinkGoneError
    return task, LinkHolder(person=person, link_id=link.pk), link


@transaction.atomic
def pass_task_on(*, token: str, to_id: uuid.UUID) -> Representative:
    """Give the task to a colleague of the same member, who gets a mail; the giver's links to it end.

    Raises TaskLinkRefusedError when the chosen one is no reachable colleague, and as ``open_task_link``.
    """
    task, holder, link = open_task_link(token)
    locked = Task.objects.select_for_update().get(pk=task.pk)
    giver = active_representation(holder.person.pk, task.member_id)
    colleague = colleagues_of(giver).filter(pk=to_id).first() if giver else None
    if colleague is None or locked.state not in OPEN:
        raise TaskLinkRefusedError(_("Choose a colleague from the list."))
    mine = AccessLink.objects.filter(purpose=TASK_LINK, subject_id=locked.pk, person_id=holder.person.pk)
    mine.filter(revoked_at=None).update(revoked_at=timezone.now())
    locked.person = colleague.person
    locked.save(update_fields=["person", "updated_at"])
    new, path = make_task_link(task=locked, person=colleague.person)
    _mail(new, path=path, task=locked, person=colleague.person, passed_on_by=holder.person)
    changes = {"from": str(holder.person.pk), "to": str(colleague.person_id), "link": str(link.pk)}
    scope_id = locked.partnership.scope_id
    record("task.passed_on", locked, by=None, actor_label="link", scope_id=scope_id, changes=changes)
    return colleague


@transaction.atomic
def renew_task_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did, so an outsider learns nothing; raises TooOftenError above the limit.
    """
    if old := link_to_renew(token, purpose=TASK_LINK):
        _mail_new_one(old)


@transaction.atomic
def open_other_task(*, token: str, task_id: uuid.UUID) -> str:
    """A link of the same person to another of their tasks, living no longer than the first; returns its path.

    Raises TaskLinkRefusedError for a task that is not this person's, and as ``open_task_link``.
    """
    _task, holder, link = open_task_link(token)
    other = Task.objects.filter(pk=task_id, person=holder.person, state__in=OPEN).first()
    if other is None or not may_hold_link(task=other, person=holder.person):
        raise TaskLinkRefusedError(_("This task is not in your list any more."))
    _link, path = make_task_link(task=other, person=holder.person, expires_at=link.expires_at)
    changes = {"person": str(holder.person.pk), "link": str(link.pk)}
    record(
        "task.link_followed", other, by=None, actor_label="link", scope_id=other.partnership.scope_id, changes=changes
    )
    count_use(link)
    return path


def _mail_new_one(old: AccessLink) -> None:
    task = Task.objects.select_related("partnership").filter(pk=old.subject_id, state__in=OPEN).first()
    person = Stakeholder.objects.filter(pk=old.person_id or old.pk).first()
    # Someone who passed the task on, changed address or left gets nothing.
    if task is None or person is None or task.person_id != person.pk or not may_hold_link(task=task, person=person):
        return
    if person.email != old.recipient_email or person.do_not_contact:
        return
    new, path = make_task_link(task=task, person=person)
    _mail(new, path=path, task=task, person=person)
    scope_id = task.partnership.scope_id
    record("task.link_renewed", task, by=None, actor_label="link", scope_id=scope_id, changes={"link": str(old.pk)})


def _mail(
    link: AccessLink, *, path: str, task: Task, person: Stakeholder, passed_on_by: Stakeholder | None = None
) -> None:
    write_mail(
        to=person.email,
        kind="task_link",
        dedup_key=f"task_link:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="task_link",
        context={
            "name": person.name,
            "task": task,
            "organisation": task.member.organisation.name if task.member else "",
            "partnership": task.partnership,
            "space": tenant_at_work(),
            "is_question": task.state in WAITING,
            "passed_on_by": passed_on_by,
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
