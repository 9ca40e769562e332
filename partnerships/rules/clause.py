"""How clauses become the text of a version, and how complete they are (R-A1, R-A2)."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from partnerships.clauses.clause import GAP, Clause
from partnerships.clauses.library import CLAUSES, LIBRARY
from partnerships.models import Agreement, AgreementClause
from partnerships.rules.severity import Finding

# What stands in a gap, given its code; None for a code nobody knows, which stays as it was typed.
Words = Callable[[str], "Filled | None"]


@dataclass(frozen=True)
class Filled:
    """The words for a gap; ``is_missing`` when only a reminder stands there."""

    text: str
    is_missing: bool = False


@dataclass(frozen=True)
class Wording:
    """A clause as it is written, its gaps open; the second language is empty when there is none."""

    code: str
    title: str
    body: str
    is_default: bool
    second_title: str = ""
    second_body: str = ""


@dataclass(frozen=True)
class Part:
    """A clause as it will be printed; ``missing`` names the gaps nobody filled."""

    code: str
    number: int
    title: str
    text: str
    is_default: bool
    missing: tuple[str, ...] = ()


class Completeness(StrEnum):
    """How far a clause is (R-A2)."""

    FILLED = "filled"
    DEFAULT = "default"
    MISSING = "missing"


LABELS: dict[str, str | Promise] = {
    Completeness.FILLED: _("Filled in"),
    Completeness.DEFAULT: _("Proposed text, unchanged"),
    Completeness.MISSING: _("Something is missing"),
}
# The first words of a text in two languages, by the language that counts.
COUNTING: dict[str, str | Promise] = {
    "en": _("Where the two languages differ, the English text counts."),
    "it": _("Where the two languages differ, the Italian text counts."),
}
MARKS = re.compile(r"([*`\[\\])")
TONES = {Completeness.FILLED: "ok", Completeness.DEFAULT: "info", Completeness.MISSING: "soon"}


def one_line(text: str) -> str:
    """Words from data as they may stand in the middle of a clause: one line, no mark that would format them."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def facts_of(agreement: Agreement) -> frozenset[str]:
    """The facts (``Condition``) that make clauses required."""
    names = ("minors", "volunteers", "money", "research", "public_body")
    return frozenset(name for name in names if getattr(agreement, f"involves_{name}"))


def wording_of(clause: AgreementClause, *, language: str, second_language: str = "") -> Wording:
    """What a clause says: its own words, else the library's in the language of the version."""
    known = LIBRARY.get(clause.code)
    return Wording(
        code=clause.code,
        title=clause.title or _said(known, "title", language),
        body=clause.body or _said(known, "text", language),
        is_default=not clause.body,
        second_title=(clause.second_title or _said(known, "title", second_language)) if second_language else "",
        second_body=_second_body(clause, known, second_language),
    )


def _second_body(clause: AgreementClause, known: Clause | None, language: str) -> str:
    # Own words must be translated by somebody; the library's text would say something else.
    if not language or (clause.body and not clause.second_body):
        return ""
    return clause.second_body or _said(known, "text", language)


def _said(known: Clause | None, name: str, language: str) -> str:
    return spoken(known, name, language) if known else ""


def parts_of(wordings: Iterable[Wording], *, words: Words, second_words: Words) -> list[Part]:
    """The clauses numbered, with their gaps filled; the second language stands beneath as a quotation."""
    return [_part(number, one, words, second_words) for number, one in enumerate(wordings, start=1)]


def _part(number: int, wording: Wording, words: Words, second_words: Words) -> Part:
    text, missing = fill(wording.body, words)
    if wording.second_body:
        second, also_missing = fill(wording.second_body, second_words)
        title = f"**{wording.second_title}.** " if wording.second_title else ""
        text = f"{text}\n\n{quoted(title + second)}"
        missing = tuple(dict.fromkeys((*missing, *also_missing)))
    return Part(wording.code, number, wording.title, text, wording.is_default, missing)


def quoted(text: str) -> str:
    """The text of the second language, as it stands beneath the first."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def fill(body: str, words: Words) -> tuple[str, tuple[str, ...]]:
    """A text with its gaps filled in one pass (what is filled in is not filled again), and the codes missing."""
    pieces: list[str] = []
    missing: list[str] = []
    at = 0
    for gap in GAP.finditer(body):
        found = words(gap[1])
        pieces += [body[at : gap.start()], gap[0] if found is None else found.text]
        missing += [gap[1]] if found is not None and found.is_missing else []
        at = gap.end()
    return "".join([*pieces, body[at:]]).strip(), tuple(dict.fromkeys(missing))


def text_of_parts(parts: Iterable[Part]) -> str:
    """The whole text in markdown, a heading for each clause."""
    return "\n\n".join(f"## {part.number}. {part.title}\n\n{part.text}" for part in parts) + "\n"


def completeness_of(part: Part) -> Completeness:
    """How far a clause is: a proposed text that data filled counts as written."""
    if part.missing or not part.text:
        return Completeness.MISSING
    if part.is_default and not (part.code in LIBRARY and GAP.search(LIBRARY[part.code].text_en)):
        return Completeness.DEFAULT
    return Completeness.FILLED


def required_clauses(facts: Collection[str]) -> list[Clause]:
    """The clauses an agreement with these facts must have, by number (R-A1)."""
    return [clause for clause in CLAUSES if clause.is_required(facts)]


def findings_of(parts: Sequence[Part], *, facts: Collection[str], language: str | None = None) -> list[Finding]:
    """What the clauses lack: a required one is not there (R-A1), or a gap is open (R-A2)."""
    return [*_absent(parts, facts, language), *_open_gaps(parts)]


def _absent(parts: Sequence[Part], facts: Collection[str], language: str | None) -> Iterator[Finding]:
    there = {part.code for part in parts if part.text}
    for clause in required_clauses(facts):
        if clause.code not in there:
            title = spoken(clause, "title", language)
            yield Finding("R-A1", _("The clause “%(title)s” is needed.") % {"title": title})


def _open_gaps(parts: Sequence[Part]) -> Iterator[Finding]:
    for part in parts:
        if part.missing:
            yield Finding("R-A2", _("In “%(title)s” something is still to be filled in.") % {"title": part.title})
