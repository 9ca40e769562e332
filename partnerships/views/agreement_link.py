"""The pages of an e-mailed signature link; a GET never changes anything."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from core.documents.markdown import render_markdown
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.agreement import AnswerForm
from partnerships.operations.signature_link import SignatureLinkGoneError, open_signature_link, renew_signature_link
from partnerships.views.signature import answer_from


@by_link
@require_http_methods(["GET", "POST"])
def agreement_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The text, and one answer."""
    try:
        signature, holder = open_signature_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except SignatureLinkGoneError:
        return render(request, "partnerships/agreement_link_gone.html", {"token": token}, status=410)
    version = signature.version
    is_answer = request.method == "POST"
    form = AnswerForm(
        request.POST if is_answer else None,
        request.FILES if is_answer else None,
        version=version,
        name=holder.person.name,
    )
    if is_answer and form.is_valid():
        answered = answer_from(form, signature, by=holder)
        if answered is not None:
            return render(request, "partnerships/agreement_link_done.html", {"signature": answered, "version": version})
    context = {
        "form": form,
        "version": version,
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
        "signature": signature,
        "organisation": signature.member.organisation.name,
        "person": holder.person,
        "text": render_markdown(version.text, top_heading=2),
    }
    return render(request, "partnerships/agreement_link.html", context, status=422 if form.errors else 200)


@by_link
@require_POST
def agreement_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_signature_link(token=token)
    return render(request, "partnerships/link_renewed.html")
