"""Registration of metrics: its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    """The metrics rung of the ladder."""

    name = "metrics"

    def ready(self) -> None:
        """Add the tab."""
        from partnerships.views.tabs import TabEntry, register_tab

        register_tab(TabEntry(_("Indicators"), "indicator_list", 30))
