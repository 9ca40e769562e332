"""A frozen version of a goal as text, for comparing two of them word by word."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from metrics.rules.dates import date_words


def version_text(fields: Mapping[str, Any], language: str) -> str:
    """Title, sentence and first day of a version in a language, in the other one where it was not written."""
    other = "en" if language == "it" else "it"
    lines = [fields.get(f"{name}_{language}") or fields.get(f"{name}_{other}") or "" for name in ("title", "sentence")]
    if fields.get("starts_on"):
        day = date_words(date.fromisoformat(fields["starts_on"]), language)
        lines.append(_("Work begins on %(day)s.") % {"day": day})
    return "\n".join(line for line in lines if line)
