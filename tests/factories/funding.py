"""The smallest valid source, goal and funder."""

import itertools
from datetime import date

from core.access.visibility import Visibility
from funding.models import FundingSource
from funding.operations.source import add_source
from goals.models import Goal
from partnerships.models import Partnership
from stakeholders.models import Stakeholder

TODAY = date(2026, 11, 23)
_numbers = itertools.count(1)


def make_source(partnership: Partnership, name: str = "", **fields: object) -> FundingSource:
    """An expected grant of 1,000.00 that only coordination sees."""
    given = {"kind": "grant", "amount_cents": 100_000, "name": name or f"Grant {next(_numbers)}", **fields}
    return add_source(partnership=partnership, by=None, today=TODAY, **given)


def make_goal(partnership: Partnership, *, visibility: Visibility = Visibility.PARTNERS, **fields: object) -> Goal:
    """An active goal with the next number."""
    number = Goal.objects.filter(partnership=partnership).count() + 1
    given = {"title_en": f"Goal {number}", "state": Goal.State.ACTIVE, **fields}
    return Goal.objects.create(partnership=partnership, number=number, visibility=visibility, **given)


def make_funder(name: str = "Example Foundation") -> Stakeholder:
    """A funder in the register."""
    return Stakeholder.objects.create(
        name=name, sector=Stakeholder.Sector.FUNDER, sort_name=name.lower(), search_text=name.lower()
    )
