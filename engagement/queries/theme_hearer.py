"""The residents whose words a suggestion for a goal was made from."""

import uuid

from django.db.models import Q, QuerySet

from engagement.models import Submission, Theme
from engagement.queries.theme_goal import evidence_of
from engagement.rules.submission import NO_MESSAGE
from goals.models import GoalSuggestion


def theme_behind(suggestion: GoalSuggestion) -> Theme | None:
    """The theme a suggestion was made from; None for one with another origin, or whose theme is gone."""
    try:
        theme_id = uuid.UUID(suggestion.evidence_url.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
    rows = Theme.objects.filter(partnership=suggestion.partnership_id).select_related("partnership")
    theme = rows.filter(pk=theme_id).first()
    return theme if theme is not None and evidence_of(theme) == suggestion.evidence_url else None


def messages_behind(theme: Theme) -> QuerySet[Submission]:
    """Every message in a theme and those joined with one; not what was taken back or is no message."""
    own = Q(pk__in=Submission.objects.filter(themes=theme).values("pk"))
    joined = Q(duplicate_of__in=Submission.objects.filter(themes=theme).values("pk"))
    rows = Submission.objects.filter(own | joined).exclude(state__in=NO_MESSAGE)
    return rows.select_related("partnership").order_by("pk")


def residents_to_write_to(suggestion: GoalSuggestion) -> int:
    """How many messages behind a suggestion have an address whose owner wants an answer."""
    theme = theme_behind(suggestion)
    return messages_behind(theme).filter(wants_reply=True).exclude(contact_email="").count() if theme else 0
