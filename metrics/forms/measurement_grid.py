"""What somebody typed into the grid, and what stands beside it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.forms import KitForm, TextField
from metrics.queries.measurement_grid import Grid, GridCell, GridRow
from metrics.rules.measurement_grid import LONGEST_BLOCK, Block, Entry, laid_over, read_cell

LONGEST_CELL = 300


class BesideForm(KitForm):
    """What goes with all values sent together: why some have none, a source, a remark."""

    reason = TextField(
        label=gettext_lazy("Why there is no value, where you wrote only a dash"), max_length=200, required=False
    )
    source = TextField(label=gettext_lazy("Where the figures come from"), max_length=200, required=False)
    note = TextField(label=gettext_lazy("Remark"), max_length=500, required=False)


class GridForm(BesideForm):
    """The same with a block to lay over the cells."""

    block = forms.CharField(
        label=gettext_lazy("Cells copied from a spreadsheet"),
        max_length=LONGEST_BLOCK,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    table = forms.ChoiceField(label=gettext_lazy("Into the table"), required=False)

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid
        tables = [(section.frequency, section.label) for section in grid.sections]
        self.fields["table"].choices = tables  # type: ignore[attr-defined]  # a ChoiceField
        if len(tables) < 2:  # noqa: PLR2004 - nothing to choose
            self.fields["table"].widget = forms.HiddenInput()

    @property
    def beside_fields(self) -> list[forms.BoundField]:
        """What goes with the values."""
        return [self[name] for name in ("reason", "source", "note")]

    @property
    def block_fields(self) -> list[forms.BoundField]:
        """The way to paste without a script."""
        return [self["block"], self["table"]]

    def laid(self) -> tuple[dict[str, str], int]:
        """The texts of the block by the names of the cells they fall on, and how many found no place."""
        chosen = self.cleaned_data["table"]
        section = next((one for one in self.grid.sections if one.frequency == chosen), self.grid.sections[0])
        names = [(row.indicator.code, row.indicator.name_en, row.indicator.name_it) for row in section.rows]
        block: Block = laid_over(
            self.cleaned_data["block"],
            rows=[[name for name in known if name] for known in names],
            periods=section.periods,
        )
        texts = {section.rows[row].cells[column].name: text for (row, column), text in block.texts.items()}
        return texts, block.left_over


@dataclass
class TypedGrid:
    """The cells as typed: what they say, and what cannot be used, by the names of the cells."""

    texts: dict[str, str]
    entries: list[Entry] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def typed_texts(posted: QueryDict, grid: Grid) -> dict[str, str]:
    """What was typed, by the names of the cells of this page."""
    return {cell.name: str(posted[cell.name])[:LONGEST_CELL] for _row, cell in grid.cells if cell.name in posted}


def typed_grid(
    posted: QueryDict, grid: Grid, *, beside: Mapping[str, str], language: str, again: Collection[str] = ()
) -> TypedGrid:
    """Read the cells that were changed, and those left as they are whose state is among ``again``.

    ``beside`` is what a ``BesideForm`` found. A cell somebody else changed since the page was shown is an error, never
    overwritten.
    """
    typed = TypedGrid(typed_texts(posted, grid))
    for row, cell, text in _changed(posted, grid, typed.texts, again):
        if posted.get(f"was.{cell.name}", "") != cell.stored:
            typed.errors[cell.name] = _("Somebody else entered this meanwhile: “%(value)s”.") % {"value": cell.stored}
            continue
        try:
            typed.entries.append(_entry(row, cell, text, beside, language))
        except ValidationError as error:
            typed.errors[cell.name] = error.messages[0]
    return typed


def _entry(row: GridRow, cell: GridCell, text: str, beside: Mapping[str, str], language: str) -> Entry:
    unit, reason = row.indicator.unit, beside["reason"]
    return Entry(
        place=cell.name,
        indicator=row.indicator,
        member=row.member,
        period=cell.period,
        cell=read_cell(text, unit=unit, language=language, reason=reason) if text else None,
        over=cell.measurement.pk if cell.measurement else None,
        note=beside["note"],
        source=beside["source"],
    )


def _changed(
    posted: QueryDict, grid: Grid, texts: dict[str, str], again: Collection[str]
) -> Iterator[tuple[GridRow, GridCell, str]]:
    for row, cell in grid.cells:
        if cell.name not in texts or cell.is_fixed:
            continue
        text = texts[cell.name].strip()
        is_sent_again = cell.measurement is not None and cell.measurement.state in again
        if text != posted.get(f"was.{cell.name}", "") or is_sent_again:
            yield row, cell, text
