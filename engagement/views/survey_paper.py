"""A survey without a screen of one's own: on paper, keyed in, or answered together with somebody."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import file_response
from core.web.space import space_url
from engagement.document.survey import file_name, paper_languages, survey_pdf
from engagement.forms.survey_answer import AnswerForm
from engagement.forms.survey_key_in import KeyInForm
from engagement.models import Survey, SurveyResponse
from engagement.operations.survey_response import AnswersRefusedError, Sent, enter_answers
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of
from engagement.rules.notice import notice_of
from engagement.rules.survey import can_answer
from engagement.views.survey_doors import survey_to_edit

EDITING = Permission.ANSWER_RESIDENTS
Channel = SurveyResponse.Channel


@requires(EDITING)
@require_safe
def survey_paper(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The questions as a PDF, in the language asked for or the first one."""
    survey = survey_to_edit(request, slug, number)
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(paper_languages(survey)) else _language_of(request, survey)
    return file_response(survey_pdf(survey, language=language), file_name(survey, f"{language}.pdf"), "application/pdf")


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_key_in(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Key in one paper sheet after the other; the next is in the language of the last."""
    survey = survey_to_edit(request, slug, number)
    questions = form_of(current_version(survey))
    verdict = can_answer(survey, today=timezone.localdate(), is_at_work=True)
    language = _language_of(request, survey)
    form = KeyInForm(
        request.POST if request.method == "POST" else None,
        questions=questions,
        languages=survey.language_codes,
        initial={"language": language},
    )
    if request.method == "POST" and form.is_valid():
        sent = Sent(
            given=form.cleaned_data["given"],
            answer_id=form.cleaned_data["answer_id"],
            language=form.cleaned_data.get("language") or language,
            channel=Channel.PAPER,
        )
        if _entered(request, survey, sent, form):
            messages.success(request, _("Keyed in. Take the next sheet."))
            return redirect(f"{space_url('survey_key_in', slug=slug, number=number)}?lang={sent.language}")
    context = {"survey": survey, "partnership": survey.partnership, "form": form, "verdict": verdict}
    return render(request, "engagement/survey_key_in.html", context, status=422 if form.errors else 200)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_assist(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Answer together with somebody: all questions on one page, read out."""
    survey = survey_to_edit(request, slug, number)
    now = timezone.now()
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        survey=survey,
        questions=form_of(current_version(survey)),
        step=None,
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        sent = Sent(
            given=form.cleaned_data["given"],
            answer_id=form.cleaned_data["answer_id"] or uuid.uuid4(),
            language=request.LANGUAGE_CODE[:2],
            channel=Channel.ASSISTED,
            has_guardian=bool(form.cleaned_data.get("has_guardian")),
        )
        if _entered(request, survey, sent, form):
            messages.success(request, _("The answers are in. Thank the person, and tell them when we report back."))
            return redirect(space_url("survey_detail", slug=slug, number=number))
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "form": form,
        "verdict": can_answer(survey, today=timezone.localdate(), is_at_work=True),
        "notice": notice_of(request.tenant),
    }
    return render(request, "engagement/survey_assist.html", context, status=422 if form.errors else 200)


def _language_of(request: SpaceRequest, survey: Survey) -> str:
    """That asked for, or the reader's own, where the survey is in it."""
    asked = request.GET.get("lang", request.LANGUAGE_CODE[:2])
    return asked if asked in survey.language_codes else survey.language_codes[0]


def _entered(request: SpaceRequest, survey: Survey, sent: Sent, form: AnswerForm | KeyInForm) -> bool:
    try:
        enter_answers(survey=survey, sent=sent, by=request.user)
    except AnswersRefusedError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        return True
    return False
