"""Sorting a message: join it, give it to somebody, refer it, say whom it is about."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from engagement.forms.submission import AboutForm, AssignForm, MergeForm, ReferForm
from engagement.operations.submission import SubmissionRefusedError
from engagement.operations.triage import (
    assign_submission,
    merge_submission,
    refer_urgent_submission,
    say_whom_it_is_about,
    split_submission,
)
from engagement.queries.handler import handlers_of
from engagement.queries.submission import members_named, submission_of, submissions_to_join
from engagement.views.submission import acted, found_to_sort
from engagement.views.submission_page import submission_page


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_merge(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Join the message with another."""
    submission = found_to_sort(request, submission_id)
    form = MergeForm(request.POST, others=submissions_to_join(request.viewer, submission), auto_id="merge_%s")
    if not form.is_valid():
        return submission_page(request, submission, merge_form=form, status=422)
    merge = partial(merge_submission, into=form.cleaned_data["into"])
    done = _("Joined: each sender gets the answer.")
    return acted(request, submission_id, merge, done, undone_by="submission_split")


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_split(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Take the message out of the one it was joined with."""
    return acted(request, submission_id, split_submission, _("The message stands for itself again."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_assign(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Give the message to somebody, or take it from them."""
    submission = found_to_sort(request, submission_id)
    form = AssignForm(request.POST, handlers=handlers_of(submission), auto_id="assign_%s")
    if not form.is_valid():
        return submission_page(request, submission, assign_form=form, status=422)
    to = form.cleaned_data["to"]
    done = _("%(name)s has it in hand.") % {"name": to} if to else _("Nobody has it in hand.")
    return acted(request, submission_id, partial(assign_submission, to=to), done)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_refer(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Note to whom something urgent was taken."""
    submission = found_to_sort(request, submission_id)
    form = ReferForm(request.POST, auto_id="refer_%s")
    if not form.is_valid():
        return submission_page(request, submission, refer_form=form, status=422)
    refer = partial(refer_urgent_submission, to=form.cleaned_data["to"])
    return acted(request, submission_id, refer, _("Noted. The person sees that it was taken to those who can act."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_about(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Say which member a complaint is about; back to the inbox when the viewer may not see it any more."""
    submission = found_to_sort(request, submission_id)
    form = AboutForm(request.POST, members=members_named(submission.partnership), auto_id="about_%s")
    if not form.is_valid():
        return submission_page(request, submission, about_form=form, status=422)
    try:
        say_whom_it_is_about(submission=submission, member=form.cleaned_data["member"], by=request.user)
    except SubmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Nobody of that organisation sees it from now on."))
    if not submission_of(request.viewer, submission_id).exists():
        return redirect(space_url("inbox"))
    return redirect(space_url("submission_detail", submission_id=submission_id))
