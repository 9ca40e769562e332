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
from engagement.operations.submission import give_answer, move_submission
from engagement.queries.public_phrase import base_language
from engagement.rules.settling import settled_by
from engagement.rules.submission import OPEN_STATES, WAITING, can_move
from engagement.rules.theme import DATED, can_publish, has_evidence, is_past_its_date, shown_by
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

    When a published theme gets its first answer, or another outcome, whoever is in it is told; a promise made anew is
    open no more. Raises ThemeNotReadyError, ValidationError.
    """
    locked = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    if not is_past_its_date(locked.outcome, locked.outcome_on, today=today or timezone.localdate()):
        locked.reopened_on = None
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


@transaction.atomic
def reopen_due_themes(*, today: date) -> int:
    """Open again what was promised for a day that is over: an answer is owed anew (R-E13). Safe to run twice.

    Messages that were told the plan are being worked on again. Returns how many themes were opened.
    """
    due = Theme.objects.select_for_update(of=("self",)).select_related("partnership")
    rows = due.filter(outcome__in=DATED, outcome_on__lt=today, reopened_on=None, published_on__isnull=False)
    themes = list(rows.order_by("pk"))
    for theme in themes:
        theme.reopened_on = today
        theme.save(update_fields=["reopened_on"])
        told = Submission.objects.filter(themes=theme, state=Submission.State.PLANNED)
        told.update(state=Submission.State.TRIAGED)
        record("theme.reopened", theme, by=None, scope_id=theme.partnership.scope_id)
    return len(themes)


def _check(theme: Theme) -> None:
    shown = shown_by(theme)
    _require(has_evidence(theme, shown=shown, mode=theme.partnership.mode))
    theme.full_clean(exclude={"partnership", "task", "decision", "milestone"})
    if theme.published_on:
        _require(can_publish(theme, shown=shown, mode=theme.partnership.mode))


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise ThemeNotReadyError(verdict.reason)


def _answer_those_who_wait(theme: Theme, *, by: User, today: date | None) -> None:
    """Whoever waits gets the answer; whoever was told a plan hears what became of it (R-E9)."""
    if theme.outcome == Theme.Outcome.OPEN:
        return
    rows = Submission.objects.select_for_update(of=("self",)).filter(themes=theme, duplicate_of=None)
    for submission in rows.filter(state__in=OPEN_STATES).select_related("partnership").order_by("pk"):
        _tell(submission, theme, by=by, today=today)


def _tell(submission: Submission, theme: Theme, *, by: User, today: date | None) -> None:
    settled, text = settled_by(theme), spoken(theme, "answer", base_language(submission.language))
    is_news = submission.state in WAITING or submission.state != settled.state
    if not is_news or not can_move(submission, settled.state):
        return
    if submission.replies.filter(text=text).exists():
        said = {"outcome": settled.state, "why_not": settled.why_not}
        move_submission(submission, settled.state, "submission.answered", by=by, **said)
    else:
        give_answer(submission=submission, text=text, by=by, settled=settled, today=today)
