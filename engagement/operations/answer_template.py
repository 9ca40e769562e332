"""Writing down sentences a space answers with often."""

from typing import Any

from django.db import transaction

from core.models import User
from core.operations.audit import changed_fields, record
from engagement.models import AnswerTemplate


@transaction.atomic
def save_answer_template(*, template: AnswerTemplate | None, by: User, **fields: Any) -> AnswerTemplate:
    """A new sentence, or another wording of one. Raises ValidationError without text and for a name in use."""
    found = template or AnswerTemplate()
    changes = changed_fields(found, fields)
    for name, value in fields.items():
        setattr(found, name, value)
    found.full_clean()
    found.save()
    record("answer_template.saved", found, by=by, changes={"fields": sorted(changes)})
    return found


@transaction.atomic
def remove_answer_template(*, template: AnswerTemplate, by: User) -> None:
    """Take a sentence off the list; what was answered with it stays."""
    record("answer_template.removed", template, by=by)
    template.delete()
