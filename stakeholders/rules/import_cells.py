"""From the text of a cell to a value the register can hold, or to the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.text import TextError, clean_text, mask_for_search
from core.tabular.errors import Message
from stakeholders.models import Stakeholder
from stakeholders.rules.import_fields import IMPORT_FIELDS, in_every_language
from stakeholders.rules.stakeholder import VISIBILITIES
from stakeholders.rules.tag import LONGEST_TAG, tag_key
from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code, checked_vat_number

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
_BASES: dict[str, str] = {
    Stakeholder.LawfulBasis.CONSENT: "consent consenso",
    Stakeholder.LawfulBasis.CONTRACT: "contract contratto agreement accordo",
    Stakeholder.LawfulBasis.LEGITIMATE_INTEREST: "",
    Stakeholder.LawfulBasis.PUBLIC_TASK: "",
    Stakeholder.LawfulBasis.LEGAL_DUTY: "",
}
# Who may see a record, as a file says it; the words stand for the numbers of the register.
LEVEL_WORDS: dict[Visibility, str] = {level: level.name.lower() for level in VISIBILITIES}
_YES, _NO = frozenset(["yes", "y", "si", "s", "true", "vero", "1", "x"]), frozenset(["no", "n", "false", "falso", "0"])
_MOST_PLACES, _LONGEST_PLACE = 30, 120
_SITE = URLValidator(schemes=["http", "https"])
_LONGEST_SITE = 200
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_LANGUAGES = 20
_MOST_TAGS = 20


class CellError(ValueError):
    """A cell that cannot be used; carries the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__()
        self.reason = reason


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

    @cache
    def labelled() -> dict[str, str]:
        return {word: value for value, label in labels.items() for word in in_every_language(label)}

    @lru_cache(maxsize=500)
    def read(text: str) -> str:
        masked = mask_for_search(text)
        if value := known.get(masked) or labelled().get(masked):
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


def _languages(text: str) -> str:
    codes = dict.fromkeys(part for part in re.split(r"[,;\s]+", text.lower()) if part)
    if len(codes) > _MOST_LANGUAGES or not all(_LANGUAGE.fullmatch(code) for code in codes):
        raise CellError(Message(_("“%(text)s” are no codes of languages, such as it, en."), {"text": text[:60]}))
    return ",".join(codes)


def _level(text: str) -> str:
    """The number of a level, from its word or what it is called on our pages."""
    masked = mask_for_search(text)
    for level, word in LEVEL_WORDS.items():
        if masked == word or masked in in_every_language(level.label):
            return str(level.value)
    told = {"text": text[:60], "values": ", ".join(LEVEL_WORDS.values())}
    raise CellError(Message(_("“%(text)s” is none of the values this column can have: %(values)s."), told))


_known_basis = _choice(_BASES, {value: label for value, label in Stakeholder.LawfulBasis.choices if value})


def _basis(text: str) -> str:
    """Why somebody may be written to; our own tables say that nobody recorded it."""
    is_unsaid = mask_for_search(text) in in_every_language(Stakeholder.LawfulBasis.NOT_RECORDED.label)
    return "" if is_unsaid else _known_basis(text)


def _yes_or_no(text: str) -> str:
    """Something for yes; nothing for no."""
    masked = mask_for_search(text)
    if masked in _YES:
        return "yes"
    if masked in _NO:
        return ""
    raise CellError(Message(_("“%(text)s” is neither yes nor no."), {"text": text[:60]}))


def _places(text: str) -> str:
    """Places, one a line."""
    found = [" ".join(part.split()) for part in re.split(r"[,;\n]", text)]
    kept: Iterable[str] = dict.fromkeys(part for part in found if part)
    places = [_line(_LONGEST_PLACE)(part) for part in kept]
    if len(places) > _MOST_PLACES:
        raise CellError(Message(_("A row names at most %(most)s places."), {"most": _MOST_PLACES}))
    return "\n".join(places)


def tags_of(text: str) -> list[str]:
    """The tags in a cell, as address books write several: "* myContacts ::: Volunteers", or with commas.

    Groups of Google's own, marked with a star, are left out. Raises CellError for a tag that is too long.
    """
    found: dict[str, str] = {}
    for part in re.split(r":::|[,;\n]", text):
        name = " ".join(part.split())
        if not name or name.startswith("*") or not tag_key(name):
            continue
        if len(name) > LONGEST_TAG:
            raise CellError(Message(_("“%(text)s” is too long for a tag."), {"text": name[:60]}))
        found.setdefault(tag_key(name), name)
    if len(found) > _MOST_TAGS:
        raise CellError(Message(_("A row has at most %(most)s tags."), {"most": _MOST_TAGS}))
    return list(found.values())


def several(text: str) -> list[str]:
    """The values of a cell that Google's export filled with several: "a@x.it ::: b@x.it"."""
    return [part.strip() for part in text.split(":::") if part.strip()]


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


masked = lru_cache(maxsize=4096)(mask_for_search)
_SEVERAL_LINES = {"description", "aliases", "address", "tags"}
READERS: dict[str, Callable[[str], str]] = {
    name: _line(entry.max_length, multiline=name in _SEVERAL_LINES) for name, entry in IMPORT_FIELDS.items()
}
# Few different values stand in these columns of a long file.
for _name in ("subtype", "place", "province", "region"):
    READERS[_name] = lru_cache(maxsize=4096)(READERS[_name])
READERS |= {
    "kind": _choice(_KINDS, dict(Stakeholder.Kind.choices)),
    "sector": _choice(_SECTORS, dict(Stakeholder.Sector.choices)),
    "language": _choice(_LANGUAGES, {}),
    "email": _email,
    "website": _website,
    "tax_code": _code,
    "vat_number": _vat,
    "languages": _languages,
    "territories": _places,
    "lawful_basis": _basis,
    "do_not_contact": _yes_or_no,
    "visibility": lru_cache(maxsize=100)(_level),
    "email2": _email,
    "person_email": _email,
}
