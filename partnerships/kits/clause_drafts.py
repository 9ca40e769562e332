"""How a kit's clauses become those of an agreement: the library's with the kit's words, and clauses of its own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.rules.bilingual import spoken
from partnerships.clauses.library import CLAUSES, LIBRARY
from partnerships.kits.kit import KitClause


@dataclass(frozen=True)
class Draft:
    """A clause to begin with; an empty title or body is the library's."""

    code: str
    title: str
    body: str
    is_on: bool


def drafts_of(clauses: Sequence[KitClause], *, language: str, needed: Collection[str]) -> list[Draft]:
    """All clauses of the library in their order, then the kit's own before the signatures.

    On are those the kit names or adds to and those ``needed``; the others wait, switched off.
    """
    named = {clause.code for clause in clauses} | {clause.adds_to for clause in clauses}
    library = [_library_draft(code, clauses, language, is_on=code in named or code in needed) for code in LIBRARY]
    own = [
        Draft(f"own-{at}", spoken(clause, "title", language), spoken(clause, "text", language), is_on=True)
        for at, clause in enumerate(_of_its_own(clauses), start=1)
    ]
    return [*library[:-1], *own, library[-1]]


def _of_its_own(clauses: Iterable[KitClause]) -> list[KitClause]:
    return [clause for clause in clauses if clause.code not in LIBRARY and clause.adds_to not in LIBRARY]


def _library_draft(code: str, clauses: Sequence[KitClause], language: str, *, is_on: bool) -> Draft:
    known = LIBRARY[code]
    said = next((clause for clause in clauses if clause.code == code), None)
    title = spoken(said, "title", language) if said else ""
    body = spoken(said, "text", language) if said else ""
    default_title, default_body = spoken(known, "title", language), spoken(known, "text", language)
    added = [
        f"**{spoken(clause, 'title', language)}.** {spoken(clause, 'text', language)}"
        for clause in clauses
        if clause.adds_to == code
    ]
    if added:
        body = "\n\n".join([body or default_body, *added])
    return Draft(code, "" if title == default_title else title, "" if body == default_body else body, is_on=is_on)


def facts_named_by(clauses: Iterable[KitClause]) -> set[str]:
    """The facts a kit implies: it words a clause that is needed only when they hold."""
    named = {code for clause in clauses for code in (clause.code, clause.adds_to)}
    return {str(clause.when) for clause in CLAUSES if clause.when and clause.code in named}
