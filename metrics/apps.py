"""Registration of metrics: its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    """The metrics rung of the ladder."""

    name = "metrics"

    def ready(self) -> None:
        """Add the tab."""
        from metrics.personal_data import register_own as register_personal_data
        from metrics.queries.signal import DATA_OVERDUE
        from metrics.queries.update import verified_values
        from partnerships.early_signs import register_signal_rule
        from partnerships.updates import Part, register_update_source
        from partnerships.views.tabs import TabEntry, register_tab

        register_personal_data()
        register_update_source("values", 30, Part.WENT_WELL, verified_values)
        register_signal_rule(DATA_OVERDUE)
        register_tab(TabEntry(_("Indicators"), "indicator_list", 30, is_more=True))
