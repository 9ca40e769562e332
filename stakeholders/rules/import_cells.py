"""From the text of a cell to a value the register can hold, or to the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from core.rules.text import TextError, clean_text, mask_for_search
from core.tabular.errors import Message
from stakeholders.models import Stakeholder
from stakeholders.rules.import_fields import IMPORT_FIELDS
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


def _languages(text: str) -> str:
    codes = dict.fromkeys(part for part in re.split(r"[,;\s]+", text.lower()) if part)
    if len(codes) > _MOST_LANGUAGES or not all(_LANGUAGE.fullmatch(code) for code in codes):
        raise CellError(Message(_("“%(text)s” are no codes of languages, such as it, en."), {"text": text[:60]}))
    return ",".join(codes)


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
    "email2": _email,
    "person_email": _email,
}
