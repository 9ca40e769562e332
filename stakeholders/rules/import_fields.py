"""What a column of an imported file can mean, and how its header gives that away in Italian and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.rules.text import mask_for_search
from core.tabular.errors import Message
from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import FIELD_LABELS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class ImportField:
    """A fact a column can hold; ``headers`` are masked names it goes by, the surest first."""

    name: str
    label: StrPromise
    headers: tuple[str, ...]
    max_length: int = 200


def _field(name: str, *headers: str) -> ImportField:
    length: int | None = getattr(Stakeholder._meta.get_field(name), "max_length", None)
    return ImportField(name, FIELD_LABELS[name], tuple(map(mask_for_search, headers)), length or 200)


_ALL = (
    _field("name", "name", "nome", "denominazione", "ragione sociale", "organisation", "organization",
           "organizzazione", "ente", "associazione", "nominativo", "organisation name", "nome organizzazione",
           "denominazione ente", "company", "cognome e nome", "full name"),
    _field("kind", "kind", "tipo", "natura", "type of stakeholder"),
    _field("sector", "sector", "settore", "ambito"),
    _field("subtype", "categoria", "category", "forma giuridica", "legal form", "tipologia",
           "natura giuridica", "sezione", "type", "subtype"),
    _field("tax_code", "codice fiscale", "cf", "cod fiscale", "c f", "cod fisc", "tax code",
           "fiscal code", "codice fiscale ente", "charity number", "company number", "cf piva", "codice fiscale p iva"),
    _field("vat_number", "partita iva", "p iva", "piva", "vat number", "vat", "vat no"),
    _field("place", "comune", "citta", "town", "city", "place", "localita", "comune sede", "sede",
           "comune sede legale", "municipality", "luogo"),
    _field("province", "provincia", "prov", "province", "county", "pr"),
    _field("region", "regione", "region", "reg"),
    _field("email", "email", "e mail", "mail", "posta elettronica", "indirizzo email", "email address",
           "indirizzo e mail", "pec"),
    _field("phone", "phone", "telefono", "tel", "cellulare", "mobile", "telephone", "phone number",
           "recapito telefonico"),
    _field("website", "website", "sito web", "sito", "sito internet", "url", "web", "homepage"),
    _field("language", "language", "lingua"),
    _field("description", "description", "descrizione", "note", "notes", "attivita", "about",
           "finalita", "mission", "missione"),
)  # fmt: skip
IMPORT_FIELDS: dict[str, ImportField] = {entry.name: entry for entry in _ALL}
# These may be the same for all rows of a file that does not say them.
DEFAULTED_FIELDS = {"kind": Stakeholder.Kind, "sector": Stakeholder.Sector}


class MappingError(ValueError):
    """The columns were matched in a way that cannot be followed; ``message`` says what to change."""

    def __init__(self, template: str | StrPromise, **params: object) -> None:
        self.message = Message(template, params)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class ColumnMapping:
    """Which column holds which fact, by header; and what holds for every row that does not say it."""

    columns: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)

    def positions(self, header: Sequence[str]) -> dict[str, int]:
        """The column of each fact. Raises MappingError: unknown column or fact, a fact twice, no name."""
        found: dict[str, int] = {}
        by_header = {name.casefold(): position for position, name in enumerate(header) if name}
        for column, fact in self.columns.items():
            if fact not in IMPORT_FIELDS:
                raise MappingError(_("“%(fact)s” is not something a column can hold."), fact=fact)
            if column.casefold() not in by_header:
                raise MappingError(_("The file has no column “%(column)s”."), column=column)
            if fact in found:
                label = IMPORT_FIELDS[fact].label
                raise MappingError(_("Two columns hold “%(fact)s”. Choose one of them."), fact=label)
            found[fact] = by_header[column.casefold()]
        if "name" not in found:
            raise MappingError(_("Choose the column that holds the name."))
        self._check_defaults()
        return found

    def _check_defaults(self) -> None:
        for fact, value in self.defaults.items():
            if fact not in DEFAULTED_FIELDS or value not in DEFAULTED_FIELDS[fact].values:
                raise MappingError(_("“%(value)s” cannot stand for every row."), value=f"{fact}={value}")


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Header to fact, for the headers we know: the surest name of a fact wins, each fact once, the rest is left out."""
    masked = {mask_for_search(name): name for name in reversed(header) if name}
    guessed: dict[str, str] = {}
    for entry in _ALL:
        for known in entry.headers:
            column = masked.get(known)
            if column is not None and column not in guessed:
                guessed[column] = entry.name
                break
    return {column: guessed[column] for column in header if column in guessed}
