"""The pages of an e-mailed signature link; a GET never changes anything."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.documents.markdown import render_markdown
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.agreement import AnswerForm
from partnerships.forms.clause_request import RequestForm
from partnerships.models import Signature
from partnerships.operations.signature import note_viewed
from partnerships.operations.signature_link import SignatureLinkGoneError, open_signature_link, renew_signature_link
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_text import clause_parts, reworded_since_accepted, text_of
from partnerships.queries.clause_request import request_rows
from partnerships.rules.authority import LinkHolder
from partnerships.rules.clause_request import can_be_remarked
from partnerships.rules.instrument import methods_for
from partnerships.views.review_link import sent_from, words_typed
from partnerships.views.signature import answer_from


@by_link
@require_http_methods(["GET", "POST"])
def agreement_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The text, one answer to it, and before that as many remarks as it needs."""
    try:
        signature, holder = open_signature_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except SignatureLinkGoneError:
        context = {"token": token, "words": words_typed(request)}
        return render(request, "partnerships/agreement_link_gone.html", context, status=410)
    if request.method != "POST":
        return _page(request, signature, holder, form=_unanswered(signature, holder))
    signature.viewed_at = note_viewed(signature=signature, by=holder).viewed_at
    return _posted(request, signature, holder)


def _posted(request: SpaceRequest, signature: Signature, holder: LinkHolder) -> HttpResponse:
    if "viewed" in request.POST:
        if request.htmx:
            return HttpResponse(status=204)
        return _page(request, signature, holder, form=_unanswered(signature, holder), noted=True)
    if can_be_remarked(state=signature.version.state):
        if "remark" in request.POST:
            return _remark(request, signature, holder)
        if request.POST.get("text", "").strip():
            return _send_remark_first(request, signature, holder)
    return _answer(request, signature, holder)


def _remark(request: SpaceRequest, signature: Signature, holder: LinkHolder) -> HttpResponse:
    """Store the remark; what was typed for the answer stays in its fields."""
    version = signature.version
    remark = RequestForm(request.POST, parts=clause_parts(version))
    is_sent = remark.is_valid() and sent_from(remark, version, signature.member, holder)
    form = _half_filled(request, signature, holder)
    return _page(request, signature, holder, form=form, remark=None if is_sent else remark, remarked=is_sent)


def _send_remark_first(request: SpaceRequest, signature: Signature, holder: LinkHolder) -> HttpResponse:
    """Nobody signs over a remark they wrote and did not send."""
    remark = RequestForm(request.POST, parts=clause_parts(signature.version))
    remark.add_error("text", _("Send this remark first, or empty the field. Your answer was not sent yet."))
    return _page(request, signature, holder, form=_half_filled(request, signature, holder), remark=remark)


def _answer(request: SpaceRequest, signature: Signature, holder: LinkHolder) -> HttpResponse:
    form = AnswerForm(request.POST, request.FILES, version=signature.version, name=holder.person.name)
    answered = answer_from(form, signature, by=holder) if form.is_valid() else None
    if answered is None:
        return _page(request, signature, holder, form=form)
    context = {"signature": answered, "version": signature.version}
    return render(request, "partnerships/agreement_link_done.html", context)


def _unanswered(signature: Signature, holder: LinkHolder) -> AnswerForm:
    return AnswerForm(version=signature.version, name=holder.person.name)


def _half_filled(request: SpaceRequest, signature: Signature, holder: LinkHolder) -> AnswerForm:
    """The answer as it was typed so far, not yet judged."""
    form = _unanswered(signature, holder)
    typed = {name: request.POST[name] for name in form.fields if name in request.POST and name != "hash_seen"}
    form.initial.update(typed)
    return form


def _page(
    request: SpaceRequest,
    signature: Signature,
    holder: LinkHolder,
    *,
    form: AnswerForm,
    remark: RequestForm | None = None,
    remarked: bool = False,
    noted: bool = False,
) -> HttpResponse:
    version = signature.version
    parts = clause_parts(version)
    if remark is None and can_be_remarked(state=version.state):
        remark = RequestForm(parts=parts)
    context = {
        "form": form,
        "remark": remark,
        "remarked": remarked,
        "noted": noted,
        "lost_file": "delegation" in request.FILES,
        "requests": request_rows(version, parts, member=signature.member),
        "annexes": annexes_of(version),
        "version": version,
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
        "signature": signature,
        "organisation": signature.member.organisation.name,
        "person": holder.person,
        "text": render_markdown(text_of(version), top_heading=2),
        "needs_file": Signature.Method.IN_APP not in methods_for(version.agreement.instrument_type),
        "reworded": reworded_since_accepted(signature),
    }
    is_refused = bool(form.errors or (remark and remark.errors))
    return render(request, "partnerships/agreement_link.html", context, status=422 if is_refused else 200)


@by_link
@require_POST
def agreement_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_signature_link(token=token)
    return render(request, "partnerships/link_renewed.html")
