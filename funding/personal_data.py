"""What funding says of a person: that they give."""

from django.utils.translation import gettext_lazy as _

from funding.models import FundingSource
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here."""
    register_holding(
        rows_holding(
            "gifts",
            _("Gifts and contributions"),
            Rows(FundingSource, person=("giver",)),
            shows=("partnership", "kind", "name", "amount_cents", "status", "decided_on", "note"),
            fate=Fate.STAYS,
            why=_("Amounts are evidence for as long as the award asks; their name is taken out of the text"),
        )
    )
