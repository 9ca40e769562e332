"""What may become of a thank-you, and which anniversaries count."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Recognition

State = Recognition.State
SAID = (State.GIVEN, State.PUBLISHED)
# A thank-you long after reads like an afterthought.
FRESH = timedelta(days=60)
ANNIVERSARY_LASTS = timedelta(days=21)
# Domain 9.3, R-U6.
THANKED_WITHIN = timedelta(days=183)
QUIET_WORK = 3


def can_give(recognition: Recognition) -> Verdict:
    """What was suggested is given once."""
    return ALLOWED if recognition.state == State.SUGGESTED else Verdict(False, _("This is done already."))


def can_answer_consent(recognition: Recognition) -> Verdict:
    """Who was thanked says whether everybody may read it, and may change that at any time (GDPR art. 7(3))."""
    return ALLOWED if recognition.state in SAID else Verdict(False, _("This cannot be answered now."))


def can_make_public(recognition: Recognition) -> Verdict:
    """A thank-you is public only when who was thanked agreed."""
    if recognition.state != State.GIVEN:
        return Verdict(False, _("Say thank you first."))
    if recognition.consent != Recognition.Consent.YES:
        return Verdict(False, _("Who was thanked has not agreed that everybody may read it."))
    return ALLOWED


def anniversary_of(joined_on: date, *, today: date) -> tuple[int, date] | None:
    """The full years since a day and the day they were full, within three weeks after it; else None."""
    years = today.year - joined_on.year
    for count in (years, years - 1):
        day = _same_day(joined_on, joined_on.year + count)
        if count > 0 and timedelta(0) <= today - day <= ANNIVERSARY_LASTS:
            return count, day
    return None


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        # 29 February.
        return date(year, 3, 1)
