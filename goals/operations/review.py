"""Reviewing a goal: how far it came, why, and what follows."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import Goal, GoalReview
from goals.operations.goal import GoalRefusedError
from goals.queries.goal import goal_sheet, with_standing
from goals.queries.review import last_reading_of, off_track_days
from goals.rules.goal import RUNNING_STATES
from goals.rules.review import next_review_after
from partnerships.models import Decision


@transaction.atomic
def review_goal(
    *,
    goal: Goal,
    by: User,
    today: date,
    reviewed_on: date,
    choice: str,
    progress: str = "",
    cause: str = "",
    feedback: str = "",
    decision: Decision | None = None,
    next_review_on: date | None = None,
) -> GoalReview:
    """Write down a review with what it came to; the next one is six months later unless another day is given.

    It knows the values there are now: a goal off track twice in a row is reviewed with it (R-G9). Refuses a goal that
    is not at work (GoalRefusedError); raises ValidationError for a day to come, a next review that is not after this
    one, no word on the cause where something changes, and a decision from elsewhere.
    """
    rows = Goal.objects.select_for_update(of=("self",)).select_related("partnership", "indicator")
    locked = with_standing(rows).get(pk=goal.pk)
    if locked.state not in RUNNING_STATES:
        raise GoalRefusedError(_("Only a goal at work is reviewed."))
    _check(
        locked,
        today=today,
        reviewed_on=reviewed_on,
        choice=choice,
        cause=cause,
        decision=decision,
        next_review_on=next_review_on,
    )
    sheet = goal_sheet(locked, today=today)
    then = next_review_on or next_review_after(reviewed_on, months=locked.review_every)
    number = GoalReview.objects.filter(goal=locked).aggregate(last=Max("number"))["last"] or 0
    review = GoalReview.objects.create(
        goal=locked,
        number=number + 1,
        reviewed_on=reviewed_on,
        progress=progress,
        cause=cause,
        feedback=feedback,
        choice=choice,
        decision=decision,
        next_review_on=then,
        standing=sheet.judgement.standing.value if sheet.judgement else "",
        readings_until=last_reading_of(sheet, today=today),
        by=by,
    )
    locked.next_review_on, locked.off_track_since = then, None
    locked.save(update_fields=["next_review_on", "off_track_since"])
    changes = {"choice": choice, "reviewed_on": reviewed_on.isoformat(), "next": then.isoformat()}
    record("goal.reviewed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return review


def note_goals_off_track(*, today: date) -> int:
    """Each day: since when each goal is off track twice in a row; returns how many changed. Safe to run twice."""
    changed = []
    for goal, since in off_track_days(today=today):
        if goal.off_track_since != since:
            goal.off_track_since = since
            changed.append(goal)
    Goal.objects.bulk_update(changed, ["off_track_since"])
    return len(changed)


def _check(
    goal: Goal,
    *,
    today: date,
    reviewed_on: date,
    choice: str,
    cause: str,
    decision: Decision | None,
    next_review_on: date | None,
) -> None:
    problems = {}
    if choice not in GoalReview.Choice.values:
        problems["choice"] = _("Choose what follows from it.")
    elif choice != GoalReview.Choice.KEEP and not cause.strip():
        problems["cause"] = _("Write why it went differently: it explains what you change.")
    if reviewed_on > today:
        problems["reviewed_on"] = _("This day is still to come.")
    if next_review_on is not None and next_review_on <= reviewed_on:
        problems["next_review_on"] = _("The next review comes after this one.")
    if decision is not None and decision.partnership_id != goal.partnership_id:
        problems["decision"] = _("This decision belongs to another partnership.")
    if problems:
        raise ValidationError(problems)
