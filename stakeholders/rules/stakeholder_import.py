"""From a row of somebody's table to a stakeholder ready to be stored, or to the reasons why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from core.rules.text import TextError, clean_text, mask_for_search
from core.tabular.errors import Message, RowError
from stakeholders.models import Stakeholder
from stakeholders.rules.import_fields import IMPORT_FIELDS, ColumnMapping
from stakeholders.rules.stakeholder import SORT_LENGTH
from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code, checked_vat_number

if TYPE_CHECKING:
    from core.tabular.reading import Row

# The columns of a candidate, in the order in which they are copied into the database.
STORED_FIELDS = (
    "kind", "name", "sector", "subtype", "tax_code", "vat_number", "place", "province", "region", "email", "phone",
    "website", "language", "description",
)  # fmt: skip
_KINDS: dict[str, str] = {
    Stakeholder.Kind.ORGANISATION: "organisation organization organizzazione ente associazione azienda impresa company",
    Stakeholder.Kind.GROUP: "group gruppo comitato",
    Stakeholder.Kind.PERSON: "person persona individuo individual",
}
_SECTORS: dict[str, str] = {
    Stakeholder.Sector.LOCAL_BUSINESS: "business impresa azienda imprese profit",
    Stakeholder.Sector.NONPROFIT: "nonprofit charity associazione volontariato ets odv aps onlus sport cultura",
    Stakeholder.Sector.GOVERNMENT_AGENCY: "government comune pubblico pa municipality",
    Stakeholder.Sector.EDUCATION: "education scuola istruzione universita school university",
    Stakeholder.Sector.COMMUNITY: "residents residenti cittadini community",
    Stakeholder.Sector.HEALTH: "health salute sanita",
    Stakeholder.Sector.FAITH: "faith parrocchia religione church",
    Stakeholder.Sector.MEDIA: "media stampa press",
    Stakeholder.Sector.FUNDER: "funder fondazione finanziatore foundation",
    Stakeholder.Sector.OTHER: "other altro",
}
_LANGUAGES = {"it": "it italian italiano", "en": "en english inglese"}
_SITE = URLValidator(schemes=["http", "https"])
_LONGEST_SITE = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that can be stored: its number in the file, the values of ``STORED_FIELDS``, and how it is recognised.

    ``mended`` says what was put right on the way.
    """

    row: int
    values: tuple[str, ...]
    sort_name: str
    place_key: str
    search_text: str
    mended: RowError | None = None


