"""One resident's message: reading, answering, filing, closing."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from engagement.forms.submission import FileForm, ModerationForm, ReplyForm
from engagement.models import Submission
from engagement.operations.submission import (
    SubmissionRefusedError,
    close_submission,
    mark_submission_as_spam,
    put_into_theme,
    read_submission,
    reopen_submission,
    reply_to_submission,
    take_out_of_theme,
)
from engagement.queries.submission import submission_of, submission_to_sort
from engagement.queries.theme import themes_to_put_into
from engagement.views.submission_page import submission_page

REOPEN = "submission_reopen"


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def submission_detail(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """One message with everything that can be done about it. Opening it changes nothing."""
    return submission_page(request, get_object_or_404(submission_of(request.viewer, submission_id)))


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def submission_reply(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Answer the person."""
    submission = get_object_or_404(submission_of(request.viewer, submission_id))
    form = ReplyForm(request.POST, auto_id="reply_%s")
    if form.is_valid():
        try:
            reply_to_submission(
                submission=submission, text=form.cleaned_data["text"], settled=form.settled, by=request.user
            )
        except SubmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is on its way."))
            return redirect(_url_of(submission))
    return submission_page(request, submission, reply_form=form, status=422)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_file(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Put the message into a theme."""
    submission = found_to_sort(request, submission_id)
    form = FileForm(request.POST, themes=themes_to_put_into(submission.partnership), auto_id="file_%s")
    if form.is_valid():
        try:
            theme = put_into_theme(submission=submission, by=request.user, **form.cleaned_data)
        except SubmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = space_url("submission_unfile", submission_id=submission_id, theme_id=theme.pk)
            messages.success(request, _("The message is in its theme."), extra_tags=undo)
            return redirect(_url_of(submission))
    return submission_page(request, submission, file_form=form, status=422)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_unfile(request: SpaceRequest, submission_id: uuid.UUID, theme_id: uuid.UUID) -> HttpResponse:
    """Take the message out of a theme."""
    submission = found_to_sort(request, submission_id)
    theme = get_object_or_404(themes_to_put_into(submission.partnership), pk=theme_id)
    take_out_of_theme(submission=submission, theme=theme, by=request.user)
    messages.success(request, _("The message is in this theme no more."))
    return redirect(_url_of(submission))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_read(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Mark the message as read."""
    return acted(request, submission_id, read_submission, _("Marked as read."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_close(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Close what was answered."""
    return acted(request, submission_id, close_submission, _("The message is closed."), undone_by=REOPEN)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_spam(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Set aside what is no message, with the reason."""
    submission = found_to_sort(request, submission_id)
    form = ModerationForm(request.POST, auto_id="spam_%s")
    if not form.is_valid():
        return submission_page(request, submission, spam_form=form, status=422)
    spam = partial(mark_submission_as_spam, reason=form.cleaned_data["reason"])
    return acted(request, submission_id, spam, _("Set aside. It counts nowhere."), undone_by=REOPEN)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_reopen(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Take the message up again."""
    return acted(request, submission_id, reopen_submission, _("The message is open again."))


def found_to_sort(request: SpaceRequest, submission_id: uuid.UUID) -> Submission:
    """A message the viewer may sort; 404 for any other."""
    found: Submission = get_object_or_404(submission_to_sort(request.viewer, submission_id))
    return found


def acted(
    request: SpaceRequest, submission_id: uuid.UUID, operation: Callable[..., Any], done: str, *, undone_by: str = ""
) -> HttpResponse:
    """Do something with a message and come back to it, or to the inbox when it is out of the viewer's sight now.

    ``undone_by`` names the view that takes it back at once.
    """
    submission = found_to_sort(request, submission_id)
    try:
        operation(submission=submission, by=request.user)
    except SubmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        undo = space_url(undone_by, submission_id=submission_id) if undone_by else ""
        messages.success(request, done, extra_tags=undo)
    return redirect(_url_of(submission))


def _url_of(submission: Submission) -> str:
    return space_url("submission_detail", submission_id=submission.pk)
