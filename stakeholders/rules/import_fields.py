"""What a column of an imported file can mean, and how its header gives that away in Italian and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
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


def _link(name: str, label: StrPromise, *headers: str, max_length: int = 200) -> ImportField:
    return ImportField(name, label, tuple(map(mask_for_search, headers)), max_length)


# What a family name's column is called: where there is one, the file is an address book and "Nome" is a first name.
_FAMILY = _link("family_name", _("Family name"), "family name", "last name", "surname", "cognome")
_GIVEN = _link("given_name", _("First name"), "given name", "first name", "nome", "nome di battesimo")
# A name that stands beside the name of an organisation.
_NAME_OF_SOMEBODY = frozenset({"name", "nome", "full name", "nominativo", "cognome e nome"})
_WHOLE_NAME = ("name", "display name", "full name", "nome visualizzato", "nome completo", "nominativo")
_ORGANISATION = (
    "organization name", "organization 1 name", "organisation name", "organisation", "organization", "organizzazione",
    "company", "company name", "societa", "societa di lavoro", "azienda", "ente", "ente di appartenenza",
    "nome organizzazione", "associazione",
)  # fmt: skip
_STORED = (
    _field("name", "name", "nome", "denominazione", "ragione sociale", "organisation", "organization",
           "organizzazione", "ente", "associazione", "nominativo", "organisation name", "organization name",
           "nome organizzazione", "denominazione ente", "company", "cognome e nome", "full name"),
    _field("kind", "kind", "tipo", "natura", "type of stakeholder"),
    _field("sector", "sector", "settore", "ambito"),
    _field("subtype", "categoria", "category", "forma giuridica", "legal form", "tipologia",
           "natura giuridica", "sezione", "type", "subtype"),
    _field("tax_code", "codice fiscale", "cf", "cod fiscale", "c f", "cod fisc", "tax code",
           "fiscal code", "codice fiscale ente", "charity number", "company number", "cf piva", "codice fiscale p iva"),
    _field("vat_number", "partita iva", "p iva", "piva", "vat number", "vat", "vat no"),
    _field("place", "comune", "citta", "town", "city", "place", "localita", "comune sede", "sede",
           "comune sede legale", "municipality", "luogo", "address 1 city", "business city", "work city",
           "citta di lavoro", "citta uff", "home city", "citta di residenza", "citta ab"),
    _field("province", "provincia", "prov", "province", "county", "pr", "business state", "work state",
           "provincia di lavoro", "provincia uff", "home state", "provincia di residenza", "provincia ab"),
    _field("region", "regione", "region", "reg", "address 1 region"),
    _field("email", "email", "e mail", "mail", "posta elettronica", "indirizzo email", "email address",
           "indirizzo e mail", "pec", "e mail address", "e mail 1 value", "primary email", "e mail primaria",
           "email primaria", "email principale", "indirizzo posta elettronica"),
    _field("phone", "phone", "telefono", "tel", "cellulare", "mobile", "telephone", "phone number",
           "recapito telefonico", "business phone", "work phone", "phone 1 value", "telefono lavoro",
           "telefono di lavoro", "telefono uff", "mobile phone", "mobile number", "numero cellulare",
           "telefono mobile", "telefono principale", "primary phone"),
    _field("website", "website", "sito web", "sito", "sito internet", "url", "web", "homepage", "website 1 value",
           "web page", "web page 1", "pagina web", "pagina web 1"),
    _field("language", "language", "lingua"),
    _field("languages", "languages", "lingue"),
    _field("description", "description", "descrizione", "note", "notes", "attivita", "about",
           "finalita", "mission", "missione"),
    _field("aliases", "aliases", "other names", "alias", "altri nomi", "nickname", "soprannome", "short name",
           "acronym", "sigla"),
    _field("territories", "territories", "areas", "territori", "area geografica", "ambito territoriale"),
    _field("source", "source", "fonte", "provenienza", "origine"),
    _field("lawful_basis", "lawful basis", "legal basis", "base giuridica"),
    _field("do_not_contact", "do not contact", "no contact", "opt out", "non contattare", "no contatti"),
    _field("visibility", "visibility", "visibilita"),
)  # fmt: skip
_BESIDE = (
    _link("organisation", _("Organisation it belongs to"), *_ORGANISATION),
    _link("title", _("Role in the organisation"), "organization title", "organization 1 title", "job title", "role",
          "ruolo", "carica", "qualifica", "posizione", "mansione", "titolo di lavoro", max_length=120),
    _link("person", _("Contact person"), "contact person", "contact name", "referente",
          "persona di contatto", "persona di riferimento", "legale rappresentante", "presidente", "nome referente"),
    _link("person_email", _("E-mail of the contact person"), "contact email", "email referente", "e mail referente",
          "email contatto", "email del referente"),
    _link("person_phone", _("Phone of the contact person"), "contact phone", "telefono referente", "cell referente",
          "cellulare referente", "telefono contatto", "telefono del referente", max_length=40),
    _link("email2", _("Second e-mail"), "e mail 2 value", "e mail 2 address", "indirizzo e mail 2",
          "secondary email", "e mail secondaria", "email secondaria", "indirizzo posta elettronica 2", "email 2"),
    _link("phone2", _("Second phone"), "phone 2 value", "mobile phone", "mobile number", "numero cellulare",
          "telefono mobile", "cellulare", "home phone", "telefono casa", "telefono di casa", "business phone 2",
          "telefono di lavoro 2"),
    _link("address", _("Postal address"), "address", "indirizzo", "via", "indirizzo sede", "address 1 formatted",
          "business street", "work address", "indirizzo di lavoro", "via uff", "home street", "home address",
          "indirizzo di casa", "sede legale", max_length=300),
    _link("tags", _("Tags"), "tags", "labels", "group membership", "categories", "categorie", "etichette", "gruppi",
          "parole chiave", max_length=600),
)  # fmt: skip
IMPORT_FIELDS: dict[str, ImportField] = {entry.name: entry for entry in (*_STORED, _GIVEN, _FAMILY, *_BESIDE)}
# One of these has to be there: who the row is about.
NAMING_FIELDS = ("name", "given_name", "family_name", "organisation")
# Said of somebody in an organisation; without one of NEEDED there is nobody to say it of.
OF_A_PERSON = {
    "title": ("organisation", "person"),
    "person_email": ("person",),
    "person_phone": ("person",),
}
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
        if not any(name in found for name in NAMING_FIELDS):
            raise MappingError(_("Choose the column that holds the name."))
        _check_persons(found)
        self._check_defaults()
        return found

    def _check_defaults(self) -> None:
        for fact, value in self.defaults.items():
            if fact not in DEFAULTED_FIELDS or value not in DEFAULTED_FIELDS[fact].values:
                raise MappingError(_("“%(value)s” cannot stand for every row."), value=f"{fact}={value}")


def _check_persons(facts: Mapping[str, int]) -> None:
    for fact, needed in OF_A_PERSON.items():
        if fact in facts and not any(name in facts for name in needed):
            raise MappingError(
                _("“%(fact)s” is said of somebody in an organisation. Choose also the column “%(needed)s”."),
                fact=IMPORT_FIELDS[fact].label,
                needed=IMPORT_FIELDS[needed[-1]].label,
            )


def in_every_language(text: object) -> Iterator[str]:
    """A text of ours as it is recognised in somebody's file, in each language: our own tables go out in both."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield mask_for_search(str(text))


