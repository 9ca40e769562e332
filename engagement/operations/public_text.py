"""Writing what a partnership says of itself in a further language."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import PublicText
from engagement.rules.languages import OFFERED
from partnerships.models import Partnership


@transaction.atomic
def save_public_text(
    *,
    partnership: Partnership,
    language_code: str,
    title: str,
    about: str,
    by: User,
    how_to_write: str = "",
    is_machine_helped: bool = False,
) -> PublicText:
    """Write the text of a language, or word it anew. Raises ValidationError for a language that is not offered."""
    if language_code not in OFFERED:
        raise ValidationError({"language_code": _("This language is not offered.")})
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    found = PublicText.objects.filter(partnership=locked, language_code=language_code).first()
    text = found or PublicText(partnership=locked, language_code=language_code)
    text.title, text.about, text.how_to_write = title, about, how_to_write
    text.is_machine_helped = is_machine_helped
    text.full_clean(exclude={"partnership"})
    text.save()
    changes = {"language": language_code}
    record("partnership.public_text_saved", locked, by=by, scope_id=locked.scope_id, changes=changes)
    return text


@transaction.atomic
def remove_public_text(*, text: PublicText, by: User) -> None:
    """Take a language off the public page."""
    partnership, changes = text.partnership, {"language": text.language_code}
    text.delete()
    record("partnership.public_text_removed", partnership, by=by, scope_id=partnership.scope_id, changes=changes)
