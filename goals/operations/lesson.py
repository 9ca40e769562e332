"""Writing down what was learned, checking it, sharing it, and saying where it was applied."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import record
from core.operations.levels import require_meant
from goals.models import Goal, Lesson, TrendReview
from goals.rules.lesson import (
    can_apply_lesson,
    can_change_lesson,
    can_check_lesson,
    can_share_lesson,
    most_visible_before_sharing,
    tags_in,
)
from partnerships.models import Partnership

State = Lesson.State
KEYS = {"tenant", "partnership", "goal", "review", "written_by", "checked_by"}


class LessonRefusedError(Exception):
    """The lesson cannot go there or be changed now; the message says why."""


@transaction.atomic
def write_lesson(
    *,
    partnership: Partnership,
    by: User | None,
    goal: Goal | None = None,
    review: TrendReview | None = None,
    tags: Sequence[str] = (),
    **fields: Any,
) -> Lesson:
    """Write down what was learned; until it is shared, partners see it at most.

    Raises ValidationError without title, what happened and advice, or for a goal or review of another partnership.
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if any(about is not None and about.partnership_id != parent.pk for about in (goal, review)):
        raise ValidationError({"goal": _("This belongs to another partnership.")})
    last = Lesson.objects.filter(partnership=parent).aggregate(last=Max("number"))["last"] or 0
    lesson = Lesson(partnership=parent, number=last + 1, goal=goal, review=review, written_by=by)
    if review is not None and goal is None:
        lesson.goal = review.goal
    _write(lesson, {**fields, "tags": tags})
    changes = {"failure": lesson.is_failure}
    record("lesson.written", lesson, by=by, scope_id=parent.scope_id, changes=changes)
    return lesson


@transaction.atomic
def change_lesson(*, lesson: Lesson, by: User, **fields: Any) -> Lesson:
    """Reword a lesson. Refuses one that was checked (LessonRefusedError); raises ValidationError as when written."""
    locked = _locked(lesson)
    if not (verdict := can_change_lesson(state=locked.state)):
        raise LessonRefusedError(str(verdict.reason))
    require_meant(locked, fields)
    goal = fields.get("goal")
    if goal is not None and goal.partnership_id != locked.partnership_id:
        raise ValidationError({"goal": _("This belongs to another partnership.")})
    _write(locked, fields)
    record("lesson.changed", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def check_lesson(*, lesson: Lesson, by: User, today: date) -> Lesson:
    """Say that it is true and useful. Refuses one that was checked, and in a full partnership its own author."""
    locked = _locked(lesson)
    mode = locked.partnership.mode
    verdict = can_check_lesson(state=locked.state, is_author=locked.written_by_id == by.pk, mode=mode)
    if not verdict:
        raise LessonRefusedError(str(verdict.reason))
    locked.state, locked.checked_by, locked.checked_on = State.CHECKED, by, today
    locked.save()
    record("lesson.checked", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def share_lesson(*, lesson: Lesson, visibility: Visibility, by: User) -> Lesson:
    """Show a checked lesson to others, as far as the partnership itself is seen. Refuses one nobody has checked."""
    locked = _locked(lesson)
    if not (verdict := can_share_lesson(state=locked.state)):
        raise LessonRefusedError(str(verdict.reason))
    locked.state = State.SHARED
    locked.visibility = capped(visibility, cap=Visibility(locked.partnership.visibility))
    locked.save()
    changes = {"visibility": int(locked.visibility)}
    record("lesson.shared", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def apply_lesson(*, lesson: Lesson, where: str, by: User) -> Lesson:
    """Say where a shared lesson was applied; a second place is added to the first.

    Refuses one that was not shared (LessonRefusedError); raises ValidationError without a place.
    """
    locked = _locked(lesson)
    if not (verdict := can_apply_lesson(state=locked.state)):
        raise LessonRefusedError(str(verdict.reason))
    if not where.strip():
        raise ValidationError({"where": _("Write where it was applied.")})
    places = [place for place in (locked.applied_where, where.strip()) if place]
    locked.state, locked.applied_where = State.APPLIED, "; ".join(places)
    locked.clean_fields(exclude=KEYS)
    locked.save()
    record("lesson.applied", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


def _write(lesson: Lesson, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.tags = tags_in(",".join(lesson.tags))
    wanted, cap = Visibility(lesson.visibility), Visibility(lesson.partnership.visibility)
    lesson.visibility = capped(wanted, cap=most_visible_before_sharing(cap))
    lesson.clean_fields(exclude=KEYS)
    lesson.save()


def _locked(lesson: Lesson) -> Lesson:
    rows = Lesson.objects.select_for_update(of=("self",)).select_related("partnership")
    return rows.get(pk=lesson.pk)
