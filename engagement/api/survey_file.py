"""A survey in files, in the API: its questions on paper and as XLSForm, its answers as a table."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from core.web.lists import XLSX, csv_response, file_response, xlsx_response
from engagement.api.survey_answers import EDITING, SurveyWork
from engagement.document.survey import file_name, paper_languages, survey_pdf, xlsform_file
from engagement.queries.survey_export import answer_rows


class TableWish(serializers.Serializer[Any]):
    """Whether questions on health, origin or beliefs are in the table; they are not unless asked for."""

    sensitive = serializers.BooleanField(default=False)


class PaperWish(serializers.Serializer[Any]):
    """The language of the paper: one of the survey's, or a further one of the space."""

    lang = serializers.CharField(max_length=8, required=False)


class SurveyXlsform(SurveyWork):
    """The questions as a workbook that other programs read."""

    reading = EDITING
    writing = None
    serializer_class = TableWish

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """An XLSForm of the newest version."""
        survey = self.survey()
        return file_response(xlsform_file(survey), file_name(survey, "xlsform.xlsx"), XLSX)


class SurveyPaper(SurveyWork):
    """The questions on paper."""

    reading = EDITING
    writing = None
    serializer_class = PaperWish

    @extend_schema(parameters=[PaperWish], responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """An accessible PDF with the numbers that are keyed in; 400 for a language it is not printed in."""
        survey = self.survey()
        offered = dict(paper_languages(survey))
        wanted = PaperWish(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        language = wanted.validated_data.get("lang") or next(iter(offered))
        if language not in offered:
            raise serializers.ValidationError({"lang": [_("This language is not offered.")]})
        pdf = survey_pdf(survey, language=language)
        return file_response(pdf, file_name(survey, f"{language}.pdf"), "application/pdf")


class _AnswersTable(SurveyWork):
    """Each person's answers as a row, as the page gives them."""

    reading = EDITING
    writing = None
    serializer_class = TableWish
    download: ClassVar[Callable[..., HttpResponse]]

    def table(self, request: Request) -> HttpResponse:
        """At most 50,000 rows."""
        wanted = TableWish(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        survey = self.survey()
        header, rows = answer_rows(survey, with_sensitive=wanted.validated_data["sensitive"])
        name = file_name(survey, _("answers"))
        return type(self).download(name, header, rows, language=get_language() or "en")


class SurveyAnswersCsv(_AnswersTable):
    """Answers as CSV; in Italian with the semicolons its spreadsheets expect."""

    download = staticmethod(csv_response)

    @extend_schema(parameters=[TableWish], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A heading for each question, and a row for each person whose answers count."""
        return self.table(request)


class SurveyAnswersXlsx(_AnswersTable):
    """Answers as an Excel file."""

    download = staticmethod(xlsx_response)

    @extend_schema(parameters=[TableWish], responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A heading for each question, and a row for each person whose answers count."""
        return self.table(request)
