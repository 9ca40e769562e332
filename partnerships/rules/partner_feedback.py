"""Feedback between partners and coordination: until when it is answered, and who learns what (domain 2.5)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import PartnerFeedback

# As long as a resident waits for a first answer at most (R-E6).
WORKDAYS_TO_ANSWER = 10
MOST_A_DAY = 10
TONES: dict[str, str] = {
    PartnerFeedback.Wish.THANK: "ok",
    PartnerFeedback.Wish.IMPROVE: "info",
    PartnerFeedback.Wish.WORRY: "soon",
}


def answer_by(today: date) -> date:
    """The last day for an answer to what is said today."""
    return workdays_after(today, WORKDAYS_TO_ANSWER)


def can_answer(*, is_answered: bool, text: str) -> Verdict:
    """Whether words can be the answer; it is given once, because others may have read it."""
    if is_answered:
        return Verdict(False, _("It has an answer already."))
    if not text.strip():
        return Verdict(False, _("Write the answer."))
    return ALLOWED


def knows_who(*, is_anonymous: bool, is_own: bool, coordinates: bool) -> bool:
    """Whether a reader learns which organisation said it."""
    return is_own or coordinates or not is_anonymous
