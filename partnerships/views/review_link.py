"""The pages of an e-mailed link to read a version and remark on it; a GET never changes anything."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.documents.markdown import render_markdown
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.clause_request import ObjectionForm, RequestForm
from partnerships.models import AgreementVersion, PartnershipMember
from partnerships.operations.agreement_minor import object_to_minor_change
from partnerships.operations.clause_request import ClauseRequestRefusedError, make_clause_request
from partnerships.operations.review_link import ReviewLinkGoneError, open_review_link, renew_review_link
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_text import clause_parts, text_of
from partnerships.queries.clause_request import request_rows
from partnerships.rules.agreement import standing_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.clause_request import can_be_objected_to, can_be_remarked
from partnerships.rules.redline import redline
from partnerships.rules.redline_short import Paragraph, changed_paragraphs

LONGEST_WORDS = 2000


@by_link
@require_http_methods(["GET", "POST"])
def review_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The text, what changed, the partner's remarks with their answers, and a new remark or objection."""
    try:
        version, representative, holder = open_review_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except ReviewLinkGoneError:
        gone = {"token": token, "words": words_typed(request)}
        return render(request, "partnerships/review_link_gone.html", gone, status=410)
    member = representative.member
    form = _form(request, version, can_commit=representative.can_commit)
    if request.method == "POST" and form is not None and form.is_valid() and sent_from(form, version, member, holder):
        return render(request, "partnerships/review_link_done.html")
    parts = clause_parts(version)
    context = {
        "version": version,
        "state_label": standing_of(version, today=timezone.localdate())[1],
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
        "organisation": member.organisation.name,
        "person": holder.person,
        "text": render_markdown(text_of(version), top_heading=2),
        "paragraphs": _changed(version),
        "requests": request_rows(version, parts, member=member),
        "annexes": annexes_of(version),
        "token": token,
        "form": form,
        "objects": isinstance(form, ObjectionForm),
    }
    return render(request, "partnerships/review_link.html", context, status=422 if form and form.errors else 200)


def _changed(version: AgreementVersion) -> list[Paragraph]:
    """What is another than in the version it is based on."""
    before = version.based_on
    return changed_paragraphs(redline(text_of(before), text_of(version))) if before else []


def _form(request: SpaceRequest, version: AgreementVersion, *, can_commit: bool) -> RequestForm | ObjectionForm | None:
    """What can be said about a version now; None when it is only to be read."""
    posted = request.POST if request.method == "POST" else None
    if can_be_remarked(state=version.state):
        return RequestForm(posted, parts=clause_parts(version))
    objectable = can_be_objected_to(
        state=version.state, objections_until=version.objections_until, today=timezone.localdate()
    )
    return ObjectionForm(posted) if objectable and can_commit else None


def sent_from(
    form: RequestForm | ObjectionForm, version: AgreementVersion, member: PartnershipMember, holder: LinkHolder
) -> bool:
    """Whether what a valid form says was stored; when it was refused, the words stand at the field."""
    say = object_to_minor_change if isinstance(form, ObjectionForm) else make_clause_request
    try:
        say(version=version, member=member, by=holder, **form.cleaned_data)
    except ClauseRequestRefusedError as refusal:
        form.add_error("text", str(refusal))
        return False
    return True


def words_typed(request: SpaceRequest) -> str:
    """What somebody wrote on a link's page that had ended meanwhile, to give it back to them."""
    typed = request.POST.get("text") or request.POST.get("reason") or ""
    return typed[:LONGEST_WORDS]


@by_link
@require_POST
def review_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_review_link(token=token)
    return render(request, "partnerships/link_renewed.html")
