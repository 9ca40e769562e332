"""Questionnaires and answers in and out of files."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.models import StoredFile
from core.operations.file import read_file
from core.rules.upload_content import UploadError
from core.tabular.errors import TableError
from core.web.access import SpaceRequest, requires
from core.web.lists import XLSX, csv_response, file_response, xlsx_response
from core.web.space import space_url
from engagement.document.survey import file_name, xlsform_file
from engagement.forms.survey_exchange import ColumnKindsForm, SurveyFileForm
from engagement.operations.survey_import import (
    ImportRefusedError,
    RowRefusal,
    create_survey_from_form,
    create_survey_from_table,
    import_answers,
    store_survey_file,
)
from engagement.queries.survey import current_version
from engagement.queries.survey_export import answer_rows
from engagement.queries.survey_file import answers_in, is_xlsform, survey_files, xlsform_in
from engagement.queries.survey_question import form_of
from engagement.views.survey_doors import survey_to_edit
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing

EDITING = Permission.ANSWER_RESIDENTS


@requires(EDITING)
@require_safe
def survey_xlsform(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The questions as a workbook that other programs read."""
    survey = survey_to_edit(request, slug, number)
    return file_response(xlsform_file(survey), file_name(survey, "xlsform.xlsx"), XLSX)


@requires(EDITING)
@require_safe
def survey_answers(request: SpaceRequest, slug: str, number: int, file_format: str) -> HttpResponse:
    """Each person's answers as a row; questions on health, origin or beliefs only when asked for."""
    survey = survey_to_edit(request, slug, number)
    header, rows = answer_rows(survey, with_sensitive="sensitive" in request.GET)
    answer = xlsx_response if file_format == "xlsx" else csv_response
    return answer(file_name(survey, _("answers")), header, rows, language=request.LANGUAGE_CODE[:2])


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_import(request: SpaceRequest, slug: str) -> HttpResponse:
    """Bring a questionnaire, or a table of answers to make one of."""
    partnership = partnership_allowing(request, slug, EDITING)
    form = SurveyFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    stored = _stored(request, partnership, form)
    if stored is not None:
        return redirect(space_url("survey_import_check", slug=slug, file_id=stored.pk))
    context = {"form": form, "partnership": partnership}
    return render(request, "engagement/survey_import.html", context, status=422 if form.errors else 200)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_import_check(request: SpaceRequest, slug: str, file_id: uuid.UUID) -> HttpResponse:
    """What the file would become; from here it does."""
    partnership = partnership_allowing(request, slug, EDITING)
    stored = get_object_or_404(survey_files(partnership, file_id))
    try:
        if is_xlsform(read_file(stored), stored.name):
            return _form_check(request, partnership, stored)
        return _table_check(request, partnership, stored)
    except TableError as error:
        messages.warning(request, str(error))
        return redirect(space_url("survey_import", slug=slug))


def _form_check(request: SpaceRequest, partnership: Partnership, stored: StoredFile) -> HttpResponse:
    reading = xlsform_in(stored, language=request.tenant.default_language[:2])
    problem = ""
    if request.method == "POST":
        try:
            survey = create_survey_from_form(
                partnership=partnership,
                reading=reading,
                by=request.user,
                leaves_out="leave_out" in request.POST,
                stored=stored,
            )
        except ImportRefusedError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The survey is a draft. Look at the questions."))
            return redirect(space_url("survey_builder", slug=partnership.slug, number=survey.number))
    context = {"partnership": partnership, "reading": reading, "problem": problem, "stored": stored}
    return render(request, "engagement/survey_form_check.html", context, status=422 if problem else 200)


def _table_check(request: SpaceRequest, partnership: Partnership, stored: StoredFile) -> HttpResponse:
    table = answers_in(stored)
    initial = {"title": stored.name.rsplit(".", 1)[0], "language": request.LANGUAGE_CODE[:2]}
    form = ColumnKindsForm(request.POST if request.method == "POST" else None, columns=table.columns, initial=initial)
    refused: tuple[RowRefusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            survey, imported = create_survey_from_table(
                partnership=partnership,
                table=table,
                kinds=form.kinds(),
                title=form.cleaned_data["title"],
                language=form.cleaned_data["language"],
                by=request.user,
                stored=stored,
            )
        except ImportRefusedError as refusal:
            form.add_error(None, str(refusal))
            refused = refusal.rows
        else:
            messages.success(request, _said(imported.added))
            return redirect(space_url("survey_detail", slug=partnership.slug, number=survey.number))
    context = {"partnership": partnership, "form": form, "table": table, "refused": refused}
    return render(request, "engagement/survey_table_check.html", context, status=422 if form.errors else 200)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_answers_import(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Bring a table of answers to a survey."""
    survey = survey_to_edit(request, slug, number)
    form = SurveyFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    stored = _stored(request, survey.partnership, form)
    if stored is not None:
        return redirect(space_url("survey_answers_check", slug=slug, number=number, file_id=stored.pk))
    context = {"form": form, "partnership": survey.partnership, "survey": survey}
    return render(request, "engagement/survey_import.html", context, status=422 if form.errors else 200)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_answers_check(request: SpaceRequest, slug: str, number: int, file_id: uuid.UUID) -> HttpResponse:
    """Which column answers which question; from here the answers come in, all or none."""
    survey = survey_to_edit(request, slug, number)
    stored = get_object_or_404(survey_files(survey.partnership, file_id))
    try:
        table = answers_in(stored)
    except TableError as error:
        messages.warning(request, str(error))
        return redirect(space_url("survey_answers_import", slug=slug, number=number))
    problem = ""
    refused: tuple[RowRefusal, ...] = ()
    if request.method == "POST":
        try:
            imported = import_answers(
                survey=survey, table=table, language=request.LANGUAGE_CODE[:2], by=request.user, stored=stored
            )
        except ImportRefusedError as refusal:
            problem, refused = str(refusal), refusal.rows
        else:
            messages.success(request, _said(imported.added))
            return redirect(space_url("survey_detail", slug=slug, number=number))
    matched = table.matched(form_of(current_version(survey)))
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "table": table,
        "matched": [(table.columns[place], question) for place, question in matched.items()],
        "ignored": [column.header for place, column in enumerate(table.columns) if place not in matched],
        "problem": problem,
        "refused": refused,
    }
    return render(request, "engagement/survey_answers_check.html", context, status=422 if problem else 200)


def _stored(request: SpaceRequest, partnership: Partnership, form: SurveyFileForm) -> StoredFile | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return store_survey_file(partnership=partnership, upload=form.cleaned_data["file"], by=request.user)
    except UploadError as error:
        form.add_error("file", str(error))
        return None


def _said(count: int) -> str:
    if not count:
        return _("All answers were there already. Nothing was changed.")
    words = ngettext("The answers of %(count)d person came in.", "The answers of %(count)d people came in.", count)
    return words % {"count": count}
