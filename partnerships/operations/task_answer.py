"""Telling a partner what coordination answered: to another date, or that a task is not needed any more."""

from core.models import User
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.tenancy.keys import new_id
from core.web.space import absolute
from partnerships.models import Task, TaskUpdate
from partnerships.operations.task_link import LASTS, make_task_link, may_hold_link
from partnerships.queries.representative import representation_of
from stakeholders.models import Stakeholder


def mail_date_answer(*, task: Task, agrees: bool, note: str, by: User) -> bool:
    """Mail who proposed another date what becomes of it, with a link; False where nobody can be reached."""
    proposed = TaskUpdate.objects.filter(task=task, state=Task.State.COUNTER_PROPOSED).select_related("person", "user")
    word = proposed.order_by("-at", "-id").first()
    person = _who_said(word, task) if word else task.person
    if person is None or not may_hold_link(task=task, person=person):
        return False
    return _mail(task, person, answer="agreed" if agrees else "asked", note=note, by=by)


def mail_cancelled(*, task: Task, reason: str, by: User) -> bool:
    """Mail the person who was asked that a task is not needed any more, and why; False where nobody can be reached."""
    person = task.person
    if person is None or person.user_id == by.pk:
        return False
    return _mail(task, person, answer="cancelled", note=reason, by=by)


def _who_said(word: TaskUpdate, task: Task) -> Stakeholder | None:
    spoke: Stakeholder | None = word.person
    if spoke is None and word.user is not None and task.member_id is not None:
        found = representation_of(word.user, task.member_id)
        spoke = found.person if found else None
    return spoke or task.person


def _mail(task: Task, person: Stakeholder, *, answer: str, note: str, by: User) -> bool:
    if not person.email or person.do_not_contact:
        return False
    url = ""
    if answer != "cancelled":
        _link, path = make_task_link(task=task, person=person, by=by)
        url = absolute(path)
    write_mail(
        to=person.email,
        kind="task_answer",
        dedup_key=f"task_answer:{task.pk}:{new_id()}",
        language=person.language or tenant_at_work().default_language,
        template="task_answer",
        context={
            "name": person.name,
            "task": task,
            "partnership": task.partnership,
            "space": tenant_at_work(),
            "answer": answer,
            "note": note,
            "url": url,
            "days": LASTS.days,
        },
    )
    return True
