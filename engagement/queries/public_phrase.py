"""What people of a space wrote for public pages in further languages."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from core.queries.tenant import tenant_at_work
from core.rules.phrases import Phrase, Phrases
from engagement.models import PublicPhrase
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import OFFERED, codes_in
from engagement.rules.public_phrase import key_of
from partnerships.models import Partnership


def is_spoken_here(code: str) -> bool:
    """Whether the space chose this further language for its public pages."""
    return code in OFFERED and code in codes_in(public_settings().extra_languages)


def phrases_in(code: str, slug: str = "") -> Phrases:
    """The phrases of a public page: those of its partnership, or of all on pages that belong to none; one query."""
    rows = PublicPhrase.objects.filter(language_code=code).order_by("id")
    if slug:
        rows = rows.filter(partnership__slug=slug)
    said = {
        source: Phrase(text, helped) for source, text, helped in rows.values_list("source", "text", "is_machine_helped")
    }
    return Phrases(code, tenant_at_work().default_language, said)


def phrases_of(partnership: Partnership, code: str) -> QuerySet[PublicPhrase]:
    """What a partnership wrote in a language."""
    return PublicPhrase.objects.filter(partnership=partnership, language_code=code).order_by("id")


def written_before(partnership: Partnership, code: str, sources: Iterable[str]) -> dict[str, PublicPhrase]:
    """What the partnership wrote for these texts, else another one of the space, by the text it stands for."""
    own = Case(When(partnership=partnership, then=Value(1)), default=Value(0), output_field=IntegerField())
    keys = [key_of(source) for source in sources]
    rows = PublicPhrase.objects.filter(language_code=code, source_key__in=keys).annotate(own=own)
    return {row.source: row for row in rows.order_by("own", "id")}
