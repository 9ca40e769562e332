"""Threads: a part of the page of what is talked about, and a page by itself where there is no JavaScript."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, requires
from core.web.pages import page, wants_fragment
from partnerships.forms.thread import CommentForm
from partnerships.operations.thread import CommentRefusedError, withdraw_comment, write_comment
from partnerships.queries.thread import comment_rows, comments_on, people_to_mention
from partnerships.rules.thread import Author
from partnerships.threads import ThreadSubject, thread_subject
from partnerships.views.doors import partnership_allowing


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def thread(request: SpaceRequest, slug: str, subject_kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """What is said about a thing the viewer may see, and a field to say something."""
    subject = _subject(request, slug, subject_kind, subject_id)
    form = CommentForm(
        request.POST if request.method == "POST" else None, people=people_to_mention(subject, _author(request))
    )
    if request.method == "POST":
        partnership_allowing(request, slug, Permission.TAKE_PART)
        if form.is_valid() and _written(request, subject, form):
            if not wants_fragment(request):
                return redirect(f"{subject.url}#talk")
            form = CommentForm(people=people_to_mention(subject, _author(request)))
    return _answer(request, subject, form)


@requires(Permission.TAKE_PART)
@require_POST
def comment_withdraw(
    request: SpaceRequest, slug: str, subject_kind: str, subject_id: uuid.UUID, comment_id: uuid.UUID
) -> HttpResponse:
    """Take one's own words back."""
    subject = _subject(request, slug, subject_kind, subject_id)
    comment = get_object_or_404(comments_on(subject), pk=comment_id)
    try:
        withdraw_comment(comment=comment, by=request.user)
    except CommentRefusedError as refusal:
        messages.error(request, str(refusal))
    if wants_fragment(request):
        return _answer(request, subject, CommentForm(people=people_to_mention(subject, _author(request))))
    return redirect(f"{subject.url}#talk")


def _written(request: SpaceRequest, subject: ThreadSubject, form: CommentForm) -> bool:
    try:
        write_comment(subject=subject, by=request.user, **form.cleaned_data)
    except CommentRefusedError as refusal:
        form.add_error("ask", str(refusal))
    except TooOftenError:
        form.add_error(None, _("That was a lot in a short time. Go on a little later."))
    return not form.errors


def _answer(request: SpaceRequest, subject: ThreadSubject, form: CommentForm) -> HttpResponse:
    context = {
        "subject": subject,
        "partnership": subject.partnership,
        "rows": comment_rows(subject, _author(request)),
        "form": form,
        "can_write": request.viewer.can(Permission.TAKE_PART, subject.partnership.scope_id),
        "is_fragment": wants_fragment(request),
    }
    status = 422 if form.errors else 200
    return page(request, "partnerships/thread.html", context, partial="talk", status=status)


def _subject(request: SpaceRequest, slug: str, kind: str, subject_id: uuid.UUID) -> ThreadSubject:
    subject = thread_subject(request.viewer, kind, subject_id)
    if subject is None or subject.partnership.slug != slug:
        raise Http404
    return subject


def _author(request: SpaceRequest) -> Author:
    return Author(user_id=request.user.pk)
