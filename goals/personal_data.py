"""What goals say of a person: that they look after them or their risks, and which parts they play."""

from django.utils.translation import gettext_lazy as _

from goals.models import DeliverableRole, Goal, Risk
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here."""
    register_holding(
        rows_holding(
            "goals",
            _("Goals looked after"),
            Rows(Goal, person=("owner_person",)),
            shows=("partnership", "title_en", "title_it", "state", "starts_on", "ends_on"),
            fate=Fate.STAYS,
            why=_("As “Erased person” until somebody else looks after them"),
        )
    )
    register_holding(
        rows_holding(
            "deliverable_roles",
            _("Parts played in what partnerships do"),
            Rows(DeliverableRole, person=("person",)),
            shows=("deliverable", "part"),
            fate=Fate.STAYS,
            why=_("As “Erased person” until the organisation names somebody else"),
        )
    )
    register_holding(
        rows_holding(
            "risks",
            _("Risks looked after"),
            Rows(Risk, person=("owner_person",)),
            shows=("partnership", "event", "cause", "effect", "actions", "state", "review_on"),
            fate=Fate.STAYS,
            why=_("As “Erased person” until somebody else looks after them"),
        )
    )
