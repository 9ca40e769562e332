"""Registration of goals."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """The goals rung of the ladder."""

    name = "goals"
