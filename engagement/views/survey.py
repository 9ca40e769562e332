"""Surveys of a partnership: the list, one of them with its next steps, and how people get to it."""

from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import absolute, space_url
from engagement.document.survey import paper_languages
from engagement.forms.survey import InviteForm, SurveyForm
from engagement.models import Survey
from engagement.operations.survey import (
    SurveyRefusedError,
    advance_survey,
    begin_new_version,
    change_survey,
    copy_survey,
    create_survey,
)
from engagement.operations.survey_invitation import invite_to_survey, remind_invited
from engagement.queries.public_phrase import languages_written
from engagement.queries.survey import as_row, current_version, facts_of, survey_list
from engagement.queries.survey_invitation import invitation_counts, invitations_to_remind
from engagement.queries.survey_question import form_of
from engagement.rules.survey import (
    OVER,
    STATE_TONES,
    STEP_WORDS,
    TRYING,
    findings,
    is_ahead,
    next_steps,
    publish_by,
)
from engagement.rules.survey_length import estimated_minutes
from engagement.rules.survey_link import pilot_token
from engagement.rules.survey_lint import lints
from engagement.views.survey_doors import survey_seen, survey_to_edit
from partnerships.models import Partnership
from partnerships.rules.severity import blocking
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

EDITING = Permission.ANSWER_RESIDENTS


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def surveys(request: SpaceRequest, slug: str) -> HttpResponse:
    """What people were and are asked; drafts only for whoever answers residents."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    rows = survey_list(request.viewer, partnership)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "survey_list"),
        "page": page_of(request, rows, as_row=lambda survey: as_row(survey, today=today), counted=rows.order_by()),
        "can_edit": request.viewer.can(EDITING, partnership.scope_id),
    }
    return page(request, "engagement/survey_list.html", context, partial="results")


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Begin a survey."""
    partnership = partnership_allowing(request, slug, EDITING)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            survey = create_survey(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The survey is a draft. Now write the questions."))
            return redirect(_url("survey_builder", survey))
    return _form_page(request, partnership, form)


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change what is said of a survey."""
    survey = survey_to_edit(request, slug, number)
    form = SurveyForm(request.POST if request.method == "POST" else None, survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            change_survey(survey=survey, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_url("survey_detail", survey))
    return _form_page(request, survey.partnership, form, survey=survey)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def survey_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One survey: where it stands, what comes next, how people get to it."""
    survey = survey_seen(request, slug, number)
    can_edit = request.viewer.can(EDITING, survey.partnership.scope_id)
    context: dict[str, Any] = {
        "survey": survey,
        "partnership": survey.partnership,
        "can_edit": can_edit,
        "tone": STATE_TONES[survey.state],
        "publish_by": publish_by(survey),
        "is_over": survey.state in OVER,
        "is_open": survey.state == Survey.State.OPEN,
        "has_results": can_edit or survey.published_on is not None,
        "public_url": absolute(_public(survey)),
        "is_public": survey.partnership.visibility == Visibility.PUBLIC,
    }
    if can_edit:
        context |= _working(survey)
    return render(request, "engagement/survey_detail.html", context)


def _working(survey: Survey) -> dict[str, Any]:
    """What whoever runs the survey sees of it."""
    version = current_version(survey)
    questions = form_of(version)
    facts = facts_of(survey, questions)
    today = timezone.localdate()
    steps = []
    for state in next_steps(survey.state, is_answered=facts.answers > 0):
        found = findings(survey, facts, to=state, today=today)
        stops = blocking(found, survey.partnership.mode)
        steps.append(
            {
                "to": state.value,
                "words": STEP_WORDS[state] if is_ahead(survey.state, state) else _back_words(state),
                "is_ahead": is_ahead(survey.state, state),
                "stops": stops,
                "told": [one for one in found if one not in stops],
            }
        )
    return {
        "version": version,
        "facts": facts,
        "minutes": survey.minutes or estimated_minutes(questions),
        "lints": lints(questions, languages=survey.language_codes),
        "steps": steps,
        "pilot_url": absolute(_pilot(survey)) if survey.state in TRYING else "",
        "qr": _qr(f"{absolute(_public(survey))}?via=qr"),
        "invitations": invitation_counts(survey),
        "papers": paper_languages(survey),
        "is_frozen": version.frozen_on is not None,
    }


def _back_words(state: str) -> str:
    words = {
        Survey.State.OPEN: _("Open it again"),
        Survey.State.CLEANED: _("Back to checking the answers"),
        Survey.State.ANALYSED: _("Take the results off the page"),
    }
    return words.get(Survey.State(state)) or str(STEP_WORDS[state])


@requires(EDITING)
@require_POST
def survey_step(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a survey a step on, or back."""
    survey = survey_to_edit(request, slug, number)
    try:
        told = advance_survey(survey=survey, to=request.POST.get("to", ""), by=request.user)
    except SurveyRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Done."))
        for finding in told:
            messages.info(request, str(finding.message))
    return redirect(_url("survey_detail", survey))


@requires(EDITING)
@require_POST
def survey_copy(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Begin another survey with the same questions."""
    survey = survey_to_edit(request, slug, number)
    copy = copy_survey(survey=survey, by=request.user, is_next_wave="wave" in request.POST)
    messages.success(request, _("This is a copy. Change what is different this time."))
    return redirect(_url("survey_edit", copy))


@requires(EDITING)
@require_POST
def survey_version(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Begin another wording."""
    survey = survey_to_edit(request, slug, number)
    try:
        begin_new_version(survey=survey, by=request.user)
    except SurveyRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("This is a new version. The answers so far stay with the old one."))
    return redirect(_url("survey_builder", survey))


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_invite(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Mail a link of its own to each address, or remind who did not use theirs."""
    survey = survey_to_edit(request, slug, number)
    if "remind" in request.POST:
        return _remind(request, survey)
    initial = {"language": request.tenant.default_language}
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial=initial, languages=languages_written()
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = invite_to_survey(
                survey=survey,
                emails=form.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").splitlines(),
                language=form.cleaned_data["language"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "emails", error)
        except SurveyRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, count, _("Nobody new: who is invited, or wanted no more mail, is not written to again."))
            return redirect(_url("survey_detail", survey))
    is_open = survey.state == Survey.State.OPEN
    context = {
        "form": form,
        "survey": survey,
        "partnership": survey.partnership,
        "invitations": invitation_counts(survey),
        "waiting": invitations_to_remind(survey, today=timezone.localdate()).count() if is_open else 0,
    }
    return render(request, "engagement/survey_invite.html", context, status=422 if form.errors else 200)


def _remind(request: SpaceRequest, survey: Survey) -> HttpResponse:
    try:
        count = remind_invited(survey=survey, by=request.user)
    except SurveyRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, count, _("Nobody is left to be reminded."))
    return redirect(_url("survey_invite", survey))


def _tell(request: SpaceRequest, count: int, nobody: str) -> None:
    words = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count)
    if count:
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, nobody)


def _url(name: str, survey: Survey) -> str:
    return space_url(name, slug=survey.partnership.slug, number=survey.number)


def _public(survey: Survey) -> str:
    return space_url("survey_answer", slug=survey.partnership.slug, number=survey.number)


def _pilot(survey: Survey) -> str:
    return space_url("survey_try", slug=survey.partnership.slug, number=survey.number, token=pilot_token(survey.pk))


def _qr(url: str) -> SafeString:
    drawing = segno.make(url, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from modules, nothing of the text is in it


def _form_page(
    request: SpaceRequest, partnership: Partnership, form: SurveyForm, *, survey: Survey | None = None
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "survey": survey}
    return render(request, "engagement/survey_edit.html", context, status=422 if form.errors else 200)
