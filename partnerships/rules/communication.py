"""When an update may be published, and when its rhythm is missed."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Partnership, Update
from partnerships.rules.severity import Severity, severity_of

State = Update.State
Rhythm = Partnership.Rhythm
DAYS: dict[str, int] = {Rhythm.WEEKLY: 7, Rhythm.MONTHLY: 30, Rhythm.SIX_WEEKS: 42, Rhythm.QUARTERLY: 91}
# What readers may find: also that something was taken back.
TOLD = (State.PUBLISHED, State.CORRECTED, State.WITHDRAWN)
ON_VIEW = (State.PUBLISHED, State.CORRECTED)
APPROVAL = "update approved by another"


def missed_since(rhythms: Iterable[str], last_on: date, *, today: date) -> timedelta | None:
    """How long nothing was told, once that is more than one and a half of the shortest rhythm (R-C9); else None."""
    days = min((DAYS[rhythm] for rhythm in rhythms if rhythm in DAYS), default=0)
    silent = today - last_on
    return silent if days and silent > timedelta(days=days) * 1.5 else None


def can_approve_update(update: Update, *, by_id: object) -> Verdict:
    """A draft is approved by another person than wrote it."""
    if update.state != State.DRAFT:
        return Verdict(False, _("Only a draft is approved."))
    if update.written_by_id == by_id:
        return Verdict(False, _("Somebody else has to read and approve what you wrote."))
    return ALLOWED


def can_publish_update(update: Update, *, mode: str) -> Verdict:
    """An approved update, and in a partnership where that only warns also a draft."""
    if update.state == State.APPROVED:
        return ALLOWED
    if update.state != State.DRAFT:
        return Verdict(False, _("It is published already."))
    if severity_of(APPROVAL, mode) == Severity.BLOCKS:
        return Verdict(False, _("Somebody else has to approve it first."))
    return ALLOWED


def can_edit_update(update: Update) -> Verdict:
    """Only what nobody read yet is edited."""
    if update.state not in {State.DRAFT, State.APPROVED}:
        return Verdict(False, _("It is published. Write a correction instead."))
    return ALLOWED


def can_take_back_update(update: Update) -> Verdict:
    """Only what is on view is corrected or withdrawn."""
    return ALLOWED if update.state in ON_VIEW else Verdict(False, _("It is not on view."))
