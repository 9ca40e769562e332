"""Registration of funding: its tab inside a partnership, its panel on a goal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """The funding rung of the ladder."""

    name = "funding"

    def ready(self) -> None:
        """Add the tab and the panel on a goal's page."""
        from core.access.permissions import Permission
        from core.access.visibility import Visibility
        from funding.personal_data import register_own as register_personal_data
        from funding.queries.leaving import money_given, things_given
        from funding.queries.ledger import GIFTS
        from funding.queries.means import planned_for_goals
        from funding.queries.reach import givers_within
        from funding.queries.signal import RULES
        from funding.queries.text_slot import contributions_in_words
        from funding.queries.timeline import contribution_items
        from funding.queries.update import givers, secured_means
        from goals.means import register_means_source
        from goals.panels import register_panel
        from partnerships.clauses.slots import TextSlot, register_text_slot
        from partnerships.early_signs import register_signal_rule
        from partnerships.exits import register_exit_source
        from partnerships.ledger import register_ledger_source
        from partnerships.models import ExitStep
        from partnerships.updates import Part, register_update_audience, register_update_source
        from partnerships.views.tabs import TabEntry, register_tab
        from stakeholders.reach import register_reach
        from stakeholders.timeline import register_timeline

        register_personal_data()
        register_tab(TabEntry(_("Funding"), "funding_list", 60, permission=Permission.SEE_FUNDING, is_more=True))
        register_text_slot(TextSlot("contributions", _("what each brings"), contributions_in_words))
        register_update_source("means", 40, Part.WENT_WELL, secured_means)
        register_update_audience(Visibility.FUNDERS, givers)
        register_exit_source(ExitStep.Kind.MONEY, money_given)
        register_exit_source(ExitStep.Kind.EQUIPMENT, things_given)
        register_panel("goal_funding", 20)
        register_means_source("funding", planned_for_goals)
        register_timeline(contribution_items)
        register_reach(stakeholders=givers_within)
        register_ledger_source(GIFTS)
        for rule in RULES:
            register_signal_rule(rule)
