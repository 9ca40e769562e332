"""Registration of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports rung of the ladder."""

    name = "reports"
