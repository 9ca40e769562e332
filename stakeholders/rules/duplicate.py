"""When two records look like the same body: likeness of names, keys both can be reached or recognised by, strength."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from stakeholders.models import DuplicatePair, Stakeholder

Strength = DuplicatePair.Strength
REASONS = {
    "identifier": _("the same number in a register"),
    "tax_code": _("the same tax code or VAT number"),
    "email": _("the same e-mail"),
    "phone": _("the same phone"),
    "website": _("the same website"),
    "name": _("the same name"),
    "alias": _("the name of one is another name of the other"),
    "likeness": _("names that look alike"),
    "place": _("the same town"),
}
CONTACTS = frozenset({"email", "phone", "website"})
# Names this alike are worth a look; those above the second figure are nearly the same.
ALIKE, NEARLY_SAME = 0.62, 0.86
# Words that differ are this alike when one is the other with a slip of the pen.
SLIP = 0.45
# Words of the law say what a body is, not which one it is.
LEGAL_WORDS = frozenset({
    "aps", "odv", "ets", "onlus", "asd", "ssd", "srl", "srls", "spa", "snc", "sas", "coop", "scarl", "cooperativa",
    "sociale", "associazione", "ass", "societa", "ente", "fondazione", "di", "del", "della", "dei", "delle", "degli",
    "d", "l", "la", "il", "lo", "e", "the", "of", "and", "ltd", "limited", "cic", "cio", "plc", "llp", "inc",
})  # fmt: skip
SHARED_HOSTS = frozenset({
    "facebook.com", "instagram.com", "linkedin.com", "twitter.com", "x.com", "youtube.com", "sites.google.com",
    "t.me", "wa.me",
})  # fmt: skip
_NOT_DIGITS = re.compile(r"[^0-9]+")
FEWEST_DIGITS, COMPARED_DIGITS = 6, 9


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared of one stakeholder. ``name`` and ``aliases`` are masked."""

    id: uuid.UUID
    is_person: bool
    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    codes: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    websites: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """Why two look alike, and how surely; ``reasons`` are keys of ``REASONS``."""

    strength: Strength
    reasons: list[str] = field(default_factory=list)


def phone_key(text: str) -> str:
    """The last nine digits: a country's code in front is often left out. Empty for less than six."""
    digits = _NOT_DIGITS.sub("", text)
    return digits[-COMPARED_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def website_key(text: str) -> str:
    """The host without ``www``; on hosts that many share also the path."""
    if not text:
        return ""
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if host in SHARED_HOSTS:
        path = parts.path.strip("/").casefold()
        return f"{host}/{path}" if path else ""
    return host


def telling_words(name: str) -> frozenset[str]:
    """The words of a masked name that say which body it is; all of them when the law's are all there is."""
    words = frozenset(name.split())
    # A.P.S. is masked to single letters.
    telling = {word for word in words - LEGAL_WORDS if len(word) > 1 or word.isdigit()}
    return frozenset(telling) or words


def name_likeness(first: str, second: str) -> float:
    """How alike two masked names are, from 0 to 1: order, words of the law and slips of the pen forgiven."""
    if first == second:
        return 1.0
    one, other = telling_words(first), telling_words(second)
    if one == other:
        return 0.97
    shared = len(one & other)
    if one - other and other - one and _trigram_likeness(*map(_in_line, (one - other, other - one))) < SLIP:
        # "Scuola media Verdi" and "Scuola media Rossini": what differs is what tells.
        return 0.0
    # A short name inside a longer one is a hint; one shared word alone is none.
    fewest = min(len(one), len(other))
    contained = 0.85 if shared == fewest and fewest > 1 else 0.0
    return max(_trigram_likeness(_in_line(one), _in_line(other)), contained)


def _in_line(words: frozenset[str]) -> str:
    return " ".join(sorted(words))


def _trigram_likeness(first: str, second: str) -> float:
    one, other = _trigrams(first), _trigrams(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _trigrams(text: str) -> set[str]:
    padded = "".join(f"  {word} " for word in text.split())
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def likeness_of(first: Card, second: Card) -> Likeness | None:
    """Whether and why two records may be one; None when they are surely not. A person is never an organisation."""
    if first.is_person != second.is_person:
        return None
    reasons = _shared_keys(first, second)
    alike = name_likeness(first.name, second.name)
    if first.name == second.name:
        reasons.append("name")
    elif first.name in second.aliases or second.name in first.aliases or set(first.aliases) & set(second.aliases):
        reasons.append("alias")
    elif alike >= ALIKE:
        reasons.append("likeness")
    if first.place and first.place == second.place:
        reasons.append("place")
    strength = _strength(set(reasons), alike, same_place_or_unknown=_may_be_same_place(first, second))
    return Likeness(strength, reasons) if strength else None


def _shared_keys(first: Card, second: Card) -> list[str]:
    pairs = {
        "identifier": (first.identifiers, second.identifiers),
        "tax_code": (first.codes, second.codes),
        "email": (first.emails, second.emails),
        "phone": (first.phones, second.phones),
        "website": (first.websites, second.websites),
    }
    return [name for name, (one, other) in pairs.items() if one & other]


def _may_be_same_place(first: Card, second: Card) -> bool:
    return not first.place or not second.place or first.place == second.place


def _strength(reasons: set[str], alike: float, *, same_place_or_unknown: bool) -> Strength | None:  # noqa: PLR0911 - a ladder
    if reasons & {"identifier", "tax_code"}:
        return Strength.CERTAIN
    is_named_alike = bool(reasons & {"name", "alias"}) or alike >= NEARLY_SAME
    if reasons & CONTACTS and is_named_alike:
        return Strength.CERTAIN if "email" in reasons and "name" in reasons else Strength.LIKELY
    if "name" in reasons and "place" in reasons:
        return Strength.LIKELY
    if reasons & CONTACTS and alike >= ALIKE:
        return Strength.LIKELY
    if is_named_alike and same_place_or_unknown:
        return Strength.PERHAPS
    if "likeness" in reasons and "place" in reasons:
        return Strength.PERHAPS
    # One address for two names: two people of one house, or one body under a second name.
    return Strength.PERHAPS if len(reasons & CONTACTS) > 1 else None


def reasons_in_words(reasons: Iterable[str]) -> list[str]:
    """The reasons as a page says them."""
    return [str(REASONS[reason]) for reason in reasons if reason in REASONS]


def in_order(first: Stakeholder, second: Stakeholder) -> tuple[Stakeholder, Stakeholder]:
    """The two with the smaller id first, as pairs are stored."""
    return (first, second) if first.pk < second.pk else (second, first)
