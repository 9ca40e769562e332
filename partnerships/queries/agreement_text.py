"""The text of a version as it stands: composed from its clauses and today's data, or fixed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from partnerships.clauses.slots import registered_text_slots
from partnerships.models import AgreementClause, AgreementVersion, Signature
from partnerships.queries.agreement import accepted_version_before, earlier_acceptance
from partnerships.queries.agreement_annex import annexes_of
from partnerships.rules.agreement import DRAFT, sha256_of
from partnerships.rules.annex import annex_text
from partnerships.rules.clause import COUNTING, Filled, Part, parts_of, quoted, text_of_parts, wording_of
from partnerships.rules.redline import redline
from partnerships.rules.redline_short import Paragraph, changed_paragraphs


@dataclass(frozen=True)
class Reworded:
    """What a party accepted before it is asked again, and what changed since: another wording, or an older version.

    ``accepted_at`` is the day of another wording of the same version, ``number`` that of the older version.
    ``paragraphs`` is empty where no word is another, and where the wording was not kept because somebody accepted a
    later one.
    """

    paragraphs: list[Paragraph]
    accepted_at: datetime | None = None
    number: int | None = None


def reworded_since_accepted(signature: Signature) -> Reworded | None:
    """What a party that accepted before should see first; None for one that never did (R-A3)."""
    version = signature.version
    if earlier := earlier_acceptance(signature):
        is_kept = sha256_of(version.text_before) == earlier.hash_signed
        paragraphs = changed_paragraphs(redline(version.text_before, text_of(version))) if is_kept else []
        return Reworded(paragraphs, accepted_at=earlier.answered_at)
    if older := accepted_version_before(signature):
        return Reworded(changed_paragraphs(redline(text_of(older), text_of(version))), number=older.number)
    return None


def text_of(version: AgreementVersion) -> str:
    """What a version says: made of its parts while it is a draft, fixed from the opening for signing on."""
    if version.state in DRAFT:
        return text_today(version)
    return version.text if version.is_composed else _with_annexes(version.text, version.annexed)


def text_today(version: AgreementVersion) -> str:
    """The text its clauses and today's data make, or what was written freely with its annexes, whatever was fixed."""
    if version.is_composed:
        return whole_text(version, clause_parts(version))
    return _with_annexes(version.text, annexed_text(version))


def annexed_text(version: AgreementVersion) -> str:
    """What the text of a version says of its annexes as they are now; empty without any."""
    return annex_text(annexes_of(version), language=version.language, second_language=version.second_language)


def _with_annexes(text: str, annexed: str) -> str:
    return f"{text.rstrip()}\n\n{annexed}" if text.strip() and annexed else text


def whole_text(version: AgreementVersion, parts: Sequence[Part]) -> str:
    """Clauses as one text, empty without any, then the files annexed with their fingerprints.

    In two languages it begins with the words which of them counts.
    """
    if not parts:
        return ""
    text = text_of_parts(parts)
    if annexed := annexed_text(version):
        text += f"\n{annexed}"
    counting = version.counting_language
    if counting not in COUNTING:
        return text
    first, second = (_in(language, counting) for language in (version.language, version.second_language))
    return f"{first}\n\n{quoted(second)}\n\n{text}"


def _in(language: str, counting: str) -> str:
    with translation.override(language):
        return str(COUNTING[counting])


def clauses_of(version: AgreementVersion) -> list[AgreementClause]:
    """All clauses of a version in their order, those switched off among them."""
    return list(AgreementClause.objects.filter(version=version).order_by("position", "id"))


def clause_parts(version: AgreementVersion, clauses: Sequence[AgreementClause] | None = None) -> list[Part]:
    """The clauses that are on, numbered and filled; ``clauses`` instead of the stored ones for a preview."""
    used = [clause for clause in (clauses_of(version) if clauses is None else clauses) if clause.is_on]
    wordings = [
        wording_of(clause, language=version.language, second_language=version.second_language) for clause in used
    ]
    second = version.second_language or version.language
    return parts_of(wordings, words=words_for(version, version.language), second_words=words_for(version, second))


def words_for(version: AgreementVersion, language: str) -> Callable[[str], Filled | None]:
    """What stands in the gaps of a version in a language; each is asked for once."""
    slots = registered_text_slots()

    @cache
    def words(code: str) -> Filled | None:
        if (slot := slots.get(code)) is None:
            return None
        with translation.override(language):
            if said := slot.words(version, language).strip():
                return Filled(said)
            return Filled(_("(%(what)s: still to be written)") % {"what": slot.label}, is_missing=True)

    return words
