"""Contact cards as programs write them: vCard 2.1, 3.0 and 4.0 (RFC 6350), read card by card.

A card that cannot be read is told and loses none of the others. Pictures, sounds and keys are passed over.
"""

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message, RowError, TableError

MOST_CARDS = 10_000
MOST_PROPERTIES = 500
LONGEST_LINE = 1_000_000
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BARE = {b"QUOTED-PRINTABLE": "encoding", b"BASE64": "encoding", b"8BIT": "encoding", b"7BIT": "encoding"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTE, _COLON = b'":'
_UNREAD = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


class NoCardsError(TableError):
    """The file holds no card."""

    default = _("There is no contact card in this file.")


class TooManyCardsError(TableError):
    """More cards than are read at once."""

    default = _("This file has more than 10,000 contact cards. Split it into smaller files and try again.")


@dataclass(frozen=True)
class Property:
    """One line of a card: its name in capitals, its parameters (names in small letters), its text as written.

    ``types`` are what it is said to be for: home, work, cell, fax.
    """

    name: str
    params: dict[str, list[str]]
    raw: str

    @property
    def text(self) -> str:
        """The value as one text."""
        return _unescaped(self.raw)

    @property
    def parts(self) -> list[str]:
        """The components of a structured value (N, ADR, ORG)."""
        return [_unescaped(part).strip() for part in _split(self.raw, ";")]

    @property
    def items(self) -> list[str]:
        """The values of a list (CATEGORIES, NICKNAME)."""
        return [text for part in _split(self.raw, ",") if (text := _unescaped(part).strip())]

    @property
    def types(self) -> set[str]:
        """What it is for."""
        return {value.lower() for value in self.params.get("type", [])}

    @property
    def preference(self) -> int:
        """1 for the first to take, 100 for one nobody prefers."""
        told = "".join(self.params.get("pref", []))
        if told.isdigit():
            return min(int(told[:3]), 100)
        return 1 if "pref" in self.types else 100


@dataclass
class Card:
    """The properties of one card; ``number`` counts the cards of the file."""

    number: int
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of a name, the preferred first, empty ones left out."""
        found = [one for one in self.properties if one.name == name and one.raw.strip(" ;,")]
        return sorted(found, key=lambda one: one.preference)

    def first(self, name: str) -> Property | None:
        """The preferred one of a name."""
        return next(iter(self.all(name)), None)


def cards_in(content: bytes) -> Iterator[Card | RowError]:
    """Every card of a file, or why it cannot be read. Raises NoCardsError, TooManyCardsError."""
    number = 0
    for number, (lines, is_whole) in enumerate(_cards(_utf8(content)), start=1):
        if number > MOST_CARDS:
            raise TooManyCardsError
        yield _card(number, lines, is_whole=is_whole)
    if not number:
        raise NoCardsError


def _card(number: int, lines: list[bytes], *, is_whole: bool) -> Card | RowError:
    if not is_whole:
        return RowError(number, Message(_("The card breaks off: its end is missing.")))
    if len(lines) > MOST_PROPERTIES:
        return RowError(number, Message(_("The card has more than %(most)s lines."), {"most": MOST_PROPERTIES}))
    card = Card(number)
    for line in lines:
        try:
            found = _property(line)
        except ValueError:
            return RowError(
                number, Message(_("The card has a line that cannot be read: “%(text)s”."), {"text": _shown(line)})
            )
        if found.name not in _UNREAD:
            card.properties.append(found)
    return card


def _shown(line: bytes) -> str:
    return "".join(sign for sign in line[:40].decode("utf-8", "replace") if sign.isprintable())


def _utf8(content: bytes) -> bytes:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def _cards(content: bytes) -> Iterator[tuple[list[bytes], bool]]:
    """The lines of each card without its first and last, and whether it has both; a card inside a card is left out."""
    card: list[bytes] | None = None
    depth = 0
    for line in _logical_lines(content):
        mark = line.strip().upper().replace(b" ", b"")
        if mark == b"BEGIN:VCARD":
            if card is not None and card and card[-1].upper().startswith(b"AGENT"):
                depth += 1
                continue
            if card is not None and not depth:
                yield card, False
            card, depth = ([], 0) if not depth else (card, depth + 1)
        elif mark == b"END:VCARD" and card is not None:
            if depth:
                depth -= 1
                continue
            yield card, True
            card = None
        elif card is not None and not depth and line.strip():
            card.append(line)
    if card is not None:
        yield card, False


def _logical_lines(content: bytes) -> Iterator[bytes]:
    """Lines put together again that were folded, by a blank or as quoted-printable does it."""
    held: list[bytes] = []
    size, is_soft = 0, False
    for line in _LINE_END.split(content):
        if held and is_soft:
            held[-1] = held[-1].rstrip(b" \t")[:-1]
            held.append(line)
        elif held and line[:1] in {b" ", b"\t"}:
            held.append(line[1:])
        else:
            if held:
                yield b"".join(held)
            held, size = [line], 0
        size += len(line)
        if size > LONGEST_LINE:
            held = [b"".join(held)[:LONGEST_LINE]]
        is_soft = _is_quoted(held[0]) and held[-1].rstrip(b" \t").endswith(b"=")
    if held:
        yield b"".join(held)


def _is_quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.split(b":", 1)[0].upper()


def _property(line: bytes) -> Property:
    """A line taken apart. Raises ValueError for one without a name or a colon."""
    head, value = _head_and_value(line)
    name, *told = _split_bytes(head, b";")
    name = name.strip().rsplit(b".", 1)[-1]
    if not re.fullmatch(rb"[A-Za-z0-9-]{1,60}", name):
        raise ValueError(name)
    params: dict[str, list[str]] = {}
    for one in told:
        _note_param(params, one)
    return Property(name.decode("ascii").upper(), params, _decoded(value, params))


def _note_param(params: dict[str, list[str]], told: bytes) -> None:
    key, sign, value = told.strip().partition(b"=")
    if not sign:
        # vCard 2.1 leaves the name of the parameter out.
        params.setdefault(_BARE.get(key.upper(), "type"), []).append(key.decode("ascii", "replace"))
        return
    values = _split_bytes(value, b",")
    texts = [part.strip().strip(b'"').decode("utf-8", "replace") for part in values]
    # ``TYPE="work,voice"``: a quoted list is a list as well.
    params.setdefault(key.decode("ascii", "replace").lower(), []).extend(p for text in texts for p in text.split(","))


def _head_and_value(line: bytes) -> tuple[bytes, bytes]:
    is_quoted = False
    for position, sign in enumerate(line):
        if sign == _QUOTE:
            is_quoted = not is_quoted
        elif sign == _COLON and not is_quoted:
            return line[:position], line[position + 1 :]
    raise ValueError(line)


def _split_bytes(text: bytes, by: bytes) -> list[bytes]:
    parts, start, is_quoted = [], 0, False
    for position, sign in enumerate(text):
        if sign == _QUOTE:
            is_quoted = not is_quoted
        elif sign == by[0] and not is_quoted:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _decoded(value: bytes, params: dict[str, list[str]]) -> str:
    if "quoted-printable" in {name.lower() for name in params.get("encoding", [])}:
        value = quopri.decodestring(value)
    for charset in (*params.get("charset", []), "utf-8", "cp1252"):
        try:
            return value.decode(codecs.lookup(charset).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return value.decode("latin-1")


def _split(text: str, by: str) -> list[str]:
    """Split where the sign is not escaped."""
    parts, start, position = [], 0, 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == by:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    return [*parts, text[start:]]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).replace("\r\n", "\n")
