"""What measurements say of a person: that they entered them."""

from django.utils.translation import gettext_lazy as _

from metrics.models import Measurement
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here."""
    register_holding(
        rows_holding(
            "measurements",
            _("Measurements entered"),
            Rows(Measurement, person=("entered_by_person",), account=("entered_by",)),
            shows=("indicator", "period_starts_on", "period_ends_on", "value", "note", "source", "entered_at", "state"),
            fate=Fate.STAYS,
            why=_("Values and who checked them stay true; their name is taken out of the note"),
        )
    )
