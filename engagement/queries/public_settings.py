"""What a space set for its public pages."""

from collections.abc import Sequence

from core.queries.tenant import tenant_at_work
from engagement.models import PublicSettings
from engagement.rules.emergency import EmergencyNumber, numbers_in, usual_numbers


def public_settings() -> PublicSettings:
    """The space's row, or an unsaved one with the defaults."""
    return PublicSettings.objects.order_by("id").first() or PublicSettings()


def emergency_numbers() -> Sequence[EmergencyNumber]:
    """Whom residents of the space call when they cannot wait."""
    return numbers_in(public_settings().emergency_numbers) or usual_numbers(tenant_at_work().default_language)
