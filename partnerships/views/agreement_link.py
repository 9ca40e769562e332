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
from partnerships.operations.signature import SignatureIncompleteError, SignatureRefusedError, answer_signature
from partnerships.operations.signature_link import SignatureLinkGoneError, open_signature_link, renew_signature_link


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
    form = AnswerForm(request.POST if request.method == "POST" else None, version=version, name=holder.person.name)
    if request.method == "POST" and form.is_valid():
        try:
            answered = answer_signature(signature=signature, by=holder, **form.answer_given())
        except SignatureIncompleteError as missing:
            for name, message in missing.fields.items():
                form.add_error(name, message)
        except SignatureRefusedError as refusal:
            form.add_error("answer", str(refusal))
        else:
            return render(request, "partnerships/agreement_link_done.html", {"signature": answered, "version": version})
    context = {
        "form": form,
        "version": version,
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
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
