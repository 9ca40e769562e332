"""What people of a space wrote for public pages in further languages."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import translation

from core.queries.tenant import tenant_at_work
from core.rules.phrases import Phrase, Phrases, phrases_spoken, speaking
from core.web.further import written_in
from engagement.models import PublicPhrase
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import OFFERED, codes_in, further_language
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


@contextmanager
def read_in(code: str, slug: str = "") -> Iterator[Phrases | None]:
    """Write for somebody who reads ``code``: in a further language through what a partnership wrote in it.

    Where the space no longer speaks it, in the space's own.
    """
    if is_product_language(code) or not is_spoken_here(code):
        with speaking(None), translation.override(base_language(code)):
            yield None
    else:
        phrases = phrases_in(code, slug)
        with written_in(phrases):
            yield phrases


def written_language(code: str) -> str:
    """The language a text is written in for somebody who reads ``code``, inside ``read_in``."""
    further = phrases_spoken()
    return further.code if further else base_language(code)


def is_product_language(code: str) -> bool:
    """Whether the product itself speaks it."""
    return code in dict(settings.LANGUAGES)


def base_language(code: str) -> str:
    """The language of the product that somebody reads who reads ``code``."""
    return code if is_product_language(code) else tenant_at_work().default_language


def languages_written() -> list[tuple[str, str]]:
    """The languages a resident of this space can be written to in, by their own names."""
    own = [(code, translation.get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
    further = (further_language(code) for code in codes_in(public_settings().extra_languages))
    return [*own, *((one.code, one.name) for one in further)]


def language_name(code: str) -> str:
    """A language by its own name; nothing for one that is unknown here."""
    return dict(languages_written()).get(code, "")


def address_in(code: str, url: str) -> str:
    """The address of a page as somebody reads it who reads ``code``."""
    return url if is_product_language(code) else f"{url}?lang={code}"


def phrases_of(partnership: Partnership, code: str) -> QuerySet[PublicPhrase]:
    """What a partnership wrote in a language."""
    return PublicPhrase.objects.filter(partnership=partnership, language_code=code).order_by("id")


def written_before(partnership: Partnership, code: str, sources: Iterable[str]) -> dict[str, PublicPhrase]:
    """What the partnership wrote for these texts, else another one of the space, by the text it stands for."""
    own = Case(When(partnership=partnership, then=Value(1)), default=Value(0), output_field=IntegerField())
    keys = [key_of(source) for source in sources]
    rows = PublicPhrase.objects.filter(language_code=code, source_key__in=keys).annotate(own=own)
    return {row.source: row for row in rows.order_by("own", "id")}
