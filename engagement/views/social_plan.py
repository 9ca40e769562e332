"""The social media plan of a partnership and its channels."""

import uuid
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
from core.web.space import space_url
from engagement.forms.social_plan import ChannelForm, PlanReviewForm, SocialPlanForm
from engagement.models import SocialChannel
from engagement.operations.social_plan import (
    ChannelInUseError,
    remove_channel,
    review_social_plan,
    save_channel,
    save_social_plan,
)
from engagement.queries.social_plan import (
    channels_of,
    goals_served,
    languages_offered,
    people_to_publish,
    plan_of,
    reach_by_channel,
    social_plans_visible_to,
)
from engagement.rules.social_plan import is_review_due
from engagement.views.post_doors import post_ways
from goals.queries.goal import goals_visible_to
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.queries.member import active_members
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def social_plan(request: SpaceRequest, slug: str) -> HttpResponse:
    """The plan as everybody in the partnership reads it, its channels, and how far posts went."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    plan = plan_of(request.viewer, partnership)
    channels = list(channels_of(request.viewer, partnership))
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    is_due = plan is not None and is_review_due(plan, today=today)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "post_list"),
        "ways": post_ways(partnership, "social_plan", can_edit=can_edit),
        "plan": plan,
        "languages": [name for code, name in languages_offered() if plan and code in plan.language_codes],
        "goals": goals_served(request.viewer, plan) if plan else [],
        "channels": channels,
        "reach": reach_by_channel(channels, today=today),
        "can_edit": can_edit,
        "is_due": is_due,
        "form": PlanReviewForm() if can_edit and is_due else None,
    }
    return render(request, "engagement/social_plan.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def social_plan_edit(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write the plan, beginning with our words, or change it."""
    partnership = editable_partnership(request, slug)
    plan = plan_of(request.viewer, partnership)
    form = SocialPlanForm(
        request.POST or None,
        plan=plan,
        languages=languages_offered(),
        goals=goals_visible_to(request.viewer).filter(partnership=partnership),
        is_light=partnership.mode == Partnership.Mode.LIGHT,
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_social_plan(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The plan was saved."))
            return _to_plan(partnership)
    context = {"form": form, "partnership": partnership, "plan": plan}
    return render(request, "engagement/social_plan_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def social_plan_review(request: SpaceRequest, slug: str) -> HttpResponse:
    """Say that the plan was read through."""
    partnership = editable_partnership(request, slug)
    plan = get_object_or_404(social_plans_visible_to(request.viewer), partnership=partnership)
    form = PlanReviewForm(request.POST)
    if form.is_valid():
        kept = review_social_plan(plan=plan, by=request.user, **form.cleaned_data)
        day = kept.review_on.isoformat()
        messages.success(request, _("Read through. It comes up again on %(day)s.") % {"day": day})
    else:
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return _to_plan(partnership)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def social_channel_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Add a channel."""
    return _channel_form(request, editable_partnership(request, slug), None)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def social_channel_edit(request: SpaceRequest, slug: str, social_channel_id: uuid.UUID) -> HttpResponse:
    """Change a channel."""
    partnership = editable_partnership(request, slug)
    return _channel_form(request, partnership, _channel(request, partnership, social_channel_id))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def social_channel_remove(request: SpaceRequest, slug: str, social_channel_id: uuid.UUID) -> HttpResponse:
    """Take a channel out that was never used."""
    partnership = editable_partnership(request, slug)
    try:
        remove_channel(channel=_channel(request, partnership, social_channel_id), by=request.user)
    except ChannelInUseError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The channel was taken out."))
    return _to_plan(partnership)


def _channel_form(request: SpaceRequest, partnership: Partnership, channel: SocialChannel | None) -> HttpResponse:
    names = ("kind", "name", "url", "owner", "publisher", "is_used")
    form = ChannelForm(
        request.POST or None,
        members=active_members(partnership),
        people=people_to_publish(partnership),
        initial={name: getattr(channel, name) for name in names} if channel else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_channel(partnership=partnership, channel=channel, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return _to_plan(partnership)
    context: dict[str, Any] = {"form": form, "partnership": partnership, "channel": channel}
    return render(request, "engagement/social_channel_form.html", context, status=422 if form.errors else 200)


def _channel(request: SpaceRequest, partnership: Partnership, social_channel_id: uuid.UUID) -> SocialChannel:
    return get_object_or_404(channels_of(request.viewer, partnership), pk=social_channel_id)


def _to_plan(partnership: Partnership) -> HttpResponse:
    return redirect(space_url("social_plan", slug=partnership.slug))
