"""What partnerships say of themselves in further languages."""

from dataclasses import dataclass

from django.db.models import QuerySet

from core.web.space import space_url
from engagement.models import PublicText
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import FurtherLanguage, codes_in, further_language
from partnerships.models import Partnership


@dataclass(frozen=True)
class TextRow:
    """A language a space chose, with what a partnership wrote in it, if anything."""

    language: FurtherLanguage
    text: PublicText | None
    url: str


def texts_of(partnership: Partnership) -> QuerySet[PublicText]:
    """All texts of a partnership, by language."""
    return PublicText.objects.filter(partnership=partnership).order_by("language_code")


def text_rows(partnership: Partnership) -> list[TextRow]:
    """Each language the space chose, in two queries."""
    written = {text.language_code: text for text in texts_of(partnership)}
    return [
        TextRow(
            further_language(code),
            written.get(code),
            space_url("public_text_edit", slug=partnership.slug, language_code=code),
        )
        for code in codes_in(public_settings().extra_languages)
    ]
