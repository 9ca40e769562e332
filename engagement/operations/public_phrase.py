"""Writing the texts of public pages and forms in a further language."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import PublicPhrase
from engagement.queries.public_phrase import is_spoken_here, language_name, phrases_of
from engagement.rules.public_phrase import LONGEST, key_of, neat, trouble_with
from partnerships.models import Partnership


@transaction.atomic
def save_phrases(
    *, partnership: Partnership, language_code: str, texts: Mapping[str, str], by: User, is_machine_helped: bool = False
) -> int:
    """Write texts of a language, by the texts they stand for; an empty one is taken away. Returns how many changed.

    ``is_machine_helped`` is said of those that change. Raises ValidationError for a language the space did not
    choose, and by source for a text that loses what is filled in or brings marks of its own.
    """
    if not is_spoken_here(language_code):
        raise ValidationError({"language_code": _("This language is not offered.")})
    wanted = {source: neat(text) for source, text in texts.items()}
    if wrong := {source: told for source, text in wanted.items() if text and (told := _trouble(source, text))}:
        raise ValidationError({source: [told] for source, told in wrong.items()})
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    keys = {key_of(source): source for source in wanted}
    before = {row.source_key: row for row in phrases_of(partnership, language_code).filter(source_key__in=keys)}
    changed = {
        key: source for key, source in keys.items() if wanted[source] != (before[key].text if key in before else "")
    }
    PublicPhrase.objects.filter(pk__in=[before[key].pk for key in changed if key in before]).delete()
    PublicPhrase.objects.bulk_create(
        PublicPhrase(
            partnership=partnership,
            language_code=language_code,
            source=source,
            source_key=key,
            text=wanted[source],
            is_machine_helped=is_machine_helped,
        )
        for key, source in changed.items()
        if wanted[source]
    )
    if changed:
        changes = {"language": language_code, "texts": len(changed), "machine": is_machine_helped}
        record("partnership.phrases_saved", partnership, by=by, scope_id=partnership.scope_id, changes=changes)
    return len(changed)


def check_language(code: str) -> None:
    """Raises ValidationError at ``language`` for one that nobody in this space is written to in."""
    if not language_name(code):
        raise ValidationError({"language": _("This language is not offered.")})


def _trouble(source: str, text: str) -> str:
    if max(len(source), len(text)) > LONGEST:
        return _("This text is too long.")
    return trouble_with(source, text)
