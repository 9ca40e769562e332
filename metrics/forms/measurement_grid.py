"""What somebody typed into the grid, and what stands beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.forms import KitForm, TextField
from metrics.models import Cut, Measurement
from metrics.queries.measurement_grid import Grid, GridCell, GridRow
from metrics.rules.breakdown import Part
from metrics.rules.measurement_grid import (
    LONGEST_BLOCK,
    Block,
    CellValue,
    Entry,
    GivenParts,
    laid_over,
    read_cell,
    read_part,
)

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
        block: Block = laid_over(
            self.cleaned_data["block"], rows=[_names(row) for row in section.lines], periods=section.periods
        )
        texts = {section.lines[row].cells[column].name: text for (row, column), text in block.texts.items()}
        return texts, block.left_over


def _names(row: GridRow) -> list[str]:
    """What a line of a pasted block calls a row."""
    if row.group is None:
        return [name for name in (row.indicator.code, row.indicator.name_en, row.indicator.name_it) if name]
    return [name for name in (row.group.label_en, row.group.label_it) if name]


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
    """Read the values that were changed, themselves or what falls to their groups, and those of a state in ``again``.

    ``beside`` is what a ``BesideForm`` found. A cell somebody else changed since the page was shown is an error, never
    overwritten.
    """
    typed = TypedGrid(typed_texts(posted, grid))
    reading = _Reading(posted, typed, beside, language, again)
    for section in grid.sections:
        for row in section.rows:
            for place, cell in enumerate(row.cells):
                if cell.name in typed.texts and not cell.is_fixed:
                    reading.read(row, place, cell)
    return typed


@dataclass(frozen=True)
class _Reading:
    """One look through the cells; what it finds goes into ``typed``."""

    posted: QueryDict
    typed: TypedGrid
    beside: Mapping[str, str]
    language: str
    again: Collection[str]

    def read(self, row: GridRow, place: int, cell: GridCell) -> None:
        """Read a value with the cells of its groups, if something of it was changed or it is sent again."""
        there = cell.measurement
        parts = {line.cells[place].name: line for line in row.groups}
        changed = [name for name in (cell.name, *parts) if self._is_changed(name)]
        is_sent_again = there is not None and there.state in self.again
        if not changed and not is_sent_again:
            return
        if not self._is_fresh([cell, *(line.cells[place] for line in parts.values())], changed):
            return
        # Whoever changes the parts of a value somebody asked about answers the question.
        asked = there is not None and there.state == Measurement.State.QUERIED
        only_parts = there is not None and not (cell.name in changed or is_sent_again or asked)
        is_empty = not any(self.typed.texts.get(name, "").strip() for name in (cell.name, *parts))
        given = [] if is_empty else self._given(row, place, changed if only_parts else [*parts])
        value = self._value(row, cell, has_parts=bool(given))
        if any(name in self.typed.errors for name in (cell.name, *parts)):
            return
        self.typed.entries.append(
            Entry(
                place=cell.name,
                indicator=row.indicator,
                member=row.member,
                period=cell.period,
                cell=value,
                over=there.pk if there else None,
                note=self.beside["note"],
                source=self.beside["source"],
                parts=tuple(given),
                only_parts=only_parts,
            )
        )

    def _is_changed(self, name: str) -> bool:
        return name in self.typed.texts and self.typed.texts[name].strip() != self._was(name)

    def _was(self, name: str) -> str:
        return str(self.posted.get(f"was.{name}", ""))

    def _is_fresh(self, cells: list[GridCell], changed: list[str]) -> bool:
        """Whether nobody else wrote in the cells that were changed since they were shown."""
        for cell in cells:
            if cell.name in changed and self._was(cell.name) != cell.stored:
                told = _("Somebody else entered this meanwhile: “%(value)s”.") % {"value": cell.stored}
                self.typed.errors[cell.name] = told
        return not any(cell.name in self.typed.errors for cell in cells)

    def _value(self, row: GridRow, cell: GridCell, *, has_parts: bool) -> CellValue | None:
        text = self.typed.texts[cell.name].strip()
        if not text:
            if has_parts:
                self.typed.errors[cell.name] = _("Write the value itself, too: these are only its parts.")
            return None
        try:
            return read_cell(text, unit=row.indicator.unit, language=self.language, reason=self.beside["reason"])
        except ValidationError as error:
            self.typed.errors[cell.name] = error.messages[0]
            return None

    def _given(self, row: GridRow, place: int, wanted: Collection[str]) -> list[GivenParts]:
        """The parts by each cut of which a wanted cell says something; one that is all empty says nothing."""
        by_cut: dict[Cut, list[GridCell]] = {}
        for line in row.groups:
            if line.cut is not None:
                by_cut.setdefault(line.cut, []).append(line.cells[place])
        found = []
        for cut, cells in by_cut.items():
            if not any(cell.name in wanted for cell in cells):
                continue
            parts = [self._part(row, cell) for cell in cells]
            if any(part is not None for part in parts):
                found.append(GivenParts(cells[0].name, cut, tuple(parts)))
            elif any(cell.stored for cell in cells) and not any(cell.name in self.typed.errors for cell in cells):
                self.typed.errors[cells[0].name] = _("Parts that were given stay. Write the right ones.")
        return found

    def _part(self, row: GridRow, cell: GridCell) -> Part | None:
        text = self.typed.texts.get(cell.name, "")
        try:
            return read_part(text, unit=row.indicator.unit, language=self.language)
        except ValidationError as error:
            self.typed.errors[cell.name] = error.messages[0]
            return None
