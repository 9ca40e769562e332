"""Writing down what was heard and what was done about it, and telling everybody."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from core.models import User
from core.operations.audit import changed_fields, record
from core.rules.bilingual import spoken
from core.rules.membership import Verdict
from engagement.models import Submission, Theme
from engagement.operations.submission import give_answer
from engagement.rules.theme import can_publish, has_evidence
from partnerships.models import Partnership


class ThemeNotReadyError(Exception):
    """Something is missing before everybody may read it; the text says what."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@transaction.atomic
def create_theme(*, partnership: Partnership, by: User, **fields: Any) -> Theme:
    """A theme nobody but the coordination reads yet. Raises ThemeNotReadyError, ValidationError."""
    theme = Theme(partnership=partnership, **fields)
    _check(theme)
    theme.save()
    record("theme.created", theme, by=by, scope_id=partnership.scope_id)
    return theme


@transaction.atomic
def change_theme(*, theme: Theme, by: User, today: date | None = None, **fields: Any) -> Theme:
    """Change words, outcome, evidence or date; a published one must stay fit to be read by everybody.

    When a published theme gets its first answer, whoever waits for it gets it. Raises ThemeNotReadyError,
    ValidationError.
    """
    locked = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _check(locked)
    locked.save()
    record("theme.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"fields": sorted(changes)})
    if locked.published_on:
        _answer_those_who_wait(locked, by=by, today=today)
    return locked


@transaction.atomic
def publish_theme(*, theme: Theme, by: User, today: date | None = None) -> Theme:
    """Tell everybody, negative and open answers too (R-E12); whoever waits in the theme gets the answer (R-E9).

    Refuses what ``rules.theme.can_publish`` refuses: ThemeNotReadyError. Publishing again changes nothing.
    """
    locked = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    if locked.published_on:
        return locked
    locked.published_on = today or timezone.localdate()
    _check(locked)
    locked.save(update_fields=["published_on"])
    record("theme.published", locked, by=by, scope_id=locked.partnership.scope_id, changes={"outcome": locked.outcome})
    _answer_those_who_wait(locked, by=by, today=today)
    return locked


@transaction.atomic
def unpublish_theme(*, theme: Theme, by: User) -> Theme:
    """Take a theme off the public page; the history keeps when."""
    locked = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    before, locked.published_on = locked.published_on, None
    locked.save(update_fields=["published_on"])
    changes = {"published_on": [str(before), ""]}
    record("theme.unpublished", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def _check(theme: Theme) -> None:
    task_state = theme.task.state if theme.task_id else None
    _require(has_evidence(theme, task_state=task_state))
    theme.full_clean(exclude={"partnership", "task"})
    if theme.published_on:
        _require(can_publish(theme, task_state=task_state))


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise ThemeNotReadyError(verdict.reason)


def _answer_those_who_wait(theme: Theme, *, by: User, today: date | None) -> None:
    if theme.outcome == Theme.Outcome.OPEN:
        return
    waiting = Submission.objects.select_for_update().filter(
        theme=theme, duplicate_of=None, state__in=[Submission.State.RECEIVED, Submission.State.READ]
    )
    for submission in waiting.order_by("pk"):
        give_answer(submission=submission, text=spoken(theme, "answer", submission.language), by=by, today=today)
