"""Rounds of slips, and the page on which a slip answers: no account, no name, no script, and a GET changes nothing."""

import uuid
from dataclasses import dataclass

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.operations.link import LinkExpiredError, LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, requires
from core.web.space import space_url
from stakeholders.forms.representation import AnswerForm, RoundForm
from stakeholders.operations.representation import AuditStateError
from stakeholders.operations.representation_round import (
    HandedOut,
    SlipRefusedError,
    answer_without_name,
    audit_of_round,
    end_round,
    hand_out_slips,
)
from stakeholders.queries.representation import audits_visible_to, categories_of
from stakeholders.rules.representation_slip import LONGEST_TYPED
from stakeholders.rules.representation_words import question_of
from stakeholders.views.sent import sent

TOO_MANY, GONE = 429, 410


@dataclass(frozen=True)
class PrintedSlip:
    """A slip as it is printed: its code, and the address that brings the code along, as text and as a QR code."""

    code: str
    url: str
    drawing: SafeString


@requires(Permission.EDIT_STAKEHOLDERS)
@never_cache
@require_http_methods(["GET", "POST"])
def representation_round(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Hand out slips; they are shown once, as the answer to the form."""
    audit = get_object_or_404(audits_visible_to(request.viewer), pk=audit_id)
    form = RoundForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            handed_out = hand_out_slips(audit=audit, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except AuditStateError as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"audit": audit, "handed_out": handed_out, "slips": _printed(handed_out)}
            return render(request, "stakeholders/representation_slips.html", context)
    context = {"form": form, "audit": audit, "today": timezone.localdate()}
    return render(request, "stakeholders/representation_round.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def representation_round_end(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Take no more answers and show what was said."""
    audit = get_object_or_404(audits_visible_to(request.viewer), pk=audit_id)
    end_round(audit=audit, by=request.user)
    messages.success(request, _("The round is over."))
    return redirect(space_url("representation_detail", audit_id=audit_id))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def representation_answer(request: SpaceRequest, token: str) -> HttpResponse:
    """One question and a code that answers once."""
    try:
        audit = audit_of_round(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except LinkExpiredError:
        return render(request, "stakeholders/representation_over.html", status=GONE)
    groups = categories_of(audit.profile)
    initial = {"code": request.GET.get("code", "")[:LONGEST_TYPED]}
    form = AnswerForm(sent(request), groups=groups, question=question_of(audit.profile.dimension), initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_without_name(token=token, **form.facts())
            except SlipRefusedError as refusal:
                form.add_error("code", str(refusal))
            except ValidationError as error:
                form.add_error(None, error)
            except TooOftenError:
                form.add_error(None, _("Many answers are arriving right now. Please try again in an hour."))
                status = TOO_MANY
            else:
                return render(request, "stakeholders/representation_thanks.html", {"audit": audit})
    context = {"audit": audit, "form": form}
    return render(request, "stakeholders/representation_answer.html", context, status=status)


def _printed(handed_out: HandedOut) -> list[PrintedSlip]:
    urls = [(code, f"{handed_out.url}?code={code}") for code in handed_out.codes]
    return [PrintedSlip(code, url, _qr(url)) for code, url in urls]


def _qr(url: str) -> SafeString:
    drawing = segno.make(url, error="l").svg_inline(scale=3, border=4, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from modules, nothing of the text is in it
