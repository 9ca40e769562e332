"""The steps of a post: approving, scheduling, writing down that it is out, looking back, taking it back.

No step sends anything to a channel (R-M4).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.forms import KitForm
from core.web.space import space_url
from engagement.forms.post import PublishForm, ReachForm, ReasonForm
from engagement.models import Post
from engagement.operations.post import PostRefusedError
from engagement.operations.post_step import (
    approve_post,
    publish_post,
    review_post,
    schedule_post,
    take_post_down,
    withdraw_post,
)
from engagement.queries.post import reach_of
from engagement.views.post_doors import editable_post, publishable_post, to_post
from metrics.forms.figure import add_refusal


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def post_approve(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Agree that it is told."""
    post = editable_post(request, slug, number)
    try:
        _post, findings = approve_post(post=post, by=request.user, reason=request.POST.get("reason", ""))
    except PostRefusedError as refusal:
        messages.warning(request, str(refusal))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Approved."))
        for finding in findings:
            messages.warning(request, str(finding.message))
    return to_post(post)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def post_schedule(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Put it on its day."""
    post = editable_post(request, slug, number)
    try:
        schedule_post(post=post, by=request.user)
    except PostRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Scheduled. Whoever publishes is reminded; nothing is posted by itself."))
    return to_post(post)


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def post_publish(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down that it is out."""
    post = publishable_post(request, slug, number)
    form = PublishForm(request.POST or None, initial={"published_on": timezone.localdate()})
    return _step(
        request, post, form, (_("It is published"), _("Save")),
        lambda values: publish_post(post=post, by=request.user, **values),
    )  # fmt: skip


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def post_review(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down how far it went."""
    post = publishable_post(request, slug, number)
    form = ReachForm(request.POST or None, reach=reach_of(post))
    return _step(
        request, post, form, (_("How far did it go?"), _("Save")),
        lambda values: review_post(post=post, by=request.user, **values),
        lede=_("Communication, not impact: these figures stay with the post and feed no indicator."),
    )  # fmt: skip


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def post_withdraw(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take it back."""
    post = editable_post(request, slug, number)
    form = ReasonForm(request.POST or None)
    return _step(
        request, post, form, (_("Withdraw the post"), _("Withdraw it")),
        lambda values: withdraw_post(post=post, by=request.user, **values),
        lede=_("Was it out? Then take it down from the channel as well: we remind whoever publishes.")
    )  # fmt: skip


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def post_take_down(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down that it is on the channel no more."""
    post = publishable_post(request, slug, number)
    try:
        take_post_down(post=post, by=request.user)
    except PostRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: it is on the channel no more."))
    return to_post(post)


def _step(
    request: SpaceRequest,
    post: Post,
    form: KitForm,
    words: tuple[str, str],
    take: Callable[[dict[str, Any]], object],
    *,
    lede: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            take(form.cleaned_data)
        except PostRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return to_post(post)
    context = {
        "form": form,
        "post": post,
        "partnership": post.partnership,
        "title": words[0],
        "action": words[1],
        "lede": lede,
        "back": space_url("post_detail", slug=post.partnership.slug, number=post.number),
    }
    return render(request, "engagement/post_step.html", context, status=422 if form.errors else 200)
