"""Registration of funding: its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """The funding rung of the ladder."""

    name = "funding"

    def ready(self) -> None:
        """Add the tab."""
        from core.access.permissions import Permission
        from partnerships.views.tabs import TabEntry, register_tab

        register_tab(TabEntry(_("Funding"), "funding_list", 60, permission=Permission.SEE_FUNDING))