class CellError(ValueError):
    """A cell that cannot be used; carries the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__()
        self.reason = reason


class RowReader:
    """Reads the rows of one file under one mapping. Raises MappingError when the mapping does not fit the header."""

    def __init__(self, header: Sequence[str], mapping: ColumnMapping) -> None:
        positions = mapping.positions(header)
        self._header = header
        self._plan = [(name, positions.get(name), _READERS[name]) for name in STORED_FIELDS]
        self._defaults = {
            "kind": Stakeholder.Kind.ORGANISATION.value,
            "sector": Stakeholder.Sector.OTHER.value,
            **mapping.defaults,
        }

    def read(self, row: Row) -> Candidate | list[RowError]:
        """The stakeholder of a row, or everything that is wrong with it."""
        texts = row.texts
        values: dict[str, str] = {}
        problems: list[RowError] = []
        for name, position, reader in self._plan:
            text = texts[position] if position is not None else ""
            try:
                values[name] = (reader(text) if text else "") or self._defaults.get(name, "")
            except CellError as error:
                problems.append(RowError(row.number, error.reason, self._header[position or 0]))
        if not values.get("name", "missing"):
            problems.append(RowError(row.number, Message(_("The name is missing.")), self._column_of("name")))
        return problems or self._candidate(row, values)

    def mapped(self, row: Row) -> dict[str, str]:
        """The cells of a row as they stand in the file, by fact."""
        texts = row.texts
        return {name: texts[position] for name, position, _reader in self._plan if position is not None}

    def _column_of(self, fact: str) -> str:
        return next(self._header[position] for name, position, _ in self._plan if name == fact and position is not None)

    def _candidate(self, row: Row, values: Mapping[str, str]) -> Candidate:
        name_key = mask_for_search(values["name"])
        place_key = _masked(values["place"])
        searched = [name_key, place_key, _masked(values["province"]), _masked(values["subtype"])]
        searched += [values["tax_code"].lower(), mask_for_search(values["email"]) if values["email"] else ""]
        sort_name = (name_key or values["name"].casefold())[:SORT_LENGTH]
        return Candidate(
            row=row.number,
            values=tuple(values[name] for name in STORED_FIELDS),
            sort_name=sort_name,
            place_key=place_key,
            search_text=" ".join(filter(None, searched)) or sort_name,
            mended=self._mended(row, values),
        )

    def _mended(self, row: Row, values: Mapping[str, str]) -> RowError | None:
        code = values["tax_code"]
        if not code.startswith("0") or not code.isdigit():
            return None
        position = next(position for name, position, _ in self._plan if name == "tax_code")
        if position is None or not checked_tax_code(row.texts[position]).is_mended:
            return None
        reason = Message(_("The spreadsheet dropped a zero in front: we take it as %(code)s."), {"code": code})
        return RowError(row.number, reason, self._header[position])


def _line(max_length: int, *, multiline: bool = False) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return clean_text(text, max_length=max_length, multiline=multiline)
        except TextError as error:
            raise CellError(Message("%(reason)s", {"reason": error})) from error

    return read


def _choice(words: Mapping[str, str], labels: Mapping[str, object]) -> Callable[[str], str]:
    known = {word: value for value, synonyms in words.items() for word in synonyms.split()}
    known |= {mask_for_search(value): value for value in words}

    @lru_cache(maxsize=500)
    def read(text: str) -> str:
        masked = mask_for_search(text)
        if masked in known:
            return known[masked]
        # Labels are translated, so they are compared in the language of whoever imports.
        for value, label in labels.items():
            if mask_for_search(str(label)) == masked:
                return value
        reason = Message(
            _("“%(text)s” is none of the values this column can have: %(values)s."),
            {"text": text[:60], "values": ", ".join(words)},
        )
        raise CellError(reason)

    return read


def _email(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise CellError(Message(_("“%(text)s” is not an e-mail address."), {"text": text[:60]})) from error
    return address


def _website(text: str) -> str:
    address = text.strip()
    if "://" not in address:
        address = f"https://{address}"
    reason = Message(_("“%(text)s” is not the address of a website."), {"text": text[:60]})
    if len(address) > _LONGEST_SITE:
        raise CellError(reason)
    try:
        _SITE(address)
    except ValidationError as error:
        raise CellError(reason) from error
    return address


def _code(text: str) -> str:
    try:
        return checked_tax_code(text).value
    except TaxCodeError as error:
        raise CellError(Message("“%(code)s”: %(reason)s", {"code": text[:30], "reason": error})) from error


def _vat(text: str) -> str:
    try:
        return checked_vat_number(text).value
    except TaxCodeError as error:
        raise CellError(Message("“%(code)s”: %(reason)s", {"code": text[:30], "reason": error})) from error


_masked = lru_cache(maxsize=4096)(mask_for_search)
_READERS: dict[str, Callable[[str], str]] = {
    name: _line(entry.max_length, multiline=name == "description") for name, entry in IMPORT_FIELDS.items()
}
# Few different values stand in these columns of a long file.
for _name in ("subtype", "place", "province", "region"):
    _READERS[_name] = lru_cache(maxsize=4096)(_READERS[_name])
_READERS |= {
    "kind": _choice(_KINDS, dict(Stakeholder.Kind.choices)),
    "sector": _choice(_SECTORS, dict(Stakeholder.Sector.choices)),
    "language": _choice(_LANGUAGES, {}),
    "email": _email,
    "website": _website,
    "tax_code": _code,
    "vat_number": _vat,
}
