"""A person's own settings."""

from core.models import User


def set_language(*, user: User, language: str) -> None:
    """Remember the language a person chose."""
    User.objects.filter(pk=user.pk).update(language=language)


def change_profile(*, user: User, name: str, language: str) -> None:
    """Change what a person is called and the language pages and mails speak to them."""
    User.objects.filter(pk=user.pk).update(name=name, language=language)
