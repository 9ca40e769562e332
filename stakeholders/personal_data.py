"""What the product holds on a person: each app names its part, how it is handed over and how it is erased (R-D7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from stakeholders.models import Stakeholder

Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """One kind of data on a person.

    ``export(person)`` gives the rows as plain values, other people masked. ``erase(person)`` takes the person out,
    keeps what statistics need, returns how many rows it touched, and is safe to run twice.
    """

    code: str
    label: str | Promise
    export: Callable[[Stakeholder], Rows]
    erase: Callable[[Stakeholder], int]


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Add a kind of data; called from ``AppConfig.ready``. The same code again replaces it."""
    _holdings[holding.code] = holding


def registered_holdings() -> list[Holding]:
    """All kinds, in the order of their registration: lower apps first."""
    return list(_holdings.values())
