"""What parties said of an agreement and coordination has to answer: they do not sign it, or they remark on its text."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer, where_may
from core.queries.composed import Composed
from core.web.space import space_url
from partnerships.models import ClauseRequest, Partnership, Signature, Task
from partnerships.queries.coordination import coordinator_to_write_to
from partnerships.queries.due import DueItem, Step
from partnerships.rules.agreement import DRAFT, SIGNING

PARTNERSHIP = "version__agreement__partnership"
# How long a task that somebody declined is told of.
DECLINED_WITHIN = timedelta(days=14)
People = Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True)
class AnswersWaiting:
    """How many answers of parties wait, and the page of the first agreement with one; empty where none waits."""

    number: int = 0
    url: str = ""


def declined_signatures() -> QuerySet[Signature]:
    """Of versions being signed, who does not accept: until the text is changed or it goes on without them."""
    rows = Signature.objects.filter(state=Signature.State.DECLINED, version__state__in=SIGNING)
    return rows.exclude(**{f"{PARTNERSHIP}__state": Partnership.State.CLOSED})


def open_remarks() -> QuerySet[ClauseRequest]:
    """Remarks on versions not agreed yet that nobody answered."""
    rows = ClauseRequest.objects.filter(answer="", version__state__in=[*DRAFT, *SIGNING])
    return rows.exclude(**{f"{PARTNERSHIP}__state": Partnership.State.CLOSED})


def answers_waiting(viewer: Viewer) -> AnswersWaiting:
    """Those of the agreements a viewer may change; one query."""
    found = sorted(_waiting(viewer))
    if not found:
        return AnswersWaiting()
    slug, number = found[0]
    return AnswersWaiting(len(found), space_url("agreement_detail", slug=slug, number=number))


@Composed
def _waiting(viewer: Viewer) -> QuerySet[Any, tuple[str, int]]:
    columns = (f"{PARTNERSHIP}__slug", "version__agreement__number")
    mine = where_may(viewer, Permission.EDIT_PARTNERSHIP, scope=f"{PARTNERSHIP}__scope_id")
    declined = declined_signatures().filter(mine).order_by().values_list(*columns)
    return declined.union(open_remarks().filter(mine).order_by().values_list(*columns), all=True)


def answer_due_items(*, today: date) -> list[DueItem]:
    """For coordination: who does not sign, the newest unanswered remark of each party, and tasks declined lately.

    Three queries, and three where something waits.
    """
    named = ("version__agreement__partnership", "member__organisation")
    declined = list(declined_signatures().select_related(*named).order_by("id"))
    newest = {
        (remark.version_id, remark.member_id): remark
        for remark in open_remarks().select_related(*named).order_by("created_at", "id")
    }
    tasks = Task.objects.filter(state=Task.State.DECLINED, updated_at__date__gt=today - DECLINED_WITHIN)
    refused = list(tasks.select_related("partnership", "member__organisation", "person").order_by("id"))
    people = coordinator_to_write_to() if declined or newest or refused else {}
    items = [
        *(_of_agreement(one, Step.DECLINED, people) for one in declined),
        *(_of_agreement(one, Step.REMARK, people) for one in newest.values()),
        *(_of_task(task, people) for task in refused),
    ]
    return [item for item in items if item is not None]


def _of_agreement(found: Signature | ClauseRequest, step: Step, people: People) -> DueItem | None:
    agreement = found.version.agreement
    if (reader := people.get(agreement.partnership_id)) is None:
        return None
    return DueItem(
        item_id=found.pk,
        person_id=reader,
        member_id=found.member_id,
        partnership_id=agreement.partnership_id,
        title=agreement.title,
        due_on=None,
        url=space_url("agreement_detail", slug=agreement.partnership.slug, number=agreement.number),
        step=step,
        who=found.member.organisation.name,
    )


def _of_task(task: Task, people: People) -> DueItem | None:
    who = task.member.organisation if task.member else task.person
    if (reader := people.get(task.partnership_id)) is None:
        return None
    return DueItem(
        item_id=task.pk,
        person_id=reader,
        member_id=task.member_id,
        partnership_id=task.partnership_id,
        title=task.title,
        due_on=None,
        url=space_url("task_detail", slug=task.partnership.slug, number=task.number),
        step=Step.REFUSED,
        who=who.name if who else "",
    )
