"""When the door and the cards of an activity are open."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import EngagementActivity
from engagement.rules.waiting_list import HOLDING

State = EngagementActivity.State
DOOR_OPENS_BEFORE = timedelta(hours=12)
# Who takes a card home still gives it in.
CARDS_OPEN_AFTER = timedelta(days=2)


def can_check_in(activity: EngagementActivity, registration_state: str, *, now: datetime) -> Verdict:
    """On the day, who has a place or was offered one; also once it was held, for lists kept on paper."""
    if activity.state not in {State.ANNOUNCED, State.HELD} or activity.starts_at is None:
        return Verdict(False, _("The door of this activity is closed."))
    if now < activity.starts_at - DOOR_OPENS_BEFORE:
        return Verdict(False, _("The door opens twelve hours before it begins."))
    if registration_state not in HOLDING:
        return Verdict(False, _("This person has no place."))
    return ALLOWED


def can_fill_card(activity: EngagementActivity, *, now: datetime) -> Verdict:
    """From its beginning until two days after its end."""
    if activity.state not in {State.ANNOUNCED, State.HELD} or activity.starts_at is None:
        return Verdict(False, _("The cards of this activity are closed."))
    if now < activity.starts_at:
        return Verdict(False, _("The cards open when it begins."))
    if now > (activity.ends_at or activity.starts_at) + CARDS_OPEN_AFTER:
        return Verdict(False, _("The cards of this activity are closed."))
    return ALLOWED


def shows_cards(activity: EngagementActivity, *, now: datetime) -> bool:
    """Whether what the cards say may be looked at: never while one more could be subtracted."""
    was_held = activity.state not in {State.PLANNED, State.ANNOUNCED, State.CANCELLED}
    return was_held and not can_fill_card(activity, now=now)
