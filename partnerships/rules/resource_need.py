"""What may become of something a partnership needs."""

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import ResourceNeed
from stakeholders.models import Asset
from stakeholders.rules.asset import Wish
from stakeholders.rules.stakeholder import words_of

# Shorter words of a title ("for", "due") say nothing about the thing.
SHORTEST_WORD = 4


def can_meet_need(need: ResourceNeed, asset: Asset | None) -> Verdict:
    """An open need is met by something of the same kind that is not refused, or without naming anything."""
    if need.state != ResourceNeed.State.OPEN:
        return Verdict(False, _("This need is not open any more."))
    if asset is not None and asset.kind != need.kind:
        return Verdict(False, _("That is something of another kind."))
    if asset is not None and asset.offered == Asset.Offered.NO:
        return Verdict(False, _("It is not offered. Ask again first, then say so on the stakeholder's page."))
    return ALLOWED


def can_drop_need(need: ResourceNeed) -> Verdict:
    """Only what is open can be dropped."""
    return ALLOWED if need.state == ResourceNeed.State.OPEN else Verdict(False, _("This need is not open any more."))


def can_reopen_need(need: ResourceNeed) -> Verdict:
    """What was met or dropped can be needed again."""
    return ALLOWED if need.state != ResourceNeed.State.OPEN else Verdict(False, _("This need is open already."))


def wish_of(need: ResourceNeed, territory: str) -> Wish:
    """What is looked for on behalf of a need; near its place, else near the partnership's."""
    words = words_of(need.title)
    return Wish(
        words=tuple(word for word in words if len(word) >= SHORTEST_WORD) or tuple(words),
        kind=need.kind,
        place=need.place or territory,
        starts_on=need.needed_from or need.needed_until,
        ends_on=need.needed_until,
    )
