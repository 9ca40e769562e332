"""What a survey found: for people at work, for everybody once published, and as a table."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.rules.bilingual import spoken
from core.tabular.writing import Writable
from core.web.access import SpaceRequest, public, requires
from core.web.lists import csv_response
from core.web.space import space_url
from engagement.forms.survey import LearnedForm
from engagement.forms.survey_question import FeedForm
from engagement.models import Survey, SurveyQuestion
from engagement.operations.survey import change_survey
from engagement.operations.survey_feed import feed_indicator, set_feed
from engagement.queries.survey import current_version, public_survey
from engagement.queries.survey_feed import feeds_of
from engagement.queries.survey_question import questions_of
from engagement.queries.survey_result import SurveyResults, changes_since, cross_of, results_of
from engagement.rules.survey import OVER, TOLD
from engagement.rules.survey_feed import FED_UNITS, NotFedError
from engagement.rules.survey_form import CLOSED
from engagement.views.public_frame import in_chosen_language, public_page_response
from engagement.views.survey_doors import survey_seen, survey_to_edit
from metrics.forms.figure import add_refusal
from metrics.queries.indicator import indicators_visible_to

EDITING = Permission.ANSWER_RESIDENTS
WORDS = ("learned_en", "learned_it", "became_en", "became_it")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def survey_results(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The results as everybody will read them; partners read them once they are published."""
    survey = _readable(request, slug, number)
    results = results_of(survey)
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    can_edit = request.viewer.can(EDITING, survey.partnership.scope_id)
    verdict, changes = changes_since(results, is_public=not can_edit)
    feeds = feeds_of(results.version, request.viewer, language=request.LANGUAGE_CODE[:2]) if can_edit else {}
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "results": results,
        "can_edit": can_edit,
        "is_over": survey.state in OVER,
        "questions": [(one, feeds.get(one.question.pk)) for one in results.questions],
        "first": first,
        "second": second,
        "is_crossed": bool(first and second),
        "cross": cross_of(results, first, second) if first and second else None,
        "wave_verdict": verdict,
        "changes": changes,
        "form": LearnedForm(initial={name: getattr(survey, name) for name in WORDS}),
        **_told(survey),
    }
    return render(request, "engagement/survey_results.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def survey_results_table(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The same numbers as a table; what the page hides is not in it."""
    survey = _readable(request, slug, number)
    header = [_("Question"), _("Text"), _("Answer"), _("People"), _("Of"), _("Per cent")]
    name = f"{survey.partnership.slug}-{survey.number}-{_('results')}"
    return csv_response(name, header, _table(results_of(survey)), language=request.LANGUAGE_CODE[:2])


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_learned(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write what was learned and what becomes of it."""
    survey = survey_to_edit(request, slug, number)
    initial = {name: getattr(survey, name) for name in WORDS}
    form = LearnedForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_survey(survey=survey, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("survey_detail", slug=slug, number=number))
    context = {"form": form, "survey": survey, "partnership": survey.partnership}
    return render(request, "engagement/survey_learned.html", context, status=422 if form.errors else 200)


@requires(EDITING)
@require_POST
def survey_feed(request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID) -> HttpResponse:
    """Hand the figure of a question on to its indicator."""
    survey = survey_to_edit(request, slug, number)
    rows = SurveyQuestion.objects.filter(version__survey=survey).select_related(
        "indicator", "version__survey__partnership"
    )
    question = get_object_or_404(rows, pk=survey_question_id)
    if not request.viewer.can(Permission.ENTER_MEASUREMENTS, survey.partnership.scope_id):
        raise PermissionDenied
    try:
        feed_indicator(question=question, by=request.user)
    except NotFedError as refusal:
        messages.warning(request, str(refusal))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The value is entered. Somebody else verifies it."))
    return redirect(space_url("survey_results", slug=slug, number=number))


@requires(EDITING)
@require_http_methods(["GET", "POST"])
def survey_feed_choose(request: SpaceRequest, slug: str, number: int, survey_question_id: uuid.UUID) -> HttpResponse:
    """Say which indicator the answers to a question feed, also when people answered already."""
    survey = survey_to_edit(request, slug, number)
    rows = questions_of(current_version(survey)).filter(kind__in=CLOSED)
    question = get_object_or_404(rows, pk=survey_question_id)
    indicators = indicators_visible_to(request.viewer).filter(partnership=survey.partnership, unit__in=FED_UNITS)
    form = FeedForm(request.POST if request.method == "POST" else None, question=question, indicators=indicators)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_feed(
                question=question,
                indicator=given["indicator"],
                counted_codes=" ".join(given["counted"]),
                by=request.user,
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("survey_results", slug=slug, number=number))
    context = {"form": form, "survey": survey, "partnership": survey.partnership, "question": question}
    return render(request, "engagement/survey_feed.html", context, status=422 if form.errors else 200)


@public
@require_safe
@in_chosen_language
def survey_results_public(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What people said and what becomes of it, for everybody (R-E23)."""
    rows = public_survey(slug, number).filter(state__in=TOLD).select_related("partnership", "previous_wave")
    survey = get_object_or_404(rows)
    results = results_of(survey)
    verdict, changes = changes_since(results, is_public=True)
    context = {
        "survey": survey,
        "partnership": survey.partnership,
        "results": results,
        "wave_verdict": verdict,
        "changes": changes,
        **_told(survey),
    }
    return public_page_response(request, "engagement/survey_results_public.html", context)


def _told(survey: Survey) -> dict[str, Any]:
    return {"learned": spoken(survey, "learned"), "became": spoken(survey, "became")}


def _readable(request: SpaceRequest, slug: str, number: int) -> Survey:
    survey = survey_seen(request, slug, number)
    is_working = request.viewer.can(EDITING, survey.partnership.scope_id)
    if not is_working and survey.state not in TOLD:
        raise PermissionDenied
    return survey


def _table(results: SurveyResults) -> Iterator[list[Writable]]:
    for one in results.questions:
        if not one.is_told:
            yield [one.asked.code, one.asked.text, "", None, None, None]
        for line in [*one.lines, *one.subjects]:
            of = line.answers if line.count is not None else None
            yield [one.asked.code, one.asked.text, line.choice.label, line.count, of, line.percent]
        if one.is_told and not one.lines and one.middle:
            yield [
                one.asked.code,
                one.asked.text,
                _("Median: %(value)s") % {"value": one.middle},
                None,
                one.answers,
                None,
            ]
