"""The builder: the questions of a survey in order, what is hard to answer in them, how they look on a phone."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.pages import page, wants_fragment
from core.web.space import space_url
from engagement.forms.survey_answer import AnswerForm
from engagement.forms.survey_question import QuestionForm
from engagement.models import Survey, SurveyQuestion
from engagement.operations.survey_question import (
    WordingFrozenError,
    add_question,
    change_question,
    copy_question,
    move_question,
    remove_question,
    restore_question,
)
from engagement.queries.survey import current_version
from engagement.queries.survey_question import asked_from, form_of, questions_of, removed_questions_of
from engagement.rules.survey import can_edit_wording
from engagement.rules.survey_length import TOO_LONG, estimated_minutes
from engagement.rules.survey_lint import lints
from engagement.views.survey_doors import survey_to_edit
from metrics.queries.indicator import indicators_visible_to

EDITING = Permission.ANSWER_RESIDENTS
STEPS = {"up": -1, "down": 1, "top": -999, "bottom": 999}


@requires(EDITING)
@require_safe
def survey_builder(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """All questions of a survey."""
    return _builder(request, survey_to_edit(request, slug, number))


@requires(EDITING)
@require_safe
def survey_preview(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """How it looks on a phone, all of it on one page; nothing can be sent from here."""
    survey = survey_to_edit(request, slug, number)
    questions = form_of(current_version(survey))
    form = AnswerForm(survey=survey, questions=questions, step=None, now=timezone.now())
    context = {"survey": survey, "partnership": survey.partnership, "form": form}
    return render(request, "engagement/survey_preview.html", context)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_question_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write one more question."""
    survey = survey_to_edit(request, slug, number)
    earlier = list(questions_of(current_version(survey)))
    form = _form(request, survey, earlier, None)
    if request.method == "POST" and form.is_valid():
        try:
            add_question(survey=survey, by=request.user, **form.facts())
        except ValidationError as error:
            _add_errors(form, error)
        except WordingFrozenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question was added."))
            return redirect(_here(survey))
    return _form_page(request, survey, form)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_question_edit(request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID) -> HttpResponse:
    """Change a question."""
    survey, question = _question(request, slug, number, survey_question_id)
    rows = list(questions_of(question.version))
    earlier = [one for one in rows if one.position < question.position]
    own = next((one for one in rows if one.pk == question.pk), question)
    form = _form(request, survey, earlier, own)
    if request.method == "POST" and form.is_valid():
        try:
            change_question(question=question, by=request.user, **form.facts())
        except ValidationError as error:
            _add_errors(form, error)
        except WordingFrozenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(_here(survey))
    return _form_page(request, survey, form, question=question)


@requires(EDITING)
@require_POST
def survey_question_move(request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID) -> HttpResponse:
    """Move a question up or down."""
    steps = STEPS.get(request.POST.get("to", ""), 0)
    return _acted(request, slug, number, survey_question_id, move_question, steps=steps)


@requires(EDITING)
@require_POST
def survey_question_remove(
    request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID
) -> HttpResponse:
    """Take a question out; it can be put back from the same page."""
    return _acted(request, slug, number, survey_question_id, remove_question)


@requires(EDITING)
@require_POST
def survey_question_restore(
    request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID
) -> HttpResponse:
    """Put a question back."""
    return _acted(request, slug, number, survey_question_id, restore_question)


@requires(EDITING)
@require_POST
def survey_question_copy(request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID) -> HttpResponse:
    """The same question again."""
    return _acted(request, slug, number, survey_question_id, copy_question)


def _acted(
    request: SpaceRequest, slug: str, number: int, key: uuid.UUID, act: Callable[..., Any], **terms: Any
) -> HttpResponse:
    survey, question = _question(request, slug, number, key)
    try:
        act(question=question, by=request.user, **terms)
    except (WordingFrozenError, ValidationError) as refusal:
        messages.warning(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    if wants_fragment(request):
        return _builder(request, survey)
    return redirect(f"{_here(survey)}#question-{question.pk}")


def _builder(request: SpaceRequest, survey: Survey) -> HttpResponse:
    version = current_version(survey)
    rows = list(questions_of(version))
    questions = asked_from(rows)
    found = defaultdict(list)
    for lint in lints(questions, languages=survey.language_codes):
        found[lint.question].append(lint)
    verdict = can_edit_wording(survey, is_frozen=version.frozen_on is not None)
    minutes = estimated_minutes(questions)
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "version": version,
        "rows": [
            {
                "question": row,
                "asked": asked,
                "lints": found[asked.code],
                "is_first": place == 0,
                "is_last": place == len(rows) - 1,
            }
            for place, (row, asked) in enumerate(zip(rows, questions, strict=True))
        ],
        "lints_of_all": found[""],
        "lint_count": sum(map(len, found.values())),
        "removed": list(removed_questions_of(version)) if verdict else [],
        "verdict": verdict,
        "can_have_version": version.frozen_on is not None and bool(can_edit_wording(survey, is_frozen=False)),
        "minutes": minutes,
        "is_long": minutes > TOO_LONG,
        "languages": survey.language_codes,
    }
    return page(request, "engagement/survey_builder.html", context, partial="results")


def _question(request: SpaceRequest, slug: str, number: int, key: uuid.UUID) -> tuple[Survey, SurveyQuestion]:
    survey = survey_to_edit(request, slug, number)
    rows = SurveyQuestion.objects.filter(version__survey=survey).select_related("version__survey__partnership")
    return survey, get_object_or_404(rows.prefetch_related("options"), pk=key)


def _form(
    request: SpaceRequest, survey: Survey, earlier: list[SurveyQuestion], question: SurveyQuestion | None
) -> QuestionForm:
    indicators = indicators_visible_to(request.viewer).filter(partnership=survey.partnership)
    return QuestionForm(
        request.POST if request.method == "POST" else None,
        earlier=earlier,
        indicators=indicators,
        question=question,
    )


def _add_errors(form: QuestionForm, error: ValidationError) -> None:
    names = {"options": "options_en", "asked_after": "asked_when", "counted_codes": "counted"}
    for name, found in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        field = names.get(name, name)
        form.add_error(field if field in form.fields else None, found)


def _form_page(
    request: SpaceRequest, survey: Survey, form: QuestionForm, *, question: SurveyQuestion | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "survey": survey,
        "partnership": survey.partnership,
        "question": question,
        "back_url": _here(survey),
    }
    return render(request, "engagement/survey_question_form.html", context, status=422 if form.errors else 200)


def _here(survey: Survey) -> str:
    return space_url("survey_builder", slug=survey.partnership.slug, number=survey.number)
