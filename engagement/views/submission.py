"""The inbox of residents' messages, and answering one."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from engagement.forms.submission import FileForm, InboxFilters, ReplyForm
from engagement.models import Submission
from engagement.operations.submission import (
    SubmissionRefusedError,
    close_submission,
    mark_submission_as_spam,
    put_into_theme,
    read_submission,
    reopen_submission,
    reply_to_submission,
)
from engagement.queries.submission import (
    as_row,
    partnerships_answered_by,
    replies_to,
    submission_of,
    submissions_in_inbox,
)
from engagement.queries.theme import themes_to_put_into
from engagement.rules.submission import (
    STATE_TONES,
    answer_due_on,
    can_mark_spam,
    can_read,
    can_reopen,
    can_reply,
    is_answer_late,
)


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def inbox(request: SpaceRequest) -> HttpResponse:
    """What residents wrote to all partnerships the viewer answers for; open messages unless asked otherwise."""
    today = timezone.localdate()
    filters = InboxFilters(request.GET, partnerships=partnerships_answered_by(request.viewer))
    chosen = {name: filters.chosen(name) for name in ("partnership", "state")}
    rows = submissions_in_inbox(request.viewer, **chosen, urgent=bool(filters.chosen("urgent")))
    context = {
        "page": page_of(request, rows, as_row=lambda row: as_row(row, today=today)),
        "filters": filters,
        "is_narrowed": any(chosen.values()) or bool(filters.chosen("urgent")),
    }
    return page(request, "engagement/inbox.html", context, partial="results")


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def submission_detail(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """One message with everything that can be done about it. Opening it changes nothing."""
    return _detail(request, _found(request, submission_id))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_reply(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Answer the person."""
    submission = _found(request, submission_id)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            reply_to_submission(submission=submission, text=form.cleaned_data["text"], by=request.user)
        except SubmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is on its way."))
            return redirect(_url_of(submission))
    return _detail(request, submission, reply_form=form, status=422)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_file(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Put the message into a theme."""
    submission = _found(request, submission_id)
    form = FileForm(request.POST, themes=themes_to_put_into(submission.partnership))
    if form.is_valid():
        try:
            put_into_theme(submission=submission, by=request.user, **form.cleaned_data)
        except SubmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The message is in its theme."))
            return redirect(_url_of(submission))
    return _detail(request, submission, file_form=form, status=422)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_read(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Mark the message as read."""
    return _acted(request, submission_id, read_submission, _("Marked as read."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_close(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Close what was answered."""
    return _acted(request, submission_id, close_submission, _("The message is closed."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_spam(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Set aside what is no message."""
    return _acted(request, submission_id, mark_submission_as_spam, _("Set aside. It counts nowhere."))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def submission_reopen(request: SpaceRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Take the message up again."""
    return _acted(request, submission_id, reopen_submission, _("The message is open again."))


def _found(request: SpaceRequest, submission_id: uuid.UUID) -> Submission:
    found: Submission = get_object_or_404(submission_of(request.viewer, submission_id))
    return found


def _url_of(submission: Submission) -> str:
    return space_url("submission_detail", submission_id=submission.pk)


def _acted(request: SpaceRequest, submission_id: uuid.UUID, operation: Callable[..., Any], done: str) -> HttpResponse:
    submission = _found(request, submission_id)
    try:
        operation(submission=submission, by=request.user)
    except SubmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(_url_of(submission))


def _detail(
    request: SpaceRequest,
    submission: Submission,
    *,
    reply_form: ReplyForm | None = None,
    file_form: FileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    received_on = timezone.localdate(submission.received_hour)
    themes = themes_to_put_into(submission.partnership)
    context = {
        "submission": submission,
        "received_on": received_on,
        "due_on": answer_due_on(received_on),
        "is_late": is_answer_late(submission, today=timezone.localdate()),
        "tone": STATE_TONES[submission.state],
        "replies": replies_to(submission),
        "reply_form": reply_form or ReplyForm(auto_id="reply_%s"),
        "file_form": file_form or FileForm(themes=themes, initial={"theme": submission.theme_id}, auto_id="file_%s"),
        "can_read": can_read(submission),
        "can_reply": can_reply(submission),
        "can_mark_spam": can_mark_spam(submission),
        "can_reopen": can_reopen(submission),
        "can_close": submission.state in {Submission.State.READ, Submission.State.ANSWERED},
    }
    return render(request, "engagement/submission_detail.html", context, status=status)
