"""Mailing what was promised in a meeting to its owners, as soon as the meeting is over."""

import uuid
from collections.abc import Iterable

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import store_links
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Meeting, Task
from partnerships.operations.task_link import LASTS, draft_task_link
from partnerships.queries.agenda import actions_of
from partnerships.queries.due import people_asked, speakers_by_member
from partnerships.rules.task import OPEN, TASK_LINK
from stakeholders.models import Stakeholder


def mail_actions(meeting: Meeting, *, by: User) -> int:
    """Mail each owner of promises made in a meeting those that are open, with a link to each; returns how many mails.

    One mail to a person. Who got a link to a promise already is not written to about it again. Part of the operation
    that ends the meeting or sends its minutes round.
    """
    wanted = _promises_by_person(meeting)
    people = Stakeholder.objects.filter(pk__in=wanted, do_not_contact=False, erased_at=None).exclude(email="")
    written = 0
    for person in people.order_by("sort_name", "id"):
        _mail(meeting, person, wanted[person.pk], by=by)
        written += 1
    if written:
        record(
            "meeting.actions_mailed", meeting, by=by, scope_id=meeting.partnership.scope_id, changes={"mails": written}
        )
    return written


def _promises_by_person(meeting: Meeting) -> dict[uuid.UUID, list[Task]]:
    tasks = [action.task for action in actions_of(meeting) if action.task.state in OPEN]
    known = AccessLink.objects.filter(purpose=TASK_LINK, subject_id__in=[task.pk for task in tasks])
    told = set(known.values_list("subject_id", "person_id"))
    speakers = speakers_by_member()
    found: dict[uuid.UUID, list[Task]] = {}
    for task in tasks:
        for person_id in people_asked(task, speakers):
            if (task.pk, person_id) not in told:
                found.setdefault(person_id, []).append(task)
    return found


def _mail(meeting: Meeting, person: Stakeholder, tasks: Iterable[Task], *, by: User) -> None:
    entries, links = [], []
    for task in tasks:
        link, path = draft_task_link(task_id=task.pk, title=task.title, person=person, by=by)
        links.append(link)
        entries.append({"task": task, "url": absolute(path)})
    store_links(links)
    write_mail(
        to=person.email,
        kind="meeting_actions",
        dedup_key=f"meeting_actions:{links[0].pk}",
        language=person.language or tenant_at_work().default_language,
        template="meeting_actions",
        context={
            "name": person.name,
            "meeting": meeting,
            "partnership": meeting.partnership,
            "space": tenant_at_work(),
            "entries": entries,
            "number": len(entries),
            "days": LASTS.days,
        },
    )
