"""What this app asks of a partnership before it becomes active (domain 0.4)."""

from django.utils.translation import gettext_lazy as _

from goals.models import Goal
from goals.rules.goal import RUNNING_STATES
from partnerships.gates import Gate, register_gate
from partnerships.models import Partnership


def has_adopted_goal(partnership: Partnership) -> bool:
    """Whether a goal with an indicator is adopted and not yet closed."""
    rows = Goal.objects.filter(partnership=partnership, state__in=RUNNING_STATES, indicator__isnull=False)
    return rows.exists()


def register_own() -> None:
    """The gate from forming to active."""
    label = _("A goal with an indicator is adopted")
    register_gate(
        Gate("goal", Partnership.State.FORMING, Partnership.State.ACTIVE, label, has_adopted_goal, "goal_list")
    )
