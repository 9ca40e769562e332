"""Saying thank you in a partnership."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, requires
from core.web.lists import page_of
from core.web.space import space_url
from partnerships.forms.recognition import ThanksForm
from partnerships.models import Partnership, Recognition
from partnerships.operations.recognition import (
    RecognitionRefusedError,
    Thanks,
    ThanksLinkGoneError,
    answer_consent,
    answer_consent_by_link,
    dismiss_fact,
    dismiss_thanks,
    give_thanks,
    open_thanks_link,
    publish_thanks,
    renew_thanks_link,
    suggest_thanks,
)
from partnerships.queries.recognition import (
    may_consent,
    name_of_thanked,
    not_thanked_for_long,
    recognitions_visible_to,
    suggestions_from_data,
    who_can_be_thanked,
)
from partnerships.rules.recognition import can_answer_consent, can_give, can_make_public
from partnerships.views.doors import editable_partnership, partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

MOST_SUGGESTED = 20


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def recognitions(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who was thanked for what; for coordination also what the data suggests and who got no thanks for long."""
    partnership = visible_partnership(request, slug)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    today = timezone.localdate()
    rows = recognitions_visible_to(request.viewer).filter(partnership=partnership)
    found = page_of(request, rows, per_page=25)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "thanks_list"),
        "page": found,
        "rows": [_row(request, recognition, can_edit=can_edit) for recognition in found.rows],
        "reasons": suggestions_from_data(partnership, today=today)[:MOST_SUGGESTED] if can_edit else [],
        "not_thanked": not_thanked_for_long(partnership, today=today) if can_edit else [],
        "can_suggest": request.viewer.can(Permission.TAKE_PART, partnership.scope_id),
        "can_edit": can_edit,
    }
    return render(request, "partnerships/thanks_list.html", context)


def _row(request: SpaceRequest, recognition: Recognition, *, can_edit: bool) -> dict[str, Any]:
    return {
        "thanks": recognition,
        "to": name_of_thanked(recognition),
        "can_give": can_edit and bool(can_give(recognition)),
        "can_publish": can_edit and bool(can_make_public(recognition)),
        "asks_consent": bool(can_answer_consent(recognition)) and may_consent(recognition, request.user),
    }


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def thanks_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Say thank you (coordination), or suggest it; ``?key=`` begins with what the data suggests."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    form = ThanksForm(
        request.POST if request.method == "POST" else None,
        people=who_can_be_thanked(partnership),
        initial=_begun(request, partnership) if can_edit else {},
    )
    if request.method == "POST" and form.is_valid() and _thanked(request, partnership, form, can_edit=can_edit):
        return redirect(space_url("thanks_list", slug=slug))
    context = {"form": form, "partnership": partnership, "can_edit": can_edit}
    return render(request, "partnerships/thanks_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def thanks_step(request: SpaceRequest, slug: str, recognition_id: uuid.UUID) -> HttpResponse:
    """Give, publish or put aside a thank-you, as ``step`` says."""
    editable_partnership(request, slug)
    recognition = _recognition(request, slug, recognition_id)
    steps: dict[str, Any] = {"give": give_thanks, "publish": publish_thanks, "dismiss": dismiss_thanks}
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise BadRequest
    try:
        step(recognition=recognition, by=request.user)
        messages.success(request, _("Noted."))
    except RecognitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("thanks_list", slug=slug))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def thanks_dismiss(request: SpaceRequest, slug: str) -> HttpResponse:
    """Put aside what the data suggests."""
    partnership = editable_partnership(request, slug)
    key = request.POST.get("key", "")
    try:
        dismiss_fact(partnership=partnership, key=key, by=request.user, today=timezone.localdate())
        messages.success(request, _("Put aside."))
    except RecognitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("thanks_list", slug=slug))


@requires(Permission.TAKE_PART)
@require_POST
def thanks_consent(request: SpaceRequest, slug: str, recognition_id: uuid.UUID) -> HttpResponse:
    """Who was thanked says whether everybody may read it; for others the address does not exist."""
    recognition = _recognition(request, slug, recognition_id)
    if not may_consent(recognition, request.user):
        raise Http404
    try:
        answer_consent(recognition=recognition, agrees=request.POST.get("answer") == "yes", by=request.user)
        messages.success(request, _("Noted."))
    except RecognitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("thanks_list", slug=slug))


@by_link
@require_http_methods(["GET", "POST"])
def thanks_link(request: SpaceRequest, token: str) -> HttpResponse:
    """A thank-you from a mail, with the question whether everybody may read it; a GET changes nothing."""
    try:
        recognition = open_thanks_link(token)
        if request.method == "POST":
            recognition = answer_consent_by_link(token=token, agrees=request.POST.get("answer") == "yes")
    except LinkUnknownError as error:
        raise Http404 from error
    except ThanksLinkGoneError:
        return render(request, "partnerships/thanks_link_gone.html", {"token": token}, status=410)
    except RecognitionRefusedError as refusal:
        messages.error(request, str(refusal))
    context = {
        "thanks": recognition,
        "to": name_of_thanked(recognition),
        "can_answer": bool(can_answer_consent(recognition)),
    }
    return render(request, "partnerships/thanks_link.html", context)


@by_link
@require_POST
def thanks_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_thanks_link(token=token)
    return render(request, "partnerships/link_renewed.html")


def _begun(request: SpaceRequest, partnership: Partnership) -> dict[str, str]:
    key = request.GET.get("key", "")
    found = suggestions_from_data(partnership, today=timezone.localdate()) if key else []
    reason = next((one for one in found if one.key == key), None)
    if reason is None:
        return {}
    to = f"m:{reason.member_id}" if reason.member_id else f"p:{reason.person_id}"
    return {"to": to, "reason": reason.what, "key": key}


def _thanked(request: SpaceRequest, partnership: Partnership, form: ThanksForm, *, can_edit: bool) -> bool:
    fields = form.cleaned_data
    facts = suggestions_from_data(partnership, today=timezone.localdate()) if fields["key"] else []
    fact = next((one for one in facts if can_edit and one.key == fields["key"]), None)
    thanks = Thanks(fields["reason"], fields["text"], fact.evidence_url if fact else "", fact.key if fact else "")
    try:
        recognition = suggest_thanks(partnership=partnership, to=fields["to"], thanks=thanks, by=request.user)
        if can_edit:
            is_mailed = give_thanks(recognition=recognition, by=request.user)
    except RecognitionRefusedError as refusal:
        form.add_error("to", str(refusal))
        return False
    except TooOftenError:
        form.add_error(None, _("That was a lot in a short time. Go on a little later."))
        return False
    if not can_edit:
        messages.success(request, _("Thank you for the idea. Coordination sees it."))
    elif is_mailed:
        messages.success(request, _("Said. One mail is on its way."))
    else:
        messages.success(request, _("Said. Nobody there can be written to, so tell them yourself."))
    return True


def _recognition(request: SpaceRequest, slug: str, recognition_id: uuid.UUID) -> Recognition:
    rows = recognitions_visible_to(request.viewer).filter(partnership__slug=slug)
    return get_object_or_404(rows, pk=recognition_id)
