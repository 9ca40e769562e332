"""A survey to take along: on paper with the numbers that are keyed in (R-E21), and as a form for other programs."""

import io
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from core.documents.assets import AssetSource
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from core.rules.parts import with_parts_marked
from core.rules.phrases import phrases_spoken
from core.tabular.writing import SheetContent, write_workbook
from core.web.document_assets import static_path
from engagement.models import Survey
from engagement.queries.public_phrase import is_product_language, languages_written, read_in
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of
from engagement.rules import xlsform
from engagement.rules.notice import notice_of
from engagement.rules.survey_form import IN_WORDS, Kind
from engagement.rules.survey_keying import keys_of

PAPER = "engagement/survey_document.html"


def survey_pdf(survey: Survey, *, language: str) -> bytes:
    """The questions in one of ``paper_languages`` as a tagged PDF/UA-1 document.

    Raises ``core.documents.limits.DocumentError``.
    """
    return render_pdf(paper_html(survey, language=language), assets=AssetSource(static=static_path))


def paper_html(survey: Survey, *, language: str) -> str:
    """The document before it is set."""
    with read_in(language, survey.partnership.slug) as further:
        paper = render_to_string(PAPER, paper_context(survey))
    return with_parts_marked(paper, further) if further else paper


def paper_context(survey: Survey) -> dict[str, Any]:
    """What stands on the paper, in the language at work."""
    space = tenant_at_work()
    version = current_version(survey)
    return {
        "survey": survey,
        "further": phrases_spoken(),
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


def file_name(survey: Survey, ending: str) -> str:
    """What a file of a survey is called."""
    return f"{survey.partnership.slug}-{survey.number}-{ending}"


def paper_languages(survey: Survey) -> list[tuple[str, str]]:
    """The languages a survey can be printed in: its own, then those people of the space write."""
    own = set(survey.language_codes)
    return [one for one in languages_written() if one[0] in own or not is_product_language(one[0])]


def xlsform_file(survey: Survey) -> bytes:
    """The questions as a workbook that other programs read (XLSForm)."""
    version = current_version(survey)
    sheets = xlsform.written(
        form_of(version),
        title=str(survey),
        form_id=f"{survey.partnership.slug.replace('-', '_')}_{survey.number}",
        version=str(version.number),
        language=survey.language_codes[0],
    )
    target = io.BytesIO()
    write_workbook(
        target,
        [
            SheetContent("survey", xlsform.SURVEY_HEADER, sheets.survey),
            SheetContent("choices", xlsform.CHOICES_HEADER, sheets.choices),
            SheetContent("settings", xlsform.SETTINGS_HEADER, sheets.settings),
        ],
    )
    return target.getvalue()


def _hint(kind: str) -> str:
    words = {
        Kind.MULTI: translation.gettext("Tick all that are right for you."),
        Kind.RANKING: translation.gettext("Write 1 beside the most important, then 2, and so on."),
        Kind.NUMBER: translation.gettext("Write a number."),
    }
    return words.get(Kind(kind), "")
