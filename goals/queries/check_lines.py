"""The SMART checks as pages show them: with the place where each is mended, and why the partnership lives with one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.web.space import space_url
from goals.models import AcceptedWarning, Goal
from goals.rules.smart import Check, Outcome

# What the goal's own form asks, as against what is written on other pages.
IN_FORM = {
    "title",
    "population",
    "owner_member",
    "target_value",
    "why_realistic",
    "need",
    "equity_note",
    "ends_on",
    "next_review_on",
}
# Fields there is one of for each language of the space.
IN_LANGUAGES = {"title", "population"}
# The pages of a goal on which the rest of it is written.
PAGES = {"needs": "goal_why", "outcome": "goal_why", "milestones": "milestone_new", "endorsement": "endorsement_detail"}


@dataclass(frozen=True)
class CheckLine:
    """One check; ``url`` is where it is mended, if anywhere, ``accepted`` why its warning is lived with."""

    check: Check
    url: str = ""
    accepted: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it asks for something: it fails, or warns and nobody said why that is all right."""
        return self.check.outcome == Outcome.FAIL or (self.check.outcome == Outcome.WARN and not self.accepted)

    @property
    def is_lived_with(self) -> bool:
        """Whether it warns and the partnership said why it lives with that."""
        return self.check.outcome == Outcome.WARN and bool(self.accepted)


def check_lines(goal: Goal, checks: Sequence[Check], *, language: str, in_form: bool = False) -> list[CheckLine]:
    """The checks of a goal, saved or not, with where each is mended; ``in_form`` the goal's form is the page itself.

    ``language`` is the one of the form's own questions. One statement for a saved goal, none for a new one.
    """
    is_saved = not goal._state.adding
    reasons = dict(AcceptedWarning.objects.filter(goal=goal).values_list("code", "reason")) if is_saved else {}
    return [
        CheckLine(
            check,
            _place(goal, check, language=language, in_form=in_form, is_saved=is_saved),
            reasons.get(check.code, "") if check.outcome == Outcome.WARN else "",
        )
        for check in checks
    ]


def by_letter(lines: Iterable[CheckLine]) -> dict[str, list[CheckLine]]:
    """What asks for something, by the letter of the form's question it belongs to."""
    found: dict[str, list[CheckLine]] = {letter: [] for letter in "SMART"}
    for line in lines:
        if line.is_open and line.check.letter:
            found[line.check.letter].append(line)
    return found


def _place(goal: Goal, check: Check, *, language: str, in_form: bool, is_saved: bool) -> str:
    if check.outcome not in {Outcome.FAIL, Outcome.WARN}:
        return ""
    field = _form_field(goal, check)
    if field:
        anchor = f"#id_{field}_{language}" if field in IN_LANGUAGES else f"#id_{field}"
        return anchor if in_form else f"{_of_goal(goal, 'goal_edit')}{anchor}"
    return _elsewhere(goal, check) if is_saved else ""


def _form_field(goal: Goal, check: Check) -> str:
    """The question of the goal's form that mends a check; empty where another page does."""
    if check.field in IN_FORM:
        # Money that is named and not planned is looked for elsewhere.
        return "" if check.field == "need" and goal.need_cents is not None else check.field
    if check.field not in {"indicator", "baseline"}:
        return ""
    if goal.indicator is None:
        return "indicator"
    # One that is described in the form itself.
    return "baseline" if goal.indicator._state.adding else ""


def _elsewhere(goal: Goal, check: Check) -> str:
    slug = goal.partnership.slug
    if check.field in {"indicator", "baseline"} and goal.indicator is not None:
        return space_url("indicator_edit", slug=slug, code=goal.indicator.code)
    if check.field == "risks":
        return f"{space_url('risk_new', slug=slug)}?goal={goal.number}"
    if check.field == "deliverables":
        return space_url("deliverable_list", slug=slug)
    return _of_goal(goal, PAGES[check.field]) if check.field in PAGES else ""


def _of_goal(goal: Goal, page: str) -> str:
    return space_url(page, slug=goal.partnership.slug, number=goal.number)
