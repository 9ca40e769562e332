"""What a promise made in a meeting needs (R-C2)."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def missing_of_action(*, has_owner: bool, due_on: date | None, result: str, today: date) -> dict[str, str | Promise]:
    """What is missing for a promise to be one, by field: one owner, one day, one result that can be seen."""
    missing: dict[str, str | Promise] = {}
    if not has_owner:
        missing["who"] = _("Who does it? One person or organisation.")
    if due_on is None:
        missing["due_on"] = _("By which day?")
    elif due_on < today:
        missing["due_on"] = _("This date has passed.")
    if not result.strip():
        missing["result_expected"] = _("How will everybody see that it is done?")
    return missing
