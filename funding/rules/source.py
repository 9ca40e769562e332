"""What may happen to a source: expected until a funder has decided (R-F14)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from funding.models import FundingSource

Kind = FundingSource.Kind
Status = FundingSource.Status

STATUS_TONES: dict[str, str] = {Status.SECURED: "ok", Status.EXPECTED: "now", Status.LOST: "idle"}
KIND_ICONS: dict[str, str] = {
    Kind.GRANT: "landmark",
    Kind.SPONSORSHIP: "megaphone",
    Kind.IN_KIND: "package-open",
    Kind.EVENT: "ticket",
}


def can_decide(source: FundingSource, status: str, decided_on: date | None, *, today: date) -> Verdict:
    """Secured or lost on a day that has come; back to expected at any time."""
    if status == source.status:
        return Verdict(False, _("It has this state already."))
    return is_decision_dated(status, decided_on, today=today)


def is_decision_dated(status: str, decided_on: date | None, *, today: date) -> Verdict:
    """A decision has its day, and not one to come."""
    if status == Status.EXPECTED:
        return ALLOWED
    if decided_on is None:
        return Verdict(False, _("Say on which day this was decided."))
    if decided_on > today:
        return Verdict(False, _("This day is still to come."))
    return ALLOWED


def is_valued(kind: str, valued_by: str) -> Verdict:
    """A gift in kind has a value somebody stands for."""
    if kind == Kind.IN_KIND and not valued_by.strip():
        return Verdict(False, _("Say who valued the gift, and how."))
    return ALLOWED
