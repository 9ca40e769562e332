"""A person's own settings."""

from core.models import User


def set_language(*, user: User, language: str) -> None:
    """Remember the language a person chose."""
    User.objects.filter(pk=user.pk).update(language=language)
