"""The smallest goal, and one that nothing keeps from being adopted."""

from datetime import date
from decimal import Decimal
from typing import Any

from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, Goal
from goals.operations.deliverable import plan_deliverable
from goals.operations.goal import adopt_goal, draft_goal, move_goal
from goals.operations.milestone import add_milestone
from goals.operations.need import add_need
from goals.operations.risk import add_risk
from goals.operations.theory import add_step
from goals.operations.why import set_goal_reasons
from partnerships.models import Partnership
from stakeholders.models import Stakeholder
from tests.factories.metrics import make_indicator

TODAY = date(2026, 2, 1)
ASKED = date(2026, 1, 12)
WHY = "Three schools did it in one year with half of these hours."


def make_goal(partnership: Partnership, **fields: Any) -> Goal:
    """A draft with nothing but a title."""
    fields.setdefault("title_en", "Good placements")
    return draft_goal(partnership=partnership, by=None, **fields)


def make_complete_goal(partnership: Partnership, **fields: Any) -> Goal:
    """A draft on which every check passes on 1 February 2026, also in a full partnership."""
    defaults: dict[str, Any] = {
        "title_en": "Good placements",
        "title_it": "Buone esperienze",
        "population_en": "students",
        "population_it": "studenti",
        "place_en": "Borgo",
        "place_it": "Borgo",
        "target_value": Decimal(60),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "why_realistic": WHY,
        "equity_note": "Places are kept for students with low means.",
        "next_review_on": date(2026, 7, 1),
        "need_cents": 0,
    }
    if "indicator" not in fields:
        defaults["indicator"] = make_percentage(partnership)
    organisation = Stakeholder.objects.create(name="Scuola", sort_name="scuola", search_text="scuola")
    person = Stakeholder.objects.create(kind="person", name="Anna Neri", sort_name="anna neri", search_text="anna neri")
    member = partnership.members.create(organisation=organisation, state="member")
    goal = make_goal(partnership, **{**defaults, "owner_member": member, "owner_person": person, **fields})
    for month in (3, 9):
        add_milestone(goal=goal, due_on=date(2026, month, 15), by=None, title_en=f"Step {month}")
    return make_founded(goal)


def make_founded(goal: Goal) -> Goal:
    """What a full partnership asks around a goal: a need, a change it leads to, a risk answered, and who does what."""
    need = add_need(
        partnership=goal.partnership,
        by=None,
        today=TODAY,
        statement_en="Young people find no work near home",
        evidence="statistic",
        source="Job centre",
        evidence_on=date(2025, 10, 1),
    )
    change = add_step(
        partnership=goal.partnership, by=None, level="outcome", text_en="Young people find work near home"
    )
    set_goal_reasons(goal=goal, needs=[need], outcome=change, by=None)
    add_risk(
        partnership=goal.partnership,
        by=None,
        goal=goal,
        event="Firms have no time for students",
        likelihood=3,
        impact=3,
        response="reduce",
        actions="Ask four firms more than needed.",
    )
    if goal.owner_member is not None:
        parts = {goal.owner_member.pk: {"A", "R"}}
        plan_deliverable(partnership=goal.partnership, by=None, parts=parts, goal=goal, title="Places for students")
    goal.refresh_from_db()
    return goal


def make_adopted_goal(partnership: Partnership, by: Any, **fields: Any) -> Goal:
    """A goal adopted on 1 February 2026, in a full partnership with everybody behind it."""
    goal = make_complete_goal(partnership, **fields)
    move_goal(goal=goal, to="proposed", by=by, today=TODAY)
    if partnership.mode == Partnership.Mode.FULL:
        make_asked(goal, by)
        answer_all(goal)
        make_voice(goal)
    return adopt_goal(goal=goal, by=by, today=TODAY)


def make_asked(goal: Goal, by: Any, *, today: date = ASKED) -> EndorsementRound:
    """The members of a proposed goal's partnership are asked, three weeks before 1 February 2026."""
    move_goal(goal=goal, to="in_endorsement", by=by, today=today)
    return EndorsementRound.objects.get(goal=goal, outcome="open")


def answer_all(goal: Goal, position: int = 5, comment: str = "") -> None:
    """Every member asked answers the same."""
    for place in Endorsement.objects.filter(round__goal=goal, round__outcome="open", member__isnull=False):
        EndorsementAnswer.objects.create(endorsement=place, position=position, comment=comment, name="Anna Neri")


def make_group(name: str = "Families of the yard") -> Stakeholder:
    """A group of people affected, which is no member."""
    return Stakeholder.objects.create(
        kind="group", name=name, sort_name=name.lower(), search_text=name.lower(), stakes=["affected"]
    )


def make_voice(goal: Goal, position: int = 5, group: Stakeholder | None = None) -> EndorsementAnswer:
    """People affected said where they stand."""
    found = EndorsementRound.objects.get(goal=goal, outcome="open")
    place = Endorsement.objects.create(round=found, group=group or make_group(), asked_on=found.asked_on)
    return EndorsementAnswer.objects.create(
        endorsement=place, position=position, name="Their speaker", heard_on=found.asked_on, heard_how="meeting"
    )


def make_percentage(partnership: Partnership, code: str = "") -> Any:
    """A share of 22 % (40 of 180) at the end of 2025, measured every three months."""
    return make_indicator(
        partnership,
        code,
        name_en="Students placed with positive assessment",
        name_it="Studenti con valutazione positiva",
        definition_en="Counts who ends with a positive sheet.",
        source_en="tutor sheets",
        unit="percent",
        baseline_numerator=Decimal(40),
        baseline_denominator=Decimal(180),
        baseline_on=date(2025, 12, 31),
    )
