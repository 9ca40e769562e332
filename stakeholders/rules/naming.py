"""Finding people in running text: by their names in any spelling, and by signs that are theirs alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.rules.text import mask_for_search

WORD = re.compile(r"\w+")
# An address of ours that opens something for whoever has it.
SECRET_LINK = re.compile(r"https?://[^\s\"'<>]+/l/[^\s\"'<>]+")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# A single word is too often a word of the language ("Rosa", "Franco").
LEAST_WORDS = 2
# Shorter numbers are everywhere.
LEAST_SIGN = 6
EXCERPT = 160
Span = tuple[int, int]
# Letters a database that does not know accents has to be told.
SPELLINGS = {
    "a": "aàáâãäåāăąæ", "c": "cçćčĉċ", "d": "dďđð", "e": "eèéêëēĕėęě", "g": "gĝğġģ", "h": "hĥħ", "i": "iìíîïĩīĭį\u0131",
    "j": "jĵ", "k": "kķ", "l": "lĺļľł", "n": "nñńņňŋ", "o": "oòóôõöøōŏőœ", "r": "rŕŗř", "s": "sśŝşšșß",
    "t": "tţťŧțþ", "u": "uùúûüũūŭůűų", "w": "wŵ", "y": "yýÿŷ", "z": "zźżž",
}  # fmt: skip


def name_key(name: str) -> tuple[str, ...]:
    """A name as its words are compared: no case, no accents."""
    return tuple(mask_for_search(name).split())


def name_keys(names: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The names of at least two words, as they are compared."""
    return frozenset(key for key in map(name_key, names) if len(key) >= LEAST_WORDS)


@dataclass(frozen=True)
class Naming:
    """What somebody is recognised by: names (as ``name_keys``) and signs - addresses, numbers, codes."""

    keys: frozenset[tuple[str, ...]] = frozenset()
    signs: frozenset[str] = field(default_factory=frozenset)

    def spans(self, text: str) -> list[Span]:
        """Where the person stands in a text, from left to right, without overlaps."""
        return _apart([*_name_spans(text, self.keys), *self._sign_spans(text)])

    def replaced(self, text: str, by: str) -> str:
        """The text with other words where the person stood; the same text when they do not stand in it."""
        return cut_out(text, self.spans(text), by)

    def _sign_spans(self, text: str) -> list[Span]:
        if not self.signs:
            return []
        longest_first = sorted(self.signs, key=len, reverse=True)
        pattern = rf"(?<![\w.+-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]|\.\w)"
        return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def is_named_in(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in a text as whole words, in any spelling."""
    keys = frozenset(key for key in map(name_key, names) if key)
    return bool(_name_spans(text, keys))


def is_sign(value: str) -> bool:
    """Whether a value is long enough to be told from other numbers and words."""
    return len(value) >= LEAST_SIGN


def cut_out(text: str, spans: Sequence[Span], by: str) -> str:
    """The text with ``by`` in place of each span."""
    for start, end in reversed(spans):
        text = f"{text[:start]}{by}{text[end:]}"
    return text


def excerpt(text: str, span: Span) -> str:
    """The words around a place, cut at both ends."""
    start, end = max(0, span[0] - EXCERPT), min(len(text), span[1] + EXCERPT)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def spelt(key: Sequence[str]) -> str:
    """A regular expression that finds at least every spelling of a name, for a database to narrow by."""
    return ".{1,4}".join("".join(map(_spellings, word)) for word in key)


def _spellings(letter: str) -> str:
    found = SPELLINGS.get(letter)
    return f"[{found}{found.upper()}]" if found else re.escape(letter)


def address_spans(text: str, *, but: Iterable[str] = ()) -> list[Span]:
    """Every e-mail address in a text, some left out."""
    known = {address.casefold() for address in but}
    return [found.span() for found in ADDRESS.finditer(text) if found[0].casefold() not in known]


def _name_spans(text: str, keys: frozenset[tuple[str, ...]]) -> list[Span]:
    if not keys:
        return []
    # A name in an address is the address of whoever has it, not a mention.
    taken = [found.span() for found in ADDRESS.finditer(text)]
    words = [
        (part, found.span())
        for found in WORD.finditer(text)
        if not any(start <= found.start() < end for start, end in taken)
        for part in name_key(found[0])
    ]
    sizes = sorted({len(key) for key in keys}, reverse=True)
    spans, position = [], 0
    while position < len(words):
        ahead = tuple(part for part, _span in words[position : position + sizes[0]])
        size = next((n for n in sizes if len(ahead) >= n and ahead[:n] in keys), 0)
        if size:
            spans.append((words[position][1][0], words[position + size - 1][1][1]))
        position += size or 1
    return spans


def _apart(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
