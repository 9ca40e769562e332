"""Password rules beyond Django's own (AUT-11)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAXIMUM_LENGTH = 128


class MaximumLengthValidator:
    """Refuse what would cost seconds to hash; no rule about the kinds of characters."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError above 128 characters."""
        if len(password) > MAXIMUM_LENGTH:
            raise ValidationError(_("Use at most 128 characters."), code="password_too_long")

    def get_help_text(self) -> str:
        """What the form says beforehand."""
        return _("Between 12 and 128 characters; a short sentence is easy to remember.")
