"""A survey on paper: the same questions, with the numbers that are keyed in (R-E21)."""

from django.template.loader import render_to_string
from django.utils import translation

from core.documents.assets import AssetSource
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from core.web.document_assets import static_path
from engagement.models import Survey
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of
from engagement.rules.notice import notice_of
from engagement.rules.survey_form import IN_WORDS, Kind
from engagement.rules.survey_keying import keys_of


def survey_pdf(survey: Survey, *, language: str) -> bytes:
    """The questions in one language as a tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    return render_pdf(paper_html(survey, language=language), assets=AssetSource(static=static_path))


def paper_html(survey: Survey, *, language: str) -> str:
    """The document before it is set."""
    space = tenant_at_work()
    version = current_version(survey)
    with translation.override(language):
        context = {
            "survey": survey,
            "partnership": survey.partnership,
            "space": space,
            "brand": space.brand_colour,
            "intro": spoken(survey, "intro"),
            "version": version,
            "notice": notice_of(space),
            "rows": [
                {
                    "asked": asked,
                    "keys": keys_of(asked),
                    "is_heading": asked.kind == Kind.SECTION,
                    "is_in_words": asked.kind in IN_WORDS,
                    "is_long": asked.kind == Kind.LONG,
                    "hint": _hint(asked.kind),
                }
                for asked in form_of(version)
            ],
        }
        return render_to_string("engagement/survey_document.html", context)


def _hint(kind: str) -> str:
    words = {
        Kind.MULTI: translation.gettext("Tick all that are right for you."),
        Kind.RANKING: translation.gettext("Write 1 beside the most important, then 2, and so on."),
        Kind.NUMBER: translation.gettext("Write a number."),
    }
    return words.get(Kind(kind), "")
