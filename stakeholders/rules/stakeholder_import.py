"""From a row of somebody's table to a stakeholder ready to be stored, or to the reasons why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message, RowError
from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.import_cells import READERS, CellError, several, tags_of
from stakeholders.rules.import_entry import (
    STORED_FIELDS,
    TAG,
    BesideFact,
    Candidate,
    candidate_of,
    mention_of,
    with_person,
)
from stakeholders.rules.import_fields import IMPORT_FIELDS, NAMING_FIELDS, ColumnMapping
from stakeholders.rules.tag import tag_key
from stakeholders.rules.tax_code import checked_tax_code

if TYPE_CHECKING:
    from core.tabular.reading import Row

# Google puts several of these into one cell.
_MAY_BE_SEVERAL = {
    "email": ContactPoint.Kind.EMAIL,
    "phone": ContactPoint.Kind.PHONE,
    "website": ContactPoint.Kind.WEB,
    "email2": ContactPoint.Kind.EMAIL,
    "phone2": ContactPoint.Kind.PHONE,
    "address": ContactPoint.Kind.ADDRESS,
}
_PERSON = Stakeholder.Kind.PERSON.value
# Looked at also where no column holds them: the file may say them otherwise, or for all rows.
_ALWAYS = frozenset({"name", "kind", "sector", "tax_code"})


class RowReader:
    """Reads the rows of one file under one mapping. Raises MappingError when the mapping does not fit the header."""

    def __init__(self, header: Sequence[str], mapping: ColumnMapping) -> None:
        positions = mapping.positions(header)
        self._header = header
        self._positions = positions
        # What no column holds costs no look in each of many rows.
        told = [name for name in STORED_FIELDS if name in positions or name in _ALWAYS]
        self._plan = [(name, positions.get(name), READERS[name]) for name in told]
        self._more = [(name, positions[name]) for name in IMPORT_FIELDS if name in positions and name not in _STORED]
        self._named_by = next(positions[name] for name in NAMING_FIELDS if name in positions)
        is_address_book = "given_name" in positions or "family_name" in positions
        self._defaults = {
            "kind": Stakeholder.Kind.ORGANISATION.value,
            "sector": Stakeholder.Sector.OTHER.value,
            **mapping.defaults,
            **({"kind": _PERSON} if is_address_book else {}),
        }

    def read(self, row: Row) -> Candidate | list[RowError]:
        """The stakeholder of a row with whom and what comes with it, or everything that is wrong with the row."""
        texts = row.texts
        values: dict[str, str] = {}
        problems: list[RowError] = []
        beside: list[BesideFact] = []
        for name, position, reader in self._plan:
            text = texts[position] if position is not None else ""
            try:
                if ":::" in text and name in _MAY_BE_SEVERAL:
                    text = self._first_of(name, text, beside)
                values[name] = (reader(text) if text else "") or self._defaults.get(name, "")
            except CellError as error:
                problems.append(RowError(row.number, error.reason, self._header[position or 0]))
        if self._more:
            return self._with_more(row, values, beside, problems)
        if not values.get("name", "missing"):
            problems.append(RowError(row.number, Message(_("The name is missing.")), self._header[self._named_by]))
        return problems or candidate_of(row.number, values, beside=beside, mended=self._mended(row, values))

    def mapped(self, row: Row) -> dict[str, str]:
        """The cells of a row as they stand in the file, by fact."""
        texts = row.texts
        return {name: texts[position] for name, position in self._positions.items()}

    def _with_more(
        self, row: Row, values: dict[str, str], beside: list[BesideFact], problems: list[RowError]
    ) -> Candidate | list[RowError]:
        """A row that tells of people, organisations and more ways to reach them."""
        said = self._read_more(row, beside, problems)
        try:
            values["name"] = values.get("name") or _whole_name(said)
        except CellError as error:
            problems.append(RowError(row.number, error.reason, self._header[self._named_by]))
        organisation = said.get("organisation", "")
        if not values.get("name") and organisation:
            values["name"], organisation = organisation, ""
            values["kind"] = self._kind_said(row) or Stakeholder.Kind.ORGANISATION.value
        if not values.get("name"):
            problems.append(RowError(row.number, Message(_("The name is missing.")), self._header[self._named_by]))
        problems += self._contradictions(row, values, organisation, said.get("person", ""))
        if problems:
            return problems
        return self._entry(row, values, beside, organisation, said)

    def _entry(
        self, row: Row, values: dict[str, str], beside: list[BesideFact], organisation: str, said: Mapping[str, str]
    ) -> Candidate:
        if organisation:
            person = candidate_of(
                row.number, values | {"kind": _PERSON}, beside=beside, mended=self._mended(row, values)
            )
            return with_person(mention_of(row.number, organisation, self._defaults), person, said.get("title", ""))
        main = candidate_of(row.number, values, beside=beside, mended=self._mended(row, values))
        if not said.get("person"):
            return main
        facts = {"kind": _PERSON, "name": said["person"], "sector": Stakeholder.Sector.OTHER.value}
        reached = {"email": said.get("person_email", ""), "phone": said.get("person_phone", "")}
        return with_person(main, candidate_of(row.number, facts | reached), said.get("title", ""))

    def _read_more(self, row: Row, beside: list[BesideFact], problems: list[RowError]) -> dict[str, str]:
        texts = row.texts
        said: dict[str, str] = {}
        for name, position in self._more:
            text = texts[position]
            try:
                if name == "tags":
                    beside += [BesideFact(TAG, tag_key(tag), tag) for tag in tags_of(text)]
                elif name in _MAY_BE_SEVERAL:
                    beside += [BesideFact(_MAY_BE_SEVERAL[name], READERS[name](part)) for part in several(text)]
                elif text:
                    said[name] = READERS[name](text)
            except CellError as error:
                problems.append(RowError(row.number, error.reason, self._header[position]))
        return said

    def _contradictions(self, row: Row, values: Mapping[str, str], organisation: str, person: str) -> list[RowError]:
        if organisation and self._kind_said(row) not in {"", _PERSON}:
            column = self._header[self._positions["organisation"]]
            return [
                RowError(row.number, Message(_("Only people belong to an organisation; this row is none.")), column)
            ]
        if person and values.get("kind") == _PERSON:
            column = self._header[self._positions["person"]]
            return [RowError(row.number, Message(_("Only organisations and groups have a contact person.")), column)]
        return []

    def _kind_said(self, row: Row) -> str:
        position = self._positions.get("kind")
        text = row.texts[position] if position is not None else ""
        try:
            return READERS["kind"](text) if text else ""
        except CellError:
            return ""

    def _first_of(self, name: str, text: str, beside: list[BesideFact]) -> str:
        first, *others = several(text) or [""]
        beside += [BesideFact(_MAY_BE_SEVERAL[name], READERS[name](other)) for other in others]
        return first

    def _mended(self, row: Row, values: Mapping[str, str]) -> RowError | None:
        code = values["tax_code"]
        if not code.startswith("0") or not code.isdigit():
            return None
        position = self._positions.get("tax_code")
        if position is None or not checked_tax_code(row.texts[position]).is_mended:
            return None
        reason = Message(_("The spreadsheet dropped a zero in front: we take it as %(code)s."), {"code": code})
        return RowError(row.number, reason, self._header[position])


def _whole_name(said: Mapping[str, str]) -> str:
    return READERS["name"](" ".join(filter(None, (said.get("given_name"), said.get("family_name")))))


_STORED = frozenset(STORED_FIELDS)
