"""What measurements say of a person: that they entered them, and what they showed of them."""

from django.utils.translation import gettext_lazy as _

from metrics.models import GroupValue, Measurement, MeasurementEvidence, Overlap
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here."""
    register_holding(
        rows_holding(
            "measurements",
            _("Measurements entered"),
            Rows(Measurement, person=("entered_by_person",), account=("entered_by",)),
            shows=(
                *("indicator", "period_starts_on", "period_ends_on", "value", "story", "note", "source"),
                *("method_deviation", "entered_at", "state"),
            ),
            fate=Fate.STAYS,
            why=_("Values and who checked them stay true; their name is taken out of the note"),
        )
    )
    register_holding(
        rows_holding(
            "group_values",
            _("Parts of measurements entered"),
            Rows(GroupValue, account=("entered_by",)),
            shows=("measurement", "group", "entered_at"),
            fate=Fate.STAYS,
            why=_("Counts stay true whoever entered them"),
        )
    )
    register_holding(
        rows_holding(
            "overlaps",
            _("Statements on people counted twice"),
            Rows(Overlap, account=("stated_by",)),
            shows=("indicator", "period_ends_on", "people", "surplus", "how_known", "stated_at"),
            fate=Fate.STAYS,
            why=_("Figures rest on them; their name is taken out of the text"),
        )
    )
    register_holding(
        rows_holding(
            "measurement_evidence",
            _("What they showed of measurements"),
            Rows(MeasurementEvidence, account=("user",)),
            shows=("measurement", "at", "note", "link", "file"),
            fate=Fate.STAYS,
            why=_("It shows that a value is true; their name is taken out of the text"),
        )
    )
