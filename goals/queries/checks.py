"""The SMART checks of a stored goal."""

from datetime import date

from django.db.models import Max
from django.utils import timezone

from goals.models import Goal, Milestone
from goals.rules.facts import facts_of
from goals.rules.smart import Check, smart_checks
from partnerships.models import AgreementVersion, Partnership
from partnerships.queries.agreement import in_force_on


def checks_of(goal: Goal, *, today: date) -> list[Check]:
    """All checks of a goal as it stands, saved or not: its milestones and the agreement's end are looked up."""
    days = list(Milestone.objects.filter(goal=goal).order_by("due_on", "id").values_list("due_on", flat=True))
    facts = facts_of(
        goal,
        goal.indicator,
        today=today,
        milestone_days=days,
        agreement_ends_on=agreement_end(goal.partnership),
    )
    return smart_checks(facts, is_light=goal.partnership.mode == Partnership.Mode.LIGHT)


def agreement_end(partnership: Partnership) -> date | None:
    """The last day of the agreement in force; None when there is none or it has no end."""
    versions = AgreementVersion.objects.filter(agreement__partnership=partnership)
    last: date | None = versions.filter(in_force_on(timezone.localdate())).aggregate(last=Max("valid_to"))["last"]
    return last
