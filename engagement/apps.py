"""Registration of engagement."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """The engagement rung of the ladder."""

    name = "engagement"
