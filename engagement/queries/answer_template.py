"""Sentences a space answers with often."""

import uuid

from django.db.models import QuerySet

from engagement.models import AnswerTemplate


def templates_of_space() -> QuerySet[AnswerTemplate]:
    """All of them, by name."""
    return AnswerTemplate.objects.order_by("name", "id")


def template_chosen(key: str) -> AnswerTemplate | None:
    """The one an address names; None for any other text."""
    try:
        return templates_of_space().filter(pk=uuid.UUID(key)).first() if key else None
    except ValueError:
        return None
