"""What organisations changed of their own profiles: seeing it, accepting it, putting it back; and mailing links."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from stakeholders.forms.profile import EditAnswerForm, ProfileLinkForm
from stakeholders.models import Stakeholder
from stakeholders.operations.profile import EditRefusedError, accept_edit, put_back_edit
from stakeholders.operations.profile_link import send_profile_link
from stakeholders.queries.profile import as_edit_row, edits_to_look_at, places_in
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs

PER_PAGE = 20


@requires(Permission.EDIT_STAKEHOLDERS)
@require_safe
def profile_edits(request: SpaceRequest) -> HttpResponse:
    """What nobody has looked at yet, the latest first."""
    context = {
        "tabs": section_tabs(request, "profile_edit_list"),
        "page": page_of(request, edits_to_look_at(request.viewer), per_page=PER_PAGE, as_row=as_edit_row),
    }
    return render(request, "stakeholders/profile_edit_list.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def profile_edit_decide(request: SpaceRequest, profile_edit_id: uuid.UUID) -> HttpResponse:
    """Accept an edit, or put back all of it or the facts that were ticked."""
    edit = get_object_or_404(edits_to_look_at(request.viewer), pk=profile_edit_id)
    answer, word = request.POST.get("answer"), EditAnswerForm(request.POST)
    if answer not in {"accept", "put_back"}:
        raise BadRequest
    if not word.is_valid():
        messages.error(request, " ".join(map(str, word.errors["text"])))
        return redirect(space_url("profile_edit_list"))
    text = word.cleaned_data["text"]
    try:
        if answer == "accept":
            outcome = accept_edit(edit=edit, by=request.user, answer=text)
        else:
            facts = request.POST.getlist("fact") or None
            outcome = put_back_edit(edit=edit, by=request.user, facts=facts, answer=text)
    except (EditRefusedError, ValidationError) as refusal:
        said = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, said)
        return redirect(space_url("profile_edit_list"))
    if outcome.kept:
        count = len(outcome.kept)
        words = ngettext(
            "Put back, but for %(count)d fact that somebody changed since.",
            "Put back, but for %(count)d facts that somebody changed since.",
            count,
        )
        messages.warning(request, words % {"count": count})
    else:
        messages.success(request, _("Accepted.") if answer == "accept" else _("Put back."))
    return redirect(space_url("profile_edit_list"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def profile_link_send(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Mail somebody of an organisation a link to its profile."""
    organisations = stakeholders_kept_by(request.viewer).exclude(kind=Stakeholder.Kind.PERSON)
    organisation = get_object_or_404(organisations, pk=stakeholder_id)
    places = {
        str(place.pk): place
        for place in places_in(organisation)
        if place.person.email and not place.person.do_not_contact
    }
    people = [(key, f"{place.person.name} ({place.person.email})") for key, place in places.items()]
    form = ProfileLinkForm(sent(request), people=people)
    if request.method == "POST" and form.is_valid():
        try:
            send_profile_link(place=places[str(form.cleaned_data["place"])], by=request.user)
        except EditRefusedError as refusal:
            form.add_error("place", str(refusal))
        else:
            messages.success(request, _("The link is on its way."))
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder_id))
    context = {"form": form, "organisation": organisation, "has_people": bool(people)}
    return render(request, "stakeholders/profile_link_send.html", context, status=422 if form.errors else 200)
