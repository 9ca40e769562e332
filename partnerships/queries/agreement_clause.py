"""Reading the clauses of a version for those who write it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.rules.bilingual import spoken
from partnerships.clauses.clause import Weight
from partnerships.clauses.library import LIBRARY
from partnerships.models import AgreementClause, AgreementVersion
from partnerships.queries.agreement_text import clause_parts, clauses_of
from partnerships.rules.clause import (
    LABELS,
    TONES,
    Completeness,
    Part,
    completeness_of,
    facts_of,
    findings_of,
    required_clauses,
    wording_of,
)
from partnerships.rules.severity import Finding, Severity, severity_of


@dataclass(frozen=True)
class ClauseRow:
    """A clause as the list of clauses shows it; ``tone`` and ``label`` say how far it is, of those that are on."""

    clause: AgreementClause
    title: str
    number: int
    is_required: bool
    is_recommended: bool
    tone: str = ""
    label: str = ""


@dataclass(frozen=True)
class ClauseFinding:
    """Something the agreement lacks, and whether it stops the opening for signing."""

    finding: Finding
    blocks: bool


@dataclass(frozen=True)
class ClauseReport:
    """The clauses of a version, how complete they are (R-A2), and what is missing (R-A1)."""

    used: Sequence[ClauseRow]
    unused: Sequence[ClauseRow]
    parts: Sequence[Part]
    findings: Sequence[ClauseFinding]

    def count(self, wanted: Completeness) -> int:
        """How many of the clauses in use are that far."""
        return sum(completeness_of(part) is wanted for part in self.parts)

    @property
    def filled(self) -> int:
        """Clauses in somebody's own words, or filled by data."""
        return self.count(Completeness.FILLED)

    @property
    def untouched(self) -> int:
        """Clauses with the proposed text."""
        return self.count(Completeness.DEFAULT)

    @property
    def missing(self) -> int:
        """Clauses in which something is missing."""
        return self.count(Completeness.MISSING)


def clause_report(version: AgreementVersion) -> ClauseReport:
    """What a composed version says and lacks; three queries and those of the data its gaps ask for."""
    clauses = clauses_of(version)
    parts = clause_parts(version, clauses)
    facts = facts_of(version.agreement)
    required = {clause.code for clause in required_clauses(facts)}
    by_code = {part.code: part for part in parts}
    rows = [_row(clause, version, by_code.get(clause.code), required) for clause in clauses]
    mode = version.agreement.partnership.mode
    return ClauseReport(
        used=[row for row in rows if row.clause.is_on],
        unused=[row for row in rows if not row.clause.is_on],
        parts=parts,
        findings=[
            ClauseFinding(finding, severity_of(finding.code, mode) is Severity.BLOCKS)
            for finding in findings_of(parts, facts=facts)
        ],
    )


def _row(clause: AgreementClause, version: AgreementVersion, part: Part | None, required: set[str]) -> ClauseRow:
    known = LIBRARY.get(clause.code)
    how_far = completeness_of(part) if part else None
    return ClauseRow(
        clause=clause,
        title=wording_of(clause, language=version.language).title,
        number=part.number if part else known.number if known else 0,
        is_required=clause.code in required,
        is_recommended=known is not None and known.weight is Weight.RECOMMENDED,
        tone=TONES[how_far] if how_far else "",
        label=str(LABELS[how_far]) if how_far else "",
    )


def clause_words(clause: AgreementClause, version: AgreementVersion) -> dict[str, str]:
    """What stands in the form of a clause: its own words, else the library's."""
    wording = wording_of(clause, language=version.language, second_language=version.second_language)
    return {
        "title": wording.title,
        "body": wording.body,
        "second_title": wording.second_title,
        "second_body": wording.second_body,
    }


def own_words(clause: AgreementClause, version: AgreementVersion, words: dict[str, str]) -> dict[str, str]:
    """Words from the form as they are stored: those that are the library's stay empty and follow it."""
    known = LIBRARY.get(clause.code)
    if known is None:
        return words
    first, second = version.language, version.second_language or version.language
    proposed = {
        "title": spoken(known, "title", first),
        "body": spoken(known, "text", first),
        "second_title": spoken(known, "title", second),
        "second_body": spoken(known, "text", second),
    }
    own = {name: "" if _same(text, proposed[name]) else text for name, text in words.items()}
    if own.get("body") and "second_body" in own:
        own["second_body"] = words["second_body"]
    return own


def _same(text: str, other: str) -> bool:
    return text.replace("\r\n", "\n").strip() == other.strip()


def clause_preview(version: AgreementVersion, clause: AgreementClause) -> Part:
    """How a clause would be printed with the words it has now, stored or not."""
    shown = AgreementClause(
        code=clause.code,
        title=clause.title,
        body=clause.body,
        second_title=clause.second_title,
        second_body=clause.second_body,
        is_on=True,
    )
    return clause_parts(version, [shown])[0]
