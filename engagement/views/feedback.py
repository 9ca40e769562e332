"""The public form, and the way back to a message with its code. No account, no script, no cookie but the form's own."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.operations.rate import TooOftenError
from core.rules.upload_content import UploadError
from core.web.access import SpaceRequest, by_link, public
from core.web.lookup import or_404
from core.web.space import absolute, space_url
from engagement.forms.feedback import AdditionForm, CodeForm, FeedbackForm
from engagement.models import Submission
from engagement.operations.feedback import (
    FeedbackRefusedError,
    UnknownCodeError,
    add_to_feedback,
    delete_photo_with_code,
    follow_feedback,
    forget_contact,
    forget_contact_with_code,
    hide_photo_with_code,
    send_feedback,
    withdraw_feedback,
)
from engagement.operations.resident_mail import STOP_PURPOSE
from engagement.queries.public_page import answer_of, form_facts
from engagement.queries.public_phrase import written_language
from engagement.queries.public_settings import emergency_numbers, urgent_words
from engagement.queries.submission import additions_to, members_named, replies_to, themes_of
from engagement.queries.submission_photo import photos_of
from engagement.rules.limits import too_often_in_words
from engagement.rules.notice import notice_of
from engagement.rules.progress import progress_of
from engagement.rules.submission import (
    STATE_TONES,
    WAITING,
    answer_due_on,
    can_add,
    can_receive_feedback,
    can_withdraw,
)
from engagement.rules.urgency import sounds_urgent
from engagement.views.public_frame import in_chosen_language, network_of, public_page_response
from partnerships.models import Partnership

TOO_MANY, GONE = 429, 410


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def feedback_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write to a partnership; the answer to the form is the page with the code, at no address of its own."""
    return answer_feedback_form(request, slug)


def answer_feedback_form(request: SpaceRequest, slug: str, *, is_embedded: bool = False) -> HttpResponse:
    """The form, or what follows on it; embedded it stands in another site's page and carries no token."""
    facts = or_404(form_facts(slug))
    partnership = facts.partnership
    if not can_receive_feedback(partnership):
        return public_page_response(
            request, "engagement/feedback_closed.html", {"partnership": partnership}, status=GONE
        )
    form = FeedbackForm(
        request.POST or None,
        request.FILES or None,
        form_id=partnership.pk,
        members=members_named(partnership),
        offered=facts.members,
        now=timezone.now(),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _sent(request, partnership, form, is_embedded=is_embedded)
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
            except UploadError as refusal:
                form.add_error("photo", str(refusal))
    context = {
        "form": form,
        "partnership": partnership,
        "notice": notice_of(request.tenant),
        "numbers": facts.numbers,
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        **_framed(is_embedded=is_embedded),
    }
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
def feedback_add(request: SpaceRequest) -> HttpResponse:
    """Add words to a message with its code."""
    form = AdditionForm(request.POST)
    if not form.is_valid():
        return _with_code(request, follow_feedback, addition=form)
    add = partial(add_to_feedback, text=form.cleaned_data["text"])
    return _with_code(request, add, added=form.cleaned_data["text"], done=_("Thank you. What you added is here."))


@public
@require_POST
@in_chosen_language
def feedback_contact_forget(request: SpaceRequest) -> HttpResponse:
    """Delete the address left with a message, with its code."""
    return _with_code(request, forget_contact_with_code, done=_("Your e-mail address is deleted."))


@public
@require_POST
@in_chosen_language
def feedback_photo(request: SpaceRequest) -> HttpResponse:
    """Take back that the photo may be shown, or delete it, with the message's code."""
    if "delete" in request.POST:
        return _with_code(request, delete_photo_with_code, done=_("Your photo is deleted."))
    return _with_code(request, hide_photo_with_code, done=_("Your photo is not shown any more."))


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


def _with_code(
    request: SpaceRequest,
    operation: Callable[..., Submission],
    *,
    addition: AdditionForm | None = None,
    added: str = "",
    done: str = "",
) -> HttpResponse:
    """Do something with the message of the code; ``addition`` goes back on its page with what is to put right.

    ``done`` is what was done, in words. Who ``added`` something of danger is told whom to call.
    """
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
            is_urgent = sounds_urgent(added, urgent_words(submission.language) if added else ())
            code = form.cleaned_data["code"]
            return status_page(request, submission, code, addition, is_urgent=is_urgent, done=done)
    return public_page_response(request, "engagement/feedback_code.html", {"form": form}, status=status)


def _promised(submission: Submission, *, today: date) -> dict[str, Any]:
    """By when whoever waits for a first answer was promised one, and whether that day is over."""
    waits = submission.wants_reply and submission.answered_on is None
    if not waits or submission.state not in {*WAITING, Submission.State.MERGED}:
        return {"answer_by": None}
    due_on = answer_due_on(timezone.localdate(submission.received_hour))
    return {"answer_by": due_on, "is_late": due_on < today}


def _framed(*, is_embedded: bool) -> dict[str, Any]:
    return {"is_embedded": True, "frame": "engagement/frame_embedded.html"} if is_embedded else {}


def _sent(request: SpaceRequest, partnership: Partnership, form: FeedbackForm, *, is_embedded: bool) -> HttpResponse:
    given = form.cleaned_data
    sent = send_feedback(
        partnership=partnership,
        category=given["category"],
        text=given["text"],
        place=given["place"],
        contact_email=given["email"],
        wants_reply=not given["no_reply"],
        channel=Submission.Channel.QR if request.GET.get("via") == "qr" else Submission.Channel.WEB,
        about_member=given["about_member"],
        photo=given["photo"],
        photo_may_be_shown=given["photo_may_be_shown"],
        has_guardian=given["has_guardian"],
        nonce=given["nonce"],
        language=written_language(request.LANGUAGE_CODE),
        sent_from=network_of(request),
        now=form.now,
    )
    context = {
        "sent": sent,
        "numbers": emergency_numbers() if sent.is_urgent else [],
        "partnership": partnership,
        "mails_answer": bool(given["email"]),
        "follow_address": absolute(space_url("feedback_status")).partition("://")[2],
        **_framed(is_embedded=is_embedded),
    }
    return public_page_response(request, "engagement/feedback_sent.html", context)


def status_page(
    request: SpaceRequest,
    submission: Submission,
    code: str,
    addition: AdditionForm | None = None,
    *,
    is_urgent: bool = False,
    done: str = "",
) -> HttpResponse:
    """What whoever holds the code of a message reads of it."""
    additions = list(additions_to(submission))
    today = timezone.localdate()
    context = {
        "submission": submission,
        "code": code,
        "done": done,
        "tone": STATE_TONES[submission.state],
        "progress": progress_of(submission, submission.duplicate_of),
        **_promised(submission, today=today),
        "replies": replies_to(submission),
        "additions": additions,
        "photo": photos_of(submission).first(),
        "answers": [answer_of(theme, today=today) for theme in themes_of(submission, published=True)],
        "can_withdraw": bool(can_withdraw(submission)),
        "can_add": bool(can_add(submission, added=len(additions))),
        "form": addition or AdditionForm(),
        "numbers": emergency_numbers() if is_urgent else [],
    }
    status = 422 if addition is not None else 200
    return public_page_response(request, "engagement/feedback_status.html", context, status=status)
