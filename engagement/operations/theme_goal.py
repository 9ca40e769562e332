"""Suggesting a goal from what residents say, with the theme as its evidence."""

from core.models import User
from engagement.models import Theme
from engagement.queries.theme_goal import evidence_of
from goals.models import GoalSuggestion
from goals.operations.suggestion import suggest
from partnerships.models import PartnershipMember


def suggest_goal_from(
    *, theme: Theme, by: User | None, member: PartnershipMember | None, text: str, why: str = "", heard_from: str = ""
) -> GoalSuggestion:
    """Say which goal a theme asks for; it is answered like every suggestion, and leads back to the theme.

    Raises ValidationError as ``suggest``.
    """
    return suggest(
        partnership=theme.partnership,
        by=by,
        member=member,
        text=text,
        why=why,
        heard_from=heard_from,
        evidence_url=evidence_of(theme),
    )
