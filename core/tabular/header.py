"""Names of columns: one column per name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import TableHeaderError

if TYPE_CHECKING:
    from collections.abc import Sequence


def names_checked(names: Sequence[str], *, row: int) -> tuple[str, ...]:
    """The names as they are; columns without a name are let be.

    Raises TableHeaderError for two columns of one name, capitals aside.
    """
    first_at: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if name and first_at.setdefault(name.casefold(), position) != position:
            raise TableHeaderError(
                _("Columns %(first)s and %(second)s are both named “%(name)s”. Rename one of them."),
                row=row,
                first=first_at[name.casefold()],
                second=position,
                name=name,
            )
    return tuple(names)


def names_apart(names: Sequence[str]) -> tuple[str, ...]:
    """The names with a number behind each repeated one: "Other", "Other (2)"."""
    taken: set[str] = {""}
    apart = []
    for name in names:
        unique, number = name, 1
        while name and unique.casefold() in taken:
            number += 1
            unique = f"{name} ({number})"
        taken.add(unique.casefold())
        apart.append(unique)
    return tuple(apart)
