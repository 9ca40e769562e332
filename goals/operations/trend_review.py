"""Holding a trend review: beginning, writing, agreeing on tasks, and looking at what became of them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import record
from goals.models import Goal, TrendReview, TrendReviewTask
from goals.operations.goal_task import set_goal_tasks
from goals.queries.trend_review import facts_of, finding_of
from goals.rules.trend_review import WRITTEN, Action, can_check, can_move, can_write
from metrics.models import Indicator
from partnerships.models import Partnership, Task
from partnerships.operations.task import propose_task

State = TrendReview.State
KEYS = {"tenant", "partnership", "goal", "indicator", "started_by"}


class TrendReviewRefusedError(Exception):
    """The review cannot go there or take this any more; the message says why."""


@transaction.atomic
def start_trend_review(
    *,
    partnership: Partnership,
    by: User | None,
    goal: Goal | None = None,
    indicator: Indicator | None = None,
    visibility: Visibility = Visibility.PARTNERS,
) -> TrendReview:
    """Begin a review of a goal or of an indicator of the partnership.

    Raises ValidationError for neither, and for one of another partnership.
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if any(subject is not None and subject.partnership_id != parent.pk for subject in (goal, indicator)):
        raise ValidationError({"subject": _("This belongs to another partnership.")})
    if goal is None and indicator is None:
        raise ValidationError({"subject": _("Choose the goal or the indicator you want to talk about.")})
    last = TrendReview.objects.filter(partnership=parent).aggregate(last=Max("number"))["last"] or 0
    review = TrendReview(
        partnership=parent,
        number=last + 1,
        goal=goal,
        indicator=indicator or (goal.indicator if goal else None),
        visibility=capped(visibility, cap=Visibility(parent.visibility)),
        started_by=by,
    )
    review.clean_fields(exclude=KEYS)
    review.save()
    record("trend_review.started", review, by=by, scope_id=parent.scope_id)
    return review


@transaction.atomic
def fill_trend_review(*, review: TrendReview, by: User, action: Action | None = None, **fields: Any) -> TrendReview:
    """Write in the steps, as often as wanted, and agree on a task in the same go.

    ``check_on`` is the day to look at the tasks again. Refuses a review whose tasks are agreed
    (TrendReviewRefusedError); raises ValidationError, and as ``propose_task``.
    """
    locked = _locked(review)
    if not (verdict := can_write(state=locked.state)):
        raise TrendReviewRefusedError(str(verdict.reason))
    for name in (*WRITTEN, "check_on"):
        if name in fields:
            setattr(locked, name, fields[name])
    locked.clean_fields(exclude=KEYS)
    locked.save()
    record("trend_review.written", locked, by=by, scope_id=locked.partnership.scope_id)
    if action is not None:
        agree_on_task(review=locked, action=action, by=by)
    return locked


@transaction.atomic
def agree_on_task(*, review: TrendReview, action: Action, by: User) -> Task:
    """Propose a task of the partnership that follows from a review; for a goal, the task serves it.

    Refuses a review that was looked at again (TrendReviewRefusedError); raises ValidationError without title or day,
    and as ``propose_task``.
    """
    locked = _locked(review)
    if locked.state == State.CHECKED:
        raise TrendReviewRefusedError(_("This review is finished. Begin a new one."))
    if not action.title.strip():
        raise ValidationError({"task_title": _("Write what shall be done.")})
    if action.due_on is None:
        raise ValidationError({"task_due_on": _("A task needs a day, or nobody will look at it again.")})
    task = propose_task(
        partnership=locked.partnership,
        title=action.title.strip(),
        member=action.member,
        due_on=action.due_on,
        visibility=Visibility(locked.visibility),
        by=by,
    )
    TrendReviewTask.objects.create(review=locked, task=task)
    if locked.goal is not None:
        set_goal_tasks(goal=locked.goal, tasks=[task], by=by, among=[])
    changes = {"task": task.number}
    record("trend_review.task_agreed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return task


@transaction.atomic
def move_trend_review(*, review: TrendReview, to: str, by: User, today: date) -> TrendReview:
    """Say that the talk was held, that its tasks are agreed, or open the words again.

    Holding keeps what the number showed on that day. Refuses what does not follow, and in a full partnership what is
    not complete (TrendReviewRefusedError).
    """
    locked = _locked(review)
    if not (verdict := can_move(facts_of(locked), to)):
        raise TrendReviewRefusedError(str(verdict.reason))
    before, locked.state = locked.state, State(to)
    if to == State.HELD and before == State.OPEN:
        found = finding_of(locked, today=today)
        locked.held_on = today
        locked.finding_en, locked.finding_it = found.text_en[:1000], found.text_it[:1000]
    locked.save()
    record("trend_review.moved", locked, by=by, scope_id=locked.partnership.scope_id, changes={"state": [before, to]})
    return locked


@transaction.atomic
def check_trend_review(*, review: TrendReview, note: str, by: User, today: date) -> TrendReview:
    """Finish a review: what became of the tasks, and what the number says now.

    Refuses one whose tasks are not agreed (TrendReviewRefusedError); raises ValidationError without a word.
    """
    locked = _locked(review)
    if not (verdict := can_check(state=locked.state)):
        raise TrendReviewRefusedError(str(verdict.reason))
    if not note.strip():
        raise ValidationError({"note": _("Write what became of it, also when nothing did.")})
    locked.state, locked.check_note, locked.checked_on = State.CHECKED, note.strip(), today
    locked.clean_fields(exclude=KEYS)
    locked.save()
    record("trend_review.checked", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


def _locked(review: TrendReview) -> TrendReview:
    rows = TrendReview.objects.select_for_update(of=("self",)).select_related("partnership", "goal", "indicator")
    return rows.get(pk=review.pk)
