"""When minutes are late, and who has to approve them (R-C3)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import Meeting, MinutesApproval, Partnership
from partnerships.rules.severity import Finding

Answer = MinutesApproval.Answer
CIRCULATE_WORKDAYS = 5
APPROVE_DAYS = 10
# Approved minutes stay at hand this long, and until each promise made there is kept, declined or released.
ARCHIVE_DAYS = 30


def hash_of_minutes(text: str) -> str:
    """The SHA-256 of a text of minutes, as it is approved and kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def approve_until(circulated_on: date, *, mode: str) -> date | None:
    """The last day on which somebody who was there may approve or ask for a change; a light partnership has none."""
    return None if mode == Partnership.Mode.LIGHT else circulated_on + timedelta(days=APPROVE_DAYS)


def circulation_findings(*, met_on: date, today: date) -> list[Finding]:
    """Whether minutes that go round today are late."""
    if today > workdays_after(met_on, CIRCULATE_WORKDAYS):
        return [Finding("R-C3-late", _("Minutes go round within five working days of the meeting."))]
    return []


def can_circulate(*, state: str, has_open_comments: bool) -> Verdict:
    """Whether minutes may be sent round: once written, and again after somebody asked for a change."""
    if state == Meeting.State.MINUTES_DRAFT or (state == Meeting.State.MINUTES_CIRCULATED and has_open_comments):
        return ALLOWED
    return Verdict(False, _("There is nothing to send round now."))


def can_answer_minutes(*, state: str, is_newest: bool, was_present: bool) -> Verdict:
    """Whether somebody may approve minutes or ask for a change."""
    if not was_present:
        return Verdict(False, _("Only people who were there approve the minutes."))
    if state != Meeting.State.MINUTES_CIRCULATED or not is_newest:
        return Verdict(False, _("These minutes are not open for approval any more."))
    return ALLOWED


def can_close_minutes(*, state: str, has_clock: bool, has_open_comments: bool) -> Verdict:
    """Whether who writes the minutes may close them before everybody answered: where no clock does it."""
    if state != Meeting.State.MINUTES_CIRCULATED:
        return Verdict(False, _("These minutes are not open for approval any more."))
    if has_clock:
        return Verdict(False, _("These minutes have a last day: they close by themselves."))
    if has_open_comments:
        return Verdict(False, _("Somebody asks for a change: send them round again first."))
    return ALLOWED


@dataclass(frozen=True)
class Standing:
    """How far an approval is: who approved, asks for a change or is silent, of those who were there."""

    approved: int
    comments: int
    silent: int

    @property
    def is_unanimous(self) -> bool:
        """Whether everybody who was there approved."""
        return self.approved > 0 and not self.comments and not self.silent


def standing_of[Key](present: Iterable[Key], answers: Mapping[Key, str]) -> Standing:
    """Count the answers of those who were there; others do not count."""
    given = [answers.get(who) for who in present]
    return Standing(given.count(Answer.APPROVED), given.count(Answer.COMMENT), given.count(None))


def is_approved_by_silence(standing: Standing, *, approve_by: date | None, today: date) -> bool:
    """Whether silence ends an approval: the last day is over and nobody waits for a change."""
    return approve_by is not None and today > approve_by and not standing.comments and standing.silent > 0


def is_settled(*, state: str, approved_on: date, open_promises: int, today: date) -> bool:
    """Whether nothing of a meeting is left to do, so that it goes to the archive."""
    is_old = today - approved_on >= timedelta(days=ARCHIVE_DAYS)
    return state == Meeting.State.MINUTES_APPROVED and not open_promises and is_old
