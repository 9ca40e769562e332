"""Answering a survey: no account, no script, no cookie but the form's own, and a GET changes nothing."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.operations.rate import TooOftenError
from core.rules.bilingual import spoken
from core.web.access import SpaceRequest, by_link, public
from core.web.pages import wants_fragment
from engagement.forms.survey_answer import AnswerForm, first_sheet, step_of
from engagement.models import Survey, SurveyInvitation, SurveyResponse
from engagement.operations.survey_invitation import decline_invitation
from engagement.operations.survey_response import AnswersRefusedError, Sent, send_answers
from engagement.queries.survey import current_version, public_survey
from engagement.queries.survey_invitation import invitation_with_token
from engagement.queries.survey_question import form_of
from engagement.rules.limits import too_often_in_words
from engagement.rules.notice import notice_of
from engagement.rules.survey import BEING_WRITTEN, TOLD, can_answer
from engagement.rules.survey_length import estimated_minutes
from engagement.rules.survey_link import pilot_token
from engagement.views.public_frame import in_chosen_language, network_of, public_page_response

TOO_MANY, GONE = 429, 410
CHANNELS = {"qr": SurveyResponse.Channel.QR, "offline": SurveyResponse.Channel.OFFLINE}
Answering = tuple[Survey, bool, SurveyInvitation | None]


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def survey_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Answer an open survey."""
    survey = get_object_or_404(public_survey(slug, number).select_related("partnership"))
    if survey.state in BEING_WRITTEN and survey.opened_on is None:
        raise Http404
    if survey.recruitment == Survey.Recruitment.INVITED:
        return _over(request, survey, _("This survey is for those who were invited. Use the link in your mail."))
    return _answering(request, (survey, False, None))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def survey_try(request: SpaceRequest, slug: str, number: int, token: str) -> HttpResponse:
    """Try a survey that is not open yet; these answers are counted nowhere."""
    rows = Survey.objects.filter(partnership__slug=slug, number=number).select_related("partnership")
    survey = get_object_or_404(rows)
    if not constant_time_compare(token, pilot_token(survey.pk)):
        raise Http404
    return _answering(request, (survey, True, None))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def survey_invited(request: SpaceRequest, token: str) -> HttpResponse:
    """Answer with an invitation, which is good once."""
    invitation = get_object_or_404(invitation_with_token(token))
    survey = invitation.survey
    if invitation.is_used and request.method != "POST":
        return _over(request, survey, _("This invitation is over: it was used, or no more mail was wanted. Thank you."))
    return _answering(request, (survey, False, invitation))


@by_link
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def survey_declined(request: SpaceRequest, token: str) -> HttpResponse:
    """Ask for no more mails about a survey; mail programs post here by themselves (RFC 8058)."""
    invitation = get_object_or_404(invitation_with_token(token))
    if request.method == "POST":
        decline_invitation(invitation=invitation)
    context = {"survey": invitation.survey, "is_declined": request.method == "POST"}
    return public_page_response(request, "engagement/survey_declined.html", context)


def _answering(request: SpaceRequest, answering: Answering) -> HttpResponse:
    survey, is_pilot, _invitation = answering
    if not (verdict := can_answer(survey, today=timezone.localdate(), is_pilot=is_pilot)):
        return _over(request, survey, str(verdict.reason))
    terms: dict[str, Any] = {"survey": survey, "questions": form_of(current_version(survey)), "now": timezone.now()}
    if request.method != "POST":
        initial = {"via": request.GET.get("via", "")[:8]}
        return _page(request, answering, AnswerForm(step=first_sheet(request.GET), initial=initial, **terms))
    form = AnswerForm(request.POST, step=step_of(request.POST), **terms)
    if request.POST.get("go") == "back" and form.step:
        return _page(request, answering, AnswerForm(step=form.previous_step(), initial=_kept(request, form), **terms))
    # Answers that waited on a phone are not sent again to questions they were not given to.
    is_lost = form.is_outdated and request.POST.get("via") == "offline"
    if not form.is_valid():
        return _page(request, answering, form, status=GONE if is_lost else 422)
    if form.sends:
        return _send(request, answering, form)
    return _page(request, answering, AnswerForm(step=form.next_step(), initial=_kept(request, form), **terms))


def _kept(request: SpaceRequest, form: AnswerForm) -> dict[str, Any]:
    """What the next sheet takes over from the one that was sent."""
    own = {name: request.POST.get(name, "") for name in AnswerForm.base_fields if name != "website"}
    return {**own, "answer_id": form["answer_id"].value() or uuid.uuid4(), "carried": dict(request.POST.lists())}


def _send(request: SpaceRequest, answering: Answering, form: AnswerForm) -> HttpResponse:
    survey, is_pilot, invitation = answering
    given = form.cleaned_data
    sent = Sent(
        given=given["given"],
        answer_id=given["answer_id"] or uuid.uuid4(),
        language=request.LANGUAGE_CODE[:2],
        channel=CHANNELS.get(given["via"], SurveyResponse.Channel.WEB),
        is_pilot=is_pilot,
        has_guardian=bool(given.get("has_guardian")),
    )
    try:
        send_answers(survey=survey, sent=sent, sent_from=network_of(request), invitation=invitation, now=form.now)
    except AnswersRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, answering, form, status=422)
    except TooOftenError as refusal:
        form.add_error(None, too_often_in_words(refusal.wait))
        return _page(request, answering, form, status=TOO_MANY)
    context = {"survey": survey, "partnership": survey.partnership, "is_pilot": is_pilot}
    return public_page_response(request, "engagement/survey_thanks.html", context)


def _page(request: SpaceRequest, answering: Answering, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    survey, is_pilot, invitation = answering
    context = {
        "form": form,
        "survey": survey,
        "partnership": survey.partnership,
        "intro": spoken(survey, "intro"),
        "language": get_language(),
        "is_pilot": is_pilot,
        "is_invited": invitation is not None,
        "minutes": survey.minutes or estimated_minutes(form.questions),
        "notice": notice_of(request.tenant),
        "step_number": (form.step or 0) + 1,
        "steps": len(form.pages) + 1,
        "is_first": not form.step,
        "works_offline": not is_pilot and invitation is None,
    }
    template = "engagement/survey_form.html"
    name = f"{template}#answering" if wants_fragment(request) else template
    response = public_page_response(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _over(request: SpaceRequest, survey: Survey, reason: str) -> HttpResponse:
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "reason": reason,
        "has_results": survey.state in TOLD,
    }
    return public_page_response(request, "engagement/survey_over.html", context, status=GONE)
