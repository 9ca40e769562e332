"""Goals suggested from what residents say."""

from typing import Any

from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.rules.bilingual import spoken
from core.web.space import space_url
from engagement.models import Theme
from goals.models import Goal, GoalSuggestion
from goals.queries.goal import goals_visible_to
from goals.queries.suggestion import suggestions_visible_to
from goals.rules.goal import FINAL_STATES
from partnerships.models import Partnership

LONGEST = 200


def evidence_of(theme: Theme) -> str:
    """The page inside the space a suggestion made from a theme leads to."""
    return space_url("theme_detail", slug=theme.partnership.slug, theme_id=theme.pk)


def suggestions_from(viewer: Viewer, theme: Theme) -> list[GoalSuggestion]:
    """The goals a viewer may see that were suggested from a theme, the newest first."""
    rows = suggestions_visible_to(viewer).filter(partnership=theme.partnership_id)
    return list(rows.filter(evidence_url=evidence_of(theme)))


def goals_to_change(viewer: Viewer, partnership: Partnership) -> list[Goal]:
    """The goals of a partnership a viewer may see that are not closed, by number."""
    return list(goals_visible_to(viewer).filter(partnership=partnership).exclude(state__in=FINAL_STATES))


def first_words_of(theme: Theme) -> dict[str, Any]:
    """What a suggestion made from a theme begins with; words nobody else reads yet are not repeated."""
    if theme.published_on is None:
        return {"heard_from": _("A theme of residents")}
    return {"heard_from": (_("Residents: “%(words)s”") % {"words": spoken(theme, "heard")})[:LONGEST]}
