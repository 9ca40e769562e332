"""Looking at odd answers, and reading what people wrote before anybody else does."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from engagement.forms.survey_words import WordsForm
from engagement.models import SurveyAnswer, SurveyResponse
from engagement.operations.survey_response import AnswersRefusedError, review_response
from engagement.operations.survey_words import read_answer
from engagement.queries.survey_question import as_asked
from engagement.queries.survey_result import codings_of, responses_to_review, subjects_of, words_to_read
from engagement.rules.survey_answer import without_names
from engagement.views.survey_doors import survey_to_edit
from metrics.forms.figure import add_refusal

EDITING = Permission.ANSWER_RESIDENTS
PER_PAGE = 20


@requires(EDITING)
@require_safe
def survey_review(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Answers that wait to be looked at, and those set aside."""
    survey = survey_to_edit(request, slug, number)
    rows = responses_to_review(survey).prefetch_related("answers__question__options")
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "page": page_of(request, rows, as_row=_as_row, per_page=PER_PAGE, counted=responses_to_review(survey)),
    }
    return render(request, "engagement/survey_review.html", context)


@requires(EDITING)
@require_POST
def survey_response_review(
    request: SpaceRequest, slug: str, number: int, survey_response_id: uuid.UUID
) -> HttpResponse:
    """Count answers, or set them aside."""
    survey = survey_to_edit(request, slug, number)
    response = get_object_or_404(SurveyResponse, survey=survey, pk=survey_response_id)
    try:
        review_response(response=response, review=request.POST.get("review", ""), by=request.user)
    except AnswersRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect(space_url("survey_review", slug=slug, number=number))


@requires(EDITING)
@require_safe
def survey_words(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What people wrote, unread first."""
    survey = survey_to_edit(request, slug, number)
    page = page_of(request, words_to_read(survey), per_page=PER_PAGE)
    codings = codings_of(list(page.rows))
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "page": page,
        "rows": [{"answer": answer, "count": len(codings[answer.pk])} for answer in page.rows],
    }
    return render(request, "engagement/survey_words.html", context)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_answer_read(request: SpaceRequest, slug: str, number: int, survey_answer_id: uuid.UUID) -> HttpResponse:
    """Say what of one answer may be told, and what it speaks of."""
    survey = survey_to_edit(request, slug, number)
    rows = words_to_read(survey).select_related("question__version__survey__partnership")
    answer = get_object_or_404(rows, pk=survey_answer_id)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={"told_text": answer.told_text or without_names(answer.text)},
    )
    subjects = list(subjects_of(answer.question))
    chosen: set[Any] = codings_of([answer])[answer.pk]
    if request.method == "POST":
        chosen = {one.pk for one in subjects if str(one.pk) in request.POST.getlist("subject")}
        if form.is_valid():
            try:
                read_answer(
                    answer=answer,
                    told_text=form.cleaned_data["told_text"],
                    is_told=request.POST.get("go") != "withhold",
                    subjects=chosen,
                    new_subject=form.new_subject,
                    by=request.user,
                )
            except ValidationError as error:
                add_refusal(form, error)
            else:
                return redirect(_next(slug, number, words_to_read(survey).filter(reading="unread").first()))
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "answer": answer,
        "asked": as_asked(answer.question),
        "left": words_to_read(survey).filter(reading=SurveyAnswer.Reading.UNREAD).count(),
        "form": form,
        "subjects": [(subject, subject.pk in chosen) for subject in subjects],
    }
    return render(request, "engagement/survey_answer_read.html", context, status=422 if form.errors else 200)


def _next(slug: str, number: int, answer: SurveyAnswer | None) -> str:
    if answer is None:
        return space_url("survey_words", slug=slug, number=number)
    return space_url("survey_answer_read", slug=slug, number=number, survey_answer_id=answer.pk)


def _as_row(response: SurveyResponse) -> dict[str, Any]:
    answers = sorted(response.answers.all(), key=lambda answer: answer.question.position)
    return {"response": response, "answers": [(answer.question, _said(answer)) for answer in answers]}


def _said(answer: SurveyAnswer) -> str:
    if answer.text:
        return answer.text
    if answer.number is not None:
        return str(answer.number.normalize())
    labels = {choice.code: choice.label for choice in as_asked(answer.question).choices}
    return ", ".join(labels.get(code, code) for code in answer.codes)
