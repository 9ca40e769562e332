"""What may be written down of a talk, and who may change it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict


def can_change_interaction(*, written_by: object, by: object) -> Verdict:
    """Whoever wrote it may put it right; nobody else's memory is rewritten."""
    if written_by != by:
        return Verdict(False, _("Only who wrote this may change it."))
    return ALLOWED


def missing_in_interaction(*, held_on: date, next_step: str, next_step_on: date | None, today: date) -> dict[str, str]:
    """What is wrong with an interaction, by field; nothing when it can be kept."""
    found: dict[str, str] = {}
    if held_on > today:
        found["held_on"] = str(_("This day is still to come. Write it as the next step."))
    if next_step_on and not next_step.strip():
        found["next_step"] = str(_("Say what happens on that day."))
    if next_step_on and next_step_on < held_on:
        found["next_step_on"] = str(_("The next step comes after the talk."))
    return found
