"""What goals say of a person: that they look after them or their risks, and which parts they play."""

from django.utils.translation import gettext_lazy as _

from goals.models import DeliverableRole, EndorsementAnswer, Goal, GoalReview, Milestone, Risk
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
            "endorsement_answers",
            _("Where they said their organisation stands on goals"),
            Rows(EndorsementAnswer, person=("person",), account=("user",)),
            shows=("endorsement", "position", "comment", "name", "heard_on", "heard_how", "answered_at"),
            fate=Fate.STAYS,
            why=_("It tells where the organisation stood; their name is taken out of the text"),
        )
    )
    register_holding(
        rows_holding(
            "goal_reviews",
            _("Reviews of goals written"),
            Rows(GoalReview, account=("by",)),
            shows=("goal", "reviewed_on", "progress", "cause", "feedback", "choice", "standing", "next_review_on"),
            fate=Fate.STAYS,
            why=_("It tells what the partners made of the figures; their name is taken out of the text"),
        )
    )
    register_holding(
        rows_holding(
            "milestones",
            _("Milestones looked after"),
            Rows(Milestone, person=("owner_person",)),
            shows=(
                "goal",
                "title_en",
                "title_it",
                "due_on",
                "evidence_wanted",
                "reached_on",
                "evidence",
                "dropped_reason",
            ),
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
