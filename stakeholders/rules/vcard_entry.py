"""From a contact card to a stakeholder with its organisation, or to the reasons why not."""

from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from core.rules.text import mask_for_search
from core.tabular.errors import Message, RowError
from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.import_cells import CellError, tags_of
from stakeholders.rules.import_entry import (
    TAG,
    BesideFact,
    Candidate,
    Entry,
    candidate_of,
    mention_of,
    read_facts,
    with_person,
)
from stakeholders.rules.tag import tag_key
from stakeholders.rules.vcard_reading import Card, Property, cards_in
from stakeholders.rules.vcard_writing import LEVEL, REFUSAL

MOST_OF_A_KIND = 10
LONGEST_PROVINCE = 2
_PERSON, _ORGANISATION, _GROUP = (kind.value for kind in (
    Stakeholder.Kind.PERSON, Stakeholder.Kind.ORGANISATION, Stakeholder.Kind.GROUP
))  # fmt: skip
_KINDS = {"individual": _PERSON, "org": _ORGANISATION, "group": _GROUP, "": ""}
# Words about a line that say nothing to a reader.
_SILENT_TYPES = frozenset({"pref", "internet", "voice", "text", "x-internet", "other"})
_OURS = frozenset({"it", "en"})


def vcard_entries(content: bytes) -> Iterator[Entry]:
    """What the cards of a file say. Raises NoCardsError, TooManyCardsError."""
    for card in cards_in(content):
        yield [card] if isinstance(card, RowError) else _entry(card)


def _entry(card: Card) -> Entry:
    organisation = next(iter(_parts(card.first("ORG"))), "")
    name = _name(card)
    kind = _kind(card, name, organisation)
    if not kind:
        told = card.first("KIND")
        reason = Message(
            _("A card of the kind “%(kind)s” is no stakeholder."), {"kind": told.text[:30] if told else ""}
        )
        return [RowError(card.number, reason, "KIND")]
    beside: list[BesideFact] = []
    problems: list[RowError] = []
    texts = {"kind": ("KIND", kind), "name": ("FN", name or organisation)} | _facts(card, beside, problems)
    values, wrong = read_facts(card.number, texts)
    role = card.first("TITLE") or card.first("ROLE")
    said, wrong_too = read_facts(
        card.number,
        {
            "title": ("TITLE", role.text if role else ""),
            "organisation": ("ORG", organisation if kind == _PERSON else ""),
        },
    )
    problems += wrong + wrong_too
    if not problems and not values["name"]:
        problems.append(RowError(card.number, Message(_("The name is missing.")), "FN"))
    return problems or _candidate(card.number, values, said, beside)


def _candidate(number: int, values: dict[str, str], said: dict[str, str], beside: list[BesideFact]) -> Candidate:
    one = candidate_of(number, {"sector": Stakeholder.Sector.OTHER.value, **values}, beside=beside)
    if not said["organisation"]:
        return one
    return with_person(mention_of(number, said["organisation"], {}), one, said["title"])


def _name(card: Card) -> str:
    whole = card.first("FN")
    if whole is not None:
        return whole.text.strip()
    family, given, more, *_rest = [*_parts(card.first("N")), "", "", ""]
    return " ".join(filter(None, (given, more, family)))


def _kind(card: Card, name: str, organisation: str) -> str:
    """The kind of stakeholder; empty for a kind of card that is none."""
    told = card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")
    kind = _KINDS.get(told.text.strip().lower(), "") if told else _PERSON
    shown_as = card.first("X-ABSHOWAS")
    is_company = shown_as is not None and shown_as.text.upper() == "COMPANY"
    if (
        kind == _PERSON
        and organisation
        and (is_company or mask_for_search(name) in {"", mask_for_search(organisation)})
    ):
        return _ORGANISATION
    return kind


def _facts(card: Card, beside: list[BesideFact], problems: list[RowError]) -> dict[str, tuple[str, str]]:
    """The texts of the facts the register keeps, by name, with the property they stand in; the rest goes beside."""
    emails = [(one.text.strip().removeprefix("mailto:"), one) for one in card.all("EMAIL")]
    phones = sorted(((_phone(one), one) for one in card.all("TEL")), key=lambda found: "fax" in found[1].types)
    sites = [(one.text.strip(), one) for one in card.all("URL")]
    addresses = card.all("ADR")
    for kind, found in (
        (ContactPoint.Kind.EMAIL, emails[1:]),
        (ContactPoint.Kind.PHONE, phones[1:]),
        (ContactPoint.Kind.WEB, sites[1:]),
        (ContactPoint.Kind.ADDRESS, [(_address(one), one) for one in addresses]),
    ):
        beside += _beside(card.number, kind, found, problems)
    beside += _tags(card, problems)
    languages = [one.text.strip().lower()[:2] for one in card.all("LANG")]
    written = next((code for code in languages if code in _OURS), "")
    return {
        "email": ("EMAIL", emails[0][0] if emails else ""),
        "phone": ("TEL", phones[0][0] if phones else ""),
        "website": ("URL", sites[0][0] if sites else ""),
        "description": ("NOTE", "\n\n".join(one.text.strip() for one in card.all("NOTE"))),
        "aliases": ("NICKNAME", "\n".join(name for one in card.all("NICKNAME") for name in one.items)),
        "language": ("LANG", written),
        "languages": ("LANG", ",".join(code for code in languages if code != written)),
        "visibility": (LEVEL, _said(card, LEVEL)),
        "do_not_contact": (REFUSAL, _said(card, REFUSAL)),
        **_place(addresses[0] if addresses else None),
    }


def _said(card: Card, name: str) -> str:
    told = card.first(name)
    return told.text.strip() if told else ""


def _place(address: Property | None) -> dict[str, tuple[str, str]]:
    """Town and province or region; a code of two letters is an Italian province."""
    parts = [*_parts(address), "", "", "", "", ""]
    is_province = len(parts[4]) <= LONGEST_PROVINCE
    return {
        "place": ("ADR", parts[3]),
        "province": ("ADR", parts[4] if is_province else ""),
        "region": ("ADR", "" if is_province else parts[4]),
    }


def _address(one: Property) -> str:
    box, more, street, town, region, code, country = [*one.parts, "", "", "", "", "", "", ""][:7]
    lines = (box, more, street, " ".join(filter(None, (code, town))), region, country)
    return ", ".join(" ".join(line.split()) for line in lines if line)


def _phone(one: Property) -> str:
    number, *more = unquote(one.text.strip().removeprefix("tel:")).split(";")
    extension = next((part.removeprefix("ext=") for part in more if part.startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


_READ_AS = {"email": "email", "phone": "phone", "web": "website", "address": "address"}


def _beside(
    number: int, kind: ContactPoint.Kind, found: list[tuple[str, Property]], problems: list[RowError]
) -> Iterator[BesideFact]:
    for text, one in found[:MOST_OF_A_KIND]:
        values, wrong = read_facts(number, {_READ_AS[kind]: (one.name, text)})
        problems += wrong
        label = ", ".join(sorted(one.types - _SILENT_TYPES))[:60]
        if value := next(iter(values.values()), ""):
            yield BesideFact(kind.value, value, label)


def _tags(card: Card, problems: list[RowError]) -> Iterator[BesideFact]:
    try:
        tags = tags_of("\n".join(name for one in card.all("CATEGORIES") for name in one.items))
    except CellError as error:
        problems.append(RowError(card.number, error.reason, "CATEGORIES"))
        return
    yield from (BesideFact(TAG, tag_key(tag), tag) for tag in tags)


def _parts(one: Property | None) -> list[str]:
    return one.parts if one else []
