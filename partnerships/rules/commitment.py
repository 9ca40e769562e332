"""The life of a promise made elsewhere than in a task."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Commitment
from partnerships.rules.authority import Authority
from partnerships.rules.severity import Severity, severity_of

State = Commitment.State
# What counts as promised; before that it is somebody else's word, and what was declined never was one.
PROMISED = (State.OPEN, State.KEPT, State.RELEASED)


def state_of_new(authority: Authority | None, *, mode: str, is_anybody_there: bool) -> State:
    """What a promise written down by somebody is: theirs to give, or only proposed (R-T10).

    Where the rule only warns, what is written for an organisation that has nobody to confirm it counts at once.
    """
    if authority is not None and authority.may_commit:
        return State.OPEN
    warns = severity_of("R-T10 promise", mode) is Severity.WARNS
    return State.OPEN if warns and not is_anybody_there else State.PROPOSED


def can_confirm_commitment(*, state: str, authority: Authority) -> Verdict:
    """Whether somebody may confirm or decline what was written down for an organisation: who may commit for it."""
    if not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can confirm this."))
    return ALLOWED if state == State.PROPOSED else Verdict(False, _("This was answered already."))


def can_keep_commitment(*, state: str, authority: Authority) -> Verdict:
    """Whether somebody may say that a promise is kept: the people of whoever made it, nobody in their place (R-T10)."""
    if not authority.is_own:
        return Verdict(False, _("Only the organisation that promised it can say that."))
    if state == State.PROPOSED:
        return Verdict(False, _("Confirm the promise first."))
    return ALLOWED if state == State.OPEN else CLOSED


def can_ask_release(*, state: str, reason: str, authority: Authority) -> Verdict:
    """Whether somebody may ask to be released: one who may commit for the organisation, with a reason."""
    if not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can answer this."))
    if state != State.OPEN:
        return CLOSED
    return ALLOWED if reason.strip() else Verdict(False, _("Write the reason. The others read it."))


def can_release_commitment(*, state: str, reason: str, authority: Authority) -> Verdict:
    """Whether somebody may release an organisation, or take back what it did not confirm yet.

    Only coordination, with a reason that all partners read.
    """
    if not authority.coordinates:
        return Verdict(False, _("Only coordination can release somebody from a promise."))
    if state not in {State.OPEN, State.PROPOSED}:
        return CLOSED
    return ALLOWED if reason.strip() else Verdict(False, _("Write the reason. The others read it."))


def can_move_commitment(*, state: str, authority: Authority) -> Verdict:
    """Whether somebody may agree on another date: coordination, or one who may commit for the organisation."""
    if not authority.coordinates and not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can answer this."))
    return ALLOWED if state in {State.OPEN, State.PROPOSED} else CLOSED


CLOSED = Verdict(False, _("This promise is closed already."))


def missing_for_a_date(*, due_on: date, reason: str, today: date) -> dict[str, str | Promise]:
    """What a new date lacks, by field: a day still to come and a reason (R-T11)."""
    missing: dict[str, str | Promise] = {}
    if due_on < today:
        missing["due_on"] = _("This date has passed.")
    if not reason.strip():
        missing["reason"] = _("Write in a few words why the date moves.")
    return missing
