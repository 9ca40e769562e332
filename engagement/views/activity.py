"""Activities for those who work: lists, one activity with its next step, and the steps themselves."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.web.access import SpaceRequest, requires
from core.web.forms import KitForm
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import absolute, space_url
from engagement.forms.activity import ActivityForm, AnswerForm, CallOffForm, HeldForm, QuoteForm, SummaryForm
from engagement.models import ActivityQuote, EngagementActivity
from engagement.operations.activity import (
    ActivityRefusedError,
    add_quote,
    announce_activity,
    answer_activity,
    cancel_activity,
    change_activity,
    close_activity,
    hold_activity,
    plan_activity,
    publish_summary,
    remove_quote,
)
from engagement.queries.activity import (
    access_lines,
    activity_list,
    answers_of,
    as_row,
    decisions_to_name,
    has_answer,
    promise_of,
    public_url_of,
    themes_to_name,
    when_of,
)
from engagement.queries.activity_registration import card_sheets, door_figures, room_in
from engagement.rules.activity import (
    AHEAD,
    TONES,
    announcing_findings,
    can_announce,
    can_change,
    closing_findings,
    facts_of,
    is_report_back_late,
    next_step,
)
from engagement.rules.activity_day import shows_cards
from goals.queries.goal import goals_visible_to
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.rules.severity import Severity, severity_of
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

State = EngagementActivity.State


def visible_activity(request: SpaceRequest, slug: str, number: int) -> EngagementActivity:
    """The activity of an address; 404 when the viewer may not see it."""
    partnership = visible_partnership(request, slug)
    return get_object_or_404(activity_list(request.viewer, partnership), number=number)


def editable_activity(request: SpaceRequest, slug: str, number: int) -> EngagementActivity:
    """The activity of an address that the viewer prepares; 404 unseen, 403 for who only reads."""
    activity = visible_activity(request, slug, number)
    if not request.viewer.can(Permission.ANSWER_RESIDENTS, activity.partnership.scope_id):
        raise PermissionDenied
    return activity


def to_activity(activity: EngagementActivity, name: str = "activity_detail") -> HttpResponse:
    """On to a page of an activity."""
    return redirect(space_url(name, slug=activity.partnership.slug, number=activity.number))


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def activities(request: SpaceRequest, slug: str) -> HttpResponse:
    """What residents are and were invited to."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "activity_list"),
        "page": page_of(
            request, activity_list(request.viewer, partnership), as_row=lambda one: as_row(one, today=today)
        ),
        "can_edit": request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id),
    }
    return page(request, "engagement/activity_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def activity_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One activity: its promise, what is open, who comes, what came of it, and the one next step."""
    activity = visible_activity(request, slug, number)
    return render(request, "engagement/activity_detail.html", _detail(request, activity))


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Plan one."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    form = ActivityForm(request.POST or None, goals=goals_visible_to(request.viewer).filter(partnership=partnership))
    if request.method == "POST" and form.is_valid():
        try:
            activity = plan_activity(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Planned. Nobody is told before you announce it."))
            return to_activity(activity)
    return _form_page(request, partnership, form)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change one; who registered is told what concerns them."""
    activity = editable_activity(request, slug, number)
    goals = goals_visible_to(request.viewer).filter(partnership=activity.partnership)
    form = ActivityForm(request.POST or None, goals=goals, instance=activity)
    if request.method == "POST" and form.is_valid():
        try:
            change_activity(activity=activity, by=request.user, **form.cleaned_data)
        except ActivityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return to_activity(activity)
    return _form_page(request, activity.partnership, form, activity=activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_announce(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Tell everybody."""
    activity = editable_activity(request, slug, number)
    try:
        _activity, findings = announce_activity(activity=activity, by=request.user)
    except ActivityRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Announced. Everybody can read it and register."))
        for finding in findings:
            messages.warning(request, str(finding.message))
    return to_activity(activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_hold(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down that it took place."""
    activity = editable_activity(request, slug, number)
    came = door_figures(activity).came
    form = HeldForm(request.POST or None, initial={"head_count": came or None})
    return _step(
        request, activity, form, (_("It took place"), _("Save")),
        lambda values: hold_activity(activity=activity, by=request.user, **values),
    )  # fmt: skip


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_summarise(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Publish what was said."""
    activity = editable_activity(request, slug, number)
    form = SummaryForm(request.POST or None, initial={"summary": activity.summary, "outputs": activity.outputs})
    return _step(
        request, activity, form, (_("What was said"), _("Publish the summary")),
        lambda values: publish_summary(activity=activity, by=request.user, **values),
    )  # fmt: skip


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_quote(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Publish somebody's own words, with their consent."""
    activity = editable_activity(request, slug, number)
    form = QuoteForm(request.POST or None)
    return _step(
        request, activity, form, (_("In somebody's own words"), _("Publish the words")),
        lambda values: add_quote(activity=activity, by=request.user, **values),
    )  # fmt: skip


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_quote_remove(request: SpaceRequest, slug: str, number: int, activity_quote_id: uuid.UUID) -> HttpResponse:
    """Take somebody's words back."""
    activity = editable_activity(request, slug, number)
    quotes = ActivityQuote.objects.filter(activity=activity).select_related("activity__partnership")
    remove_quote(quote=get_object_or_404(quotes, pk=activity_quote_id), by=request.user)
    messages.success(request, _("The words are not published any more."))
    return to_activity(activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Name what came of it."""
    activity = editable_activity(request, slug, number)
    form = AnswerForm(
        request.POST or None,
        themes=themes_to_name(activity.partnership),
        decisions=decisions_to_name(activity.partnership),
    )
    return _step(
        request, activity, form, (_("What came of it"), _("Tell everybody")),
        lambda values: answer_activity(activity=activity, by=request.user, **values),
    )  # fmt: skip


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_close(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Close the loop."""
    activity = editable_activity(request, slug, number)
    try:
        close_activity(activity=activity, by=request.user)
    except ActivityRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The loop is closed. People's contacts are deleted in time."))
    return to_activity(activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_cancel(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Call it off; everybody who registered is told why."""
    activity = editable_activity(request, slug, number)
    form = CallOffForm(request.POST or None)
    return _step(
        request, activity, form, (_("Call the activity off"), _("Call it off and tell everybody")),
        lambda values: cancel_activity(activity=activity, by=request.user, **values),
    )  # fmt: skip


def _step(
    request: SpaceRequest,
    activity: EngagementActivity,
    form: KitForm,
    words: tuple[str, str],
    take: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            take(form.cleaned_data)
        except ActivityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return to_activity(activity)
    context = {
        "form": form,
        "activity": activity,
        "partnership": activity.partnership,
        "title": words[0],
        "action": words[1],
    }
    return render(request, "engagement/activity_step.html", context, status=422 if form.errors else 200)


def _form_page(
    request: SpaceRequest, partnership: Partnership, form: ActivityForm, *, activity: EngagementActivity | None = None
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "activity": activity}
    return render(request, "engagement/activity_form.html", context, status=422 if form.errors else 200)


def _detail(request: SpaceRequest, activity: EngagementActivity) -> dict[str, Any]:
    partnership, now = activity.partnership, timezone.now()
    today = timezone.localdate(now)
    can_edit = request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id)
    facts = facts_of(activity, has_answer=has_answer(activity))
    findings = announcing_findings(facts, today=today) if activity.state == State.PLANNED else []
    if activity.state == State.ANSWERED:
        findings = closing_findings(facts)
    themes, decisions = answers_of(activity)
    return {
        "activity": activity,
        "partnership": partnership,
        "when": when_of(activity),
        "tone": TONES[activity.state],
        "promise": promise_of(activity),
        "access": access_lines(activity),
        "can_edit": can_edit,
        "can_change": can_edit and bool(can_change(facts)),
        "step": next_step(facts, now=now) if can_edit else "",
        "announcing": can_announce(facts, now=now),
        "findings": [(one.message, severity_of(one.code, partnership.mode) == Severity.BLOCKS) for one in findings],
        "is_ahead": activity.state in AHEAD,
        "is_late": is_report_back_late(activity, today=today),
        "figures": door_figures(activity) if can_edit else None,
        "room": room_in(activity) if can_edit else None,
        "quotes": list(activity.quotes.order_by("id")),
        "themes": themes,
        "decisions": decisions,
        "cards": card_sheets(activity) if can_edit else [],
        "shows_cards": shows_cards(activity, now=now),
        "public_address": _public_address(activity),
    }


def _public_address(activity: EngagementActivity) -> str:
    is_public = activity.partnership.visibility == Visibility.PUBLIC and activity.announced_on is not None
    return absolute(public_url_of(activity)) if is_public else ""
