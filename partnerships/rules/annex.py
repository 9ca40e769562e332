"""Annexes as a version's text names them, and what became of them from one version to the next (domain 5.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partnerships.models import AgreementAnnex
from partnerships.rules.clause import one_line, quoted

MOST_ANNEXES = 30


class AnnexChange(TextChoices):
    """What happened to an annex between two versions; the same title with other bytes is another file."""

    ADDED = "added", pgettext_lazy("annex", "Added")
    REMOVED = "removed", pgettext_lazy("annex", "Taken out")
    REPLACED = "replaced", pgettext_lazy("annex", "Another file")


@dataclass(frozen=True)
class ChangedAnnex:
    """An annex that is not in both versions with the same bytes."""

    change: AnnexChange
    title: str
    file_name: str


def annex_text(annexes: Sequence[AgreementAnnex], *, language: str, second_language: str = "") -> str:
    """The last part of a version's text: each annex with the fingerprint of its bytes; empty without any."""
    if not annexes:
        return ""
    heading, words = _words(language)
    head = f"## {heading}\n\n{words}"
    if second_language:
        head += "\n\n" + quoted(_words(second_language)[1])
    lines = (
        f"{at}. **{one_line(annex.title)}**, {one_line(annex.file.name)}, SHA-256 `{annex.file.sha256}`"
        for at, annex in enumerate(annexes, start=1)
    )
    return head + "\n\n" + "\n".join(lines) + "\n"


def _words(language: str) -> tuple[str, str]:
    with translation.override(language):
        return _("Files annexed"), _(
            "These files are part of this agreement and are signed with it. A file with another fingerprint is not the"
            " annex."
        )


def compare_annexes(old: Iterable[AgreementAnnex], new: Iterable[AgreementAnnex]) -> list[ChangedAnnex]:
    """What is another from one version to the next, by title."""
    before, after = ({annex.title: annex for annex in annexes} for annexes in (old, new))
    found = []
    for title in [*after, *(title for title in before if title not in after)]:
        was, stands = before.get(title), after.get(title)
        if was is None and stands is not None:
            found.append(ChangedAnnex(AnnexChange.ADDED, title, stands.file.name))
        elif stands is None and was is not None:
            found.append(ChangedAnnex(AnnexChange.REMOVED, title, was.file.name))
        elif was and stands and was.file.sha256 != stands.file.sha256:
            found.append(ChangedAnnex(AnnexChange.REPLACED, title, stands.file.name))
    return found
