"""Password rules (AUT-11) as one rule with one sentence of help."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 128


class PasswordRules:
    """Between 12 and 128 characters, not commonly used, not like the person's name or address; nothing about kinds."""

    def __init__(self) -> None:
        self.rules: list[Any] = [
            MinimumLengthValidator(MINIMUM_LENGTH),
            CommonPasswordValidator(),
            UserAttributeSimilarityValidator(user_attributes=("email", "name")),
        ]

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for the first thing that is wrong."""
        if len(password) > MAXIMUM_LENGTH:
            # Also what would cost seconds to hash.
            raise ValidationError(_("Use at most 128 characters."), code="password_too_long")
        for rule in self.rules:
            rule.validate(password, user)

    def get_help_text(self) -> str:
        """What the form says beforehand."""
        return _("At least 12 characters. A short sentence is safe and easy to remember.")
