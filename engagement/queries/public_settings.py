"""What a space set for its public pages."""

from collections.abc import Sequence

from django.conf import settings

from core.queries.composed import Composed
from core.queries.tenant import tenant_at_work
from engagement.models import PublicSettings
from engagement.rules.emergency import EmergencyNumber, numbers_in, usual_numbers
from engagement.rules.urgency import urgent_words_in


def public_settings() -> PublicSettings:
    """The space's row, or an unsaved one with the defaults."""
    return _row.first() or PublicSettings()


_row = Composed(lambda: PublicSettings.objects.order_by("id")[:1])


def urgent_words(language: str) -> Sequence[str]:
    """What a space looks for in messages of a language the product does not speak; no query for the others."""
    return () if language in dict(settings.LANGUAGES) else urgent_words_in(public_settings().urgent_words)


def emergency_numbers() -> Sequence[EmergencyNumber]:
    """Whom residents of the space call when they cannot wait."""
    return numbers_set_or_usual(public_settings().emergency_numbers)


def numbers_set_or_usual(text: str) -> Sequence[EmergencyNumber]:
    """The numbers a space set, or those of its country where it set none."""
    return numbers_in(text) or usual_numbers(tenant_at_work().default_language)
