"""How widely a record of a partnership may be shown (domain 0.3): never wider than the partnership itself."""

from django.utils.translation import gettext_lazy as _

from core.access.visibility import MORE_WOULD_SEE, Visibility
from core.rules.membership import ALLOWED, Verdict

# What can be chosen: sealed records have a list of named people, which meetings and decisions do not keep.
LEVELS = (Visibility.COORDINATION, Visibility.PARTNERS, Visibility.FUNDERS, Visibility.PUBLIC)


def levels_within(cap: int) -> list[Visibility]:
    """The levels a record may be given in a partnership that is shown at ``cap``."""
    return [level for level in LEVELS if level <= cap] or [Visibility.COORDINATION]


def first_level(cap: int) -> Visibility:
    """The level a record has while nobody chose another one: for the partners, as far as the partnership allows."""
    return min(Visibility.PARTNERS, max(levels_within(cap)))


def can_show_at(level: int, *, cap: int) -> Verdict:
    """Whether a record may be given a level."""
    if level in levels_within(cap):
        return ALLOWED
    return Verdict(False, _("The partnership itself is not shown that widely."))


def can_change_level(wanted: int, *, now: int, cap: int, floor: int, is_meant: bool) -> Verdict:
    """Whether a record may go from one level to another: up only when that is confirmed (domain 0.3).

    ``floor`` is the lowest level it may have, as far as its partnership allows that.
    """
    if not (verdict := can_show_at(wanted, cap=cap)):
        return verdict
    if wanted < min(floor, max(levels_within(cap))):
        return Verdict(False, _("Whoever is asked for it must be able to see it."))
    if wanted > min(now, cap) and not is_meant:
        return Verdict(False, MORE_WOULD_SEE)
    return ALLOWED
