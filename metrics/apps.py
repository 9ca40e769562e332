"""Registration of metrics."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """The metrics rung of the ladder."""

    name = "metrics"
