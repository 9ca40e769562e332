"""Who may give or take which role (AUT-03)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.roles import ROLES, Role


@dataclass(frozen=True)
class Verdict:
    """Whether something is allowed, and if not, why, in words for the page."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def highest_rank(roles: list[Role]) -> int:
    """The rank of the strongest of some roles; 0 for none."""
    return max((ROLES[role].rank for role in roles), default=0)


def can_give_role(*, giver_roles: list[Role], role: Role, everywhere: bool = True) -> Verdict:
    """Nobody gives a role above their own, and who administers does so in the whole space."""
    if role == Role.TENANT_ADMIN and not everywhere:
        return Verdict(False, _("An administrator is one for the whole space. Choose it, or another role."))
    if ROLES[role].rank > highest_rank(giver_roles):
        return Verdict(False, _("You cannot give a role above your own."))
    return ALLOWED


def can_take_role(*, taker_roles: list[Role], holder_roles: list[Role], role: Role, admins_left: int) -> Verdict:
    """Nobody edits someone above them, and the last administrator stays."""
    if highest_rank(holder_roles) > highest_rank(taker_roles):
        return Verdict(False, _("This person's role is above yours."))
    if role == Role.TENANT_ADMIN and admins_left <= 1:
        return Verdict(False, _("Name another administrator first: a space needs at least one."))
    return ALLOWED
