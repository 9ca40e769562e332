"""Registration of stakeholders."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """The stakeholders rung of the ladder."""

    name = "stakeholders"
