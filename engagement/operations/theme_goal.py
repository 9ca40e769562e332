"""Suggesting a goal, or a change of one, from what residents say, with the theme as its evidence."""

from core.models import User
from engagement.models import Theme
from engagement.queries.theme_goal import evidence_of
from goals.models import Goal, GoalSuggestion
from goals.operations.suggestion import suggest
from partnerships.models import PartnershipMember


def suggest_goal_from(
    *,
    theme: Theme,
    by: User | None,
    member: PartnershipMember | None,
    text: str,
    why: str = "",
    heard_from: str = "",
    goal: Goal | None = None,
    about: str = GoalSuggestion.About.WHOLE,
) -> GoalSuggestion:
    """Say which goal a theme asks for, or what of ``goal`` should change; answered like every suggestion.

    It leads back to the theme. Raises ValidationError and SuggestionRefusedError as ``suggest``.
    """
    return suggest(
        partnership=theme.partnership,
        by=by,
        member=member,
        text=text,
        why=why,
        heard_from=heard_from,
        evidence_url=evidence_of(theme),
        goal=goal,
        about=about,
    )