@cache
def _own_headers(name: str) -> tuple[str, ...]:
    """What our own export calls the column of a stored fact."""
    return tuple(in_every_language(FIELD_LABELS[name]))


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Header to fact, for the headers we know: the surest name of a fact wins, each fact once, the rest is left out.

    A file with a column for family names is an address book (Google, Outlook, Thunderbird): its rows are people, and
    their organisation has a column of its own.
    """
    masked = {mask_for_search(name): name for name in reversed(header) if name}
    is_address_book = any(known in masked for known in _FAMILY.headers)
    guessed: dict[str, str] = {}
    named = _NAME_OF_SOMEBODY.intersection(masked)
    for name, headers in _guesses(is_address_book=is_address_book):
        column = next((masked[known] for known in headers if known in masked and masked[known] not in guessed), None)
        if column is not None and (name != "organisation" or is_address_book or named):
            guessed[column] = name
    facts = set(guessed.values())
    return {column: guessed[column] for column in header if column in guessed and _makes_sense(guessed[column], facts)}


def _guesses(*, is_address_book: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Facts with the headers to look for, in the order they are looked for."""
    stored = [(entry.name, (*entry.headers, *_own_headers(entry.name))) for entry in _STORED]
    beside = [(entry.name, entry.headers) for entry in _BESIDE]
    if not is_address_book:
        return [*stored, *beside]
    names = [(_FAMILY.name, _FAMILY.headers), (_GIVEN.name, _GIVEN.headers), ("name", _WHOLE_NAME)]
    return [*names, *(guess for guess in stored if guess[0] != "name"), *beside]


def _makes_sense(fact: str, facts: set[str]) -> bool:
    return fact not in OF_A_PERSON or any(name in facts for name in OF_A_PERSON[fact])
