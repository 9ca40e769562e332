"""What is said of a number that somebody has already, and when a request may be answered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.membership import ALLOWED, Verdict
from stakeholders.models import RegisterRequest

TAKEN_CODE = gettext_lazy("Another stakeholder already has this tax code.")
TAKEN_NUMBER = gettext_lazy("Another stakeholder already has this number.")
# To whoever does not see the whole register: neither whom it belongs to nor that it belongs to anybody.
NOT_FROM_HERE = gettext_lazy(
    "This number cannot be written down from your partnership. Ask the coordination of the space, who sees the whole "
    "register."
)
NOT_FROM_HERE_CODE = "ask_the_space"


def can_answer_request(*, state: str, is_granted: bool, has_holder: bool) -> Verdict:
    """Whether a request may be shared or declined: once each, and only what is in the register can be shared."""
    wanted = RegisterRequest.State.GRANTED if is_granted else RegisterRequest.State.DECLINED
    if state == wanted:
        return Verdict(False, _("This request has that answer already."))
    if is_granted and not has_holder:
        return Verdict(False, _("Nobody in the register has this number any more, so there is nothing to share."))
    return ALLOWED
