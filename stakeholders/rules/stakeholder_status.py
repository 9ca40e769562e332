"""Where we are with a stakeholder, and which way leads on from there (domain 1.3)."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.rules.membership import ALLOWED, Verdict
from stakeholders.models import Stakeholder

Status = Stakeholder.Status

# ``partner`` is in nobody's list: a signed membership makes a partner, never a hand.
NEXT: dict[str, tuple[Status, ...]] = {
    Status.IDENTIFIED: (Status.RESEARCHED, Status.PRIORITISED, Status.APPROACHED, Status.NOT_RELEVANT),
    Status.RESEARCHED: (Status.PRIORITISED, Status.APPROACHED, Status.NOT_RELEVANT),
    Status.PRIORITISED: (Status.APPROACHED, Status.NOT_RELEVANT),
    Status.APPROACHED: (Status.IN_DIALOGUE, Status.DECLINED, Status.DORMANT, Status.NOT_RELEVANT),
    Status.IN_DIALOGUE: (
        Status.INTERESTED, Status.SUPPORTER, Status.INFORMED_ONLY, Status.DECLINED, Status.DORMANT, Status.NOT_RELEVANT,
    ),
    Status.INTERESTED: (
        Status.INVITED, Status.SUPPORTER, Status.INFORMED_ONLY, Status.DECLINED, Status.DORMANT, Status.NOT_RELEVANT,
    ),
    Status.INVITED: (Status.SUPPORTER, Status.INFORMED_ONLY, Status.DECLINED, Status.DORMANT),
    Status.PARTNER: (Status.SUPPORTER, Status.INFORMED_ONLY, Status.DORMANT),
    Status.SUPPORTER: (Status.IN_DIALOGUE, Status.INTERESTED, Status.INFORMED_ONLY, Status.DORMANT),
    Status.INFORMED_ONLY: (
        Status.IN_DIALOGUE, Status.INTERESTED, Status.SUPPORTER, Status.DORMANT, Status.NOT_RELEVANT,
    ),
    Status.DECLINED: (Status.APPROACHED,),
    Status.DORMANT: (Status.APPROACHED,),
    Status.NOT_RELEVANT: (Status.IDENTIFIED,),
}  # fmt: skip
# Whoever is in one of these is asked again only after a day that was agreed or chosen.
RESTING = (Status.DECLINED, Status.DORMANT)


def next_statuses(current: str) -> tuple[Status, ...]:
    """The states a person may move a stakeholder to."""
    return NEXT[current]


def can_move_status(*, current: str, to: str, ask_again_on: date | None, today: date) -> Verdict:
    """Whether a stakeholder may be moved on by hand; the reason is said to who tries."""
    if to == Status.PARTNER:
        return Verdict(False, _("An organisation becomes a partner by signing an agreement, not by hand."))
    if to not in NEXT[current]:
        return Verdict(
            False,
            _("“%(to)s” does not follow “%(current)s”.") % {"to": Status(to).label, "current": Status(current).label},
        )
    if current in RESTING and ask_again_on is None:
        return Verdict(False, _("Say first from which day it may be asked again."))
    if current in RESTING and ask_again_on is not None and today < ask_again_on:
        day = date_format(ask_again_on, "DATE_FORMAT")
        return Verdict(False, _("It asked for time: not before %(day)s.") % {"day": day})
    return ALLOWED
