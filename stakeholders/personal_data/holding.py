"""One kind of data on a person, and the registry that every app adds its kinds to (R-D7)."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from stakeholders.personal_data.masking import Masker
from stakeholders.personal_data.subject import Subject, any_of

Row = dict[str, Any]


class Fate(StrEnum):
    """What becomes of a kind of data when the person is erased."""

    GOES = "goes"
    EMPTIED = "emptied"
    # The row stays, the name does not.
    STAYS = "stays"
    # The name stays as well: the law asks for it.
    KEPT = "kept"


@dataclass(frozen=True)
class Holding:
    """One kind of data on a person.

    ``ids(subject)`` names its rows; ``export(subject, masker)`` gives them as plain values, other people masked;
    ``erase(subject)`` takes the person out, keeps what statistics need, returns how many rows it touched, and is safe
    to run twice. ``why`` says, on the page that asks before erasing, what becomes of it and why.
    """

    code: str
    label: str | Promise
    tables: tuple[str, ...]
    fate: Fate
    why: str | Promise
    ids: Callable[[Subject], list[uuid.UUID]]
    export: Callable[[Subject, Masker], list[Row]]
    erase: Callable[[Subject], int]
    # Shown by itself in the document; else only in the JSON.
    in_document: bool = True


def leave(_subject: Subject) -> int:
    """Erasing touches nothing here: the rows stay, or something else takes the name out of them."""
    return 0


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Add a kind of data; called from ``AppConfig.ready``. The same code again replaces it."""
    _holdings[holding.code] = holding


def registered_holdings() -> list[Holding]:
    """All kinds, in the order of their registration: lower apps first."""
    return list(_holdings.values())


@dataclass(frozen=True)
class Rows:
    """The rows of one table that are about a person, found by columns: of the person, the account, an address."""

    model: type[models.Model]
    person: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)

    def of(self, subject: Subject) -> QuerySet[Any]:
        """The rows, oldest first."""
        wanted: list[dict[str, Any]] = [{f"{path}__in": subject.ids} for path in self.person]
        if subject.user:
            wanted += [{path: subject.user.pk} for path in self.account]
        wanted += [{f"{path}__iexact": one} for path in self.address for one in sorted(subject.addresses)]
        rows = self.model._default_manager.order_by("pk")
        if not wanted:
            return rows.none()
        return rows.filter(any_of(wanted), self.only)

    def ids(self, subject: Subject) -> list[uuid.UUID]:
        """Their keys."""
        return list(self.of(subject).values_list("pk", flat=True))


def rows_holding(
    code: str,
    label: str | Promise,
    rows: Rows,
    *,
    shows: Sequence[str],
    fate: Fate,
    why: str | Promise,
    empties: Mapping[str, Any] | None = None,
    in_document: bool = True,
) -> Holding:
    """A kind of data that is one table: shown column by column; removed, emptied by ``empties``, or left standing."""

    def export(subject: Subject, masker: Masker) -> list[Row]:
        found = rows.of(subject)
        if keys := _keys_shown(rows.model, shows):
            found = found.select_related(*keys)
        return [row_as_values(row, shows, masker) for row in found]

    def erase(subject: Subject) -> int:
        if fate is Fate.GOES:
            return int(rows.of(subject).delete()[0])
        if fate is Fate.EMPTIED:
            return int(rows.model._default_manager.filter(pk__in=rows.ids(subject)).update(**(empties or {})))
        return 0

    return Holding(code, label, (rows.model._meta.label,), fate, why, rows.ids, export, erase, in_document)


def row_as_values(row: models.Model, shows: Sequence[str], masker: Masker) -> Row:
    """Some columns of a row as plain values: what people wrote is masked, other records are named."""
    return {name: _value(row, name, masker) for name in shows}


def _value(row: models.Model, name: str, masker: Masker) -> Any:
    value: Any = row
    for step in name.split("__"):
        value = getattr(value, step) if value is not None else None
    if isinstance(value, models.Model):
        return masker.named(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | list | dict | tuple):
        return masker.hide(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _keys_shown(model: type[models.Model], shows: Sequence[str]) -> list[str]:
    found = []
    for name in shows:
        path = name.rpartition("__")[0]
        if path:
            found.append(path)
        elif isinstance(model._meta.get_field(name), models.ForeignKey):
            found.append(name)
    return found
