"""Who may ask for a change of a text, and when a minor change can be objected to."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import AgreementVersion, ClauseRequest
from partnerships.rules.agreement import AGREED, SIGNING

State = AgreementVersion.State
Wish = ClauseRequest.Wish
# Working days a party has to object to a minor change.
DAYS_TO_OBJECT = 10


def can_be_remarked(*, state: str) -> Verdict:
    """Whether partners may remark on a version: while they review it or are asked to sign it."""
    if state == State.PARTNER_REVIEW or state in SIGNING:
        return ALLOWED
    return Verdict(False, _("This version is not open for remarks."))


def can_be_objected_to(*, state: str, objections_until: date | None, today: date) -> Verdict:
    """Whether a party may still object to a minor change and so make it a material one."""
    if state not in AGREED or objections_until is None:
        return Verdict(False, _("This version is no minor change."))
    if today > objections_until:
        return Verdict(False, _("The time to object has passed. Ask for a new version."))
    return ALLOWED


def can_answer_request(*, answer: str, given: str, reason: str) -> Verdict:
    """Whether coordination's answer counts: once, and with a reason when nothing is changed."""
    if given:
        return Verdict(False, _("This was answered already."))
    if answer not in {ClauseRequest.Answer.TAKEN, ClauseRequest.Answer.DECLINED}:
        return Verdict(False, _("Choose an answer."))
    if answer == ClauseRequest.Answer.DECLINED and not reason.strip():
        return Verdict(False, _("Write why not. Who asked will read it."))
    return ALLOWED
