"""To whom the promise of an activity is made (R-S6)."""

from collections.abc import Iterable

from engagement.models import EngagementActivity
from stakeholders.rules.naming import is_named_in

State = EngagementActivity.State
# From the day everybody reads it until what was promised is kept or called off.
BINDING = (State.ANNOUNCED, State.HELD, State.SUMMARISED, State.ANSWERED)


def is_made_to(target_groups: str, *, names: Iterable[str], lives_it_here: bool) -> bool:
    """Whether somebody is promised something.

    An activity promises to the groups it names; one that names none, to those who live the issue of its partnership.
    """
    if target_groups.strip():
        return is_named_in(target_groups, names)
    return lives_it_here
