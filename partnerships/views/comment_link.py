"""Answering in a thread from an e-mailed link: no password, and a GET never changes anything."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.thread import CommentLinkForm
from partnerships.operations.comment_link import (
    AskedByLink,
    CommentLinkGoneError,
    open_comment_link,
    renew_comment_link,
)
from partnerships.operations.thread import CommentRefusedError, write_comment
from partnerships.queries.thread import comment_rows, people_to_mention
from partnerships.rules.thread import Author


@by_link
@require_http_methods(["GET", "POST"])
def comment_link(request: SpaceRequest, token: str) -> HttpResponse:
    """What was asked and said, and a field to answer."""
    try:
        found = open_comment_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except CommentLinkGoneError:
        return render(request, "partnerships/comment_link_gone.html", {"token": token}, status=410)
    author = Author(person_id=found.person.pk)
    asker = _asker_key(found, author)
    name = str(found.comment.author_user or found.comment.author_person) if asker else ""
    form = CommentLinkForm(request.POST if request.method == "POST" else None, asker=name)
    is_sent = request.method == "POST" and form.is_valid() and _answered(found, form, asker)
    context = {"found": found, "rows": comment_rows(found.subject, author), "form": form, "is_sent": is_sent}
    return render(request, "partnerships/comment_link.html", context, status=422 if form.errors else 200)


@by_link
@require_POST
def comment_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_comment_link(token=token)
    return render(request, "partnerships/link_renewed.html")


def _asker_key(found: AskedByLink, author: Author) -> str:
    """The key of who asked, when they can be told of the answer."""
    keys = {f"u:{found.comment.author_user_id}", f"p:{found.comment.author_person_id}"}
    return next((one.key for one in people_to_mention(found.subject, author) if one.key in keys), "")


def _answered(found: AskedByLink, form: CommentLinkForm, asker: str) -> bool:
    ask = asker if form.cleaned_data.get("tell") else ""
    try:
        write_comment(subject=found.subject, text=form.cleaned_data["text"], person=found.person, ask=ask)
    except CommentRefusedError as refusal:
        form.add_error("text", str(refusal))
    except TooOftenError:
        form.add_error(None, _("That was a lot in a short time. Go on a little later."))
    return not form.errors
