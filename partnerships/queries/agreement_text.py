"""The text of a version as it stands: composed from its clauses and today's data, or fixed."""

from collections.abc import Callable, Sequence
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from partnerships.clauses.slots import registered_text_slots
from partnerships.models import AgreementClause, AgreementVersion
from partnerships.queries.agreement_annex import annexes_of
from partnerships.rules.agreement import DRAFT
from partnerships.rules.annex import annex_text
from partnerships.rules.clause import COUNTING, Filled, Part, parts_of, quoted, text_of_parts, wording_of


def text_of(version: AgreementVersion) -> str:
    """What a version says: composed while it is a draft, fixed from the opening for signing on."""
    if version.is_composed and version.state in DRAFT:
        return composed_text(version)
    return version.text


def composed_text(version: AgreementVersion) -> str:
    """The text its clauses and today's data make, whatever was fixed before."""
    return whole_text(version, clause_parts(version))


def whole_text(version: AgreementVersion, parts: Sequence[Part]) -> str:
    """Clauses as one text, empty without any, then the files annexed with their fingerprints.

    In two languages it begins with the words which of them counts.
    """
    if not parts:
        return ""
    text = text_of_parts(parts)
    if annexed := annex_text(annexes_of(version), language=version.language, second_language=version.second_language):
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
