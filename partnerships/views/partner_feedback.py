"""What partners say of working together, and what coordination answers."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from partnerships.forms.partner_feedback import FeedbackAnswerForm, PartnerFeedbackForm
from partnerships.operations.partner_feedback import (
    FeedbackRefusedError,
    answer_partner_feedback,
    give_partner_feedback,
)
from partnerships.queries.partner_feedback import feedback_for, feedback_row
from partnerships.queries.representative import acting_member
from partnerships.views.doors import editable_partnership, partnership_allowing


@requires(Permission.TAKE_PART)
@require_safe
def partner_feedback(request: SpaceRequest, slug: str) -> HttpResponse:
    """What was said, as far as the viewer may read it, and the answers."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    viewer, user, today = request.viewer, request.user, timezone.localdate()
    context = {
        "partnership": partnership,
        "page": page_of(
            request,
            feedback_for(viewer, user, partnership),
            per_page=25,
            as_row=lambda one: feedback_row(one, viewer, user, today=today),
        ),
        "can_answer": viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
        "can_say": acting_member(user, partnership) is not None,
    }
    return render(request, "partnerships/partner_feedback_list.html", context)


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def partner_feedback_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Say something for one's own organisation; 404 for whoever speaks for none."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    if acting_member(request.user, partnership) is None:
        raise Http404
    form = PartnerFeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            give_partner_feedback(partnership=partnership, by=request.user, **form.cleaned_data)
        except FeedbackRefusedError as refusal:
            form.add_error("text", str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. The coordination will answer."))
            return redirect(space_url("partner_feedback_list", slug=slug))
    context = {"partnership": partnership, "form": form, "row": None}
    return render(request, "partnerships/partner_feedback_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def partner_feedback_answer(request: SpaceRequest, slug: str, partner_feedback_id: uuid.UUID) -> HttpResponse:
    """Answer what a partner said."""
    partnership = editable_partnership(request, slug)
    feedback = get_object_or_404(feedback_for(request.viewer, request.user, partnership), pk=partner_feedback_id)
    form = FeedbackAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_partner_feedback(feedback=feedback, by=request.user, **form.cleaned_data)
        except FeedbackRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The answer was stored."))
            return redirect(space_url("partner_feedback_list", slug=slug))
    row = feedback_row(feedback, request.viewer, request.user, today=timezone.localdate())
    context = {"partnership": partnership, "form": form, "row": row}
    return render(request, "partnerships/partner_feedback_form.html", context, status=422 if form.errors else 200)
