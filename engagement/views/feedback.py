"""The public form, and the way back to a message with its code. No account, no script, no cookie but the form's own."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, public
from core.web.space import absolute, space_url
from engagement.forms.feedback import CodeForm, FeedbackForm
from engagement.models import Submission
from engagement.operations.feedback import (
    FeedbackRefusedError,
    UnknownCodeError,
    follow_feedback,
    forget_contact,
    forget_contact_with_code,
    send_feedback,
    withdraw_feedback,
)
from engagement.operations.resident_mail import STOP_PURPOSE
from engagement.queries.public_page import public_partnership
from engagement.queries.submission import replies_to
from engagement.rules.limits import too_often_in_words
from engagement.rules.notice import notice_of
from engagement.rules.submission import STATE_TONES, STATE_WORDS, can_receive_feedback, can_withdraw
from engagement.views.public_frame import in_chosen_language, network_of, public_page_response
from partnerships.models import Partnership

TOO_MANY, GONE = 429, 410


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def feedback_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write to a partnership; the answer to the form is the page with the code, at no address of its own."""
    partnership = get_object_or_404(public_partnership(slug))
    if not can_receive_feedback(partnership):
        return public_page_response(
            request, "engagement/feedback_closed.html", {"partnership": partnership}, status=GONE
        )
    form = FeedbackForm(request.POST or None, form_id=partnership.pk, now=timezone.now())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _sent(request, partnership, form)
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
    context = {"form": form, "partnership": partnership, "notice": notice_of(request.tenant)}
    return public_page_response(request, "engagement/feedback_form.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def feedback_status(request: SpaceRequest) -> HttpResponse:
    """Follow a message with its code; the code is sent, never part of an address."""
    if request.method == "POST":
        return _with_code(request, follow_feedback)
    return public_page_response(request, "engagement/feedback_code.html", {"form": CodeForm()})


@public
@require_POST
@in_chosen_language
def feedback_withdraw(request: SpaceRequest) -> HttpResponse:
    """Take a message back with its code."""
    return _with_code(request, withdraw_feedback)


@public
@require_POST
@in_chosen_language
def feedback_contact_forget(request: SpaceRequest) -> HttpResponse:
    """Delete the address left with a message, with its code."""
    return _with_code(request, forget_contact_with_code)


@by_link
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def feedback_contact_stop(request: SpaceRequest, token: str) -> HttpResponse:
    """Stop the mails about a message; mail programs post here by themselves (RFC 8058), opening changes nothing."""
    try:
        link = open_link(token, purpose=STOP_PURPOSE)
    except (LinkUnknownError, LinkExpiredError):
        return public_page_response(request, "engagement/feedback_contact_stop.html", {"is_over": True}, status=404)
    if request.method == "POST":
        forget_contact(submission=get_object_or_404(Submission, pk=link.subject_id))
    context = {"is_stopped": request.method == "POST"}
    return public_page_response(request, "engagement/feedback_contact_stop.html", context)


def _with_code(request: SpaceRequest, operation: Callable[..., Submission]) -> HttpResponse:
    form = CodeForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            submission = operation(code=form.cleaned_data["code"], asked_from=network_of(request))
        except UnknownCodeError:
            form.add_error("code", _("We find no message with this code. Check the letters and digits"))
        except FeedbackRefusedError as refusal:
            form.add_error(None, str(refusal))
        except TooOftenError as refusal:
            form.add_error(None, too_often_in_words(refusal.wait))
            status = TOO_MANY
        else:
            return _status_page(request, submission, form.cleaned_data["code"])
    return public_page_response(request, "engagement/feedback_code.html", {"form": form}, status=status)


def _sent(request: SpaceRequest, partnership: Partnership, form: FeedbackForm) -> HttpResponse:
    given = form.cleaned_data
    sent = send_feedback(
        partnership=partnership,
        category=given["category"],
        text=given["text"],
        place=given["place"],
        contact_email=given["email"],
        nonce=given["nonce"],
        language=request.LANGUAGE_CODE,
        sent_from=network_of(request),
        now=form.now,
    )
    context = {
        "sent": sent,
        "partnership": partnership,
        "mails_answer": bool(given["email"]),
        "follow_address": absolute(space_url("feedback_status")).partition("://")[2],
    }
    return public_page_response(request, "engagement/feedback_sent.html", context)


def _status_page(request: SpaceRequest, submission: Submission, code: str) -> HttpResponse:
    theme = submission.theme
    context = {
        "submission": submission,
        "code": code,
        "tone": STATE_TONES[submission.state],
        "words": STATE_WORDS[submission.state],
        "replies": replies_to(submission),
        "theme": theme if theme is not None and theme.published_on else None,
        "can_withdraw": bool(can_withdraw(submission)),
    }
    return public_page_response(request, "engagement/feedback_status.html", context)
