"""An organisation's own pages: signed in or by mailed link, with the same steps."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.operations.link import LinkUnknownError
from core.web.access import SpaceRequest, by_link, requires
from core.web.space import space_url
from stakeholders.forms.profile import OwnAssetForm, OwnPersonForm, ProfileForm
from stakeholders.models import Affiliation, Asset, Stakeholder
from stakeholders.operations.profile import (
    Editor,
    EditRefusedError,
    ask_to_add_person,
    change_offer,
    change_person,
    change_profile,
    offer_asset,
    say_person_left,
)
from stakeholders.operations.profile_link import ProfileLinkGoneError, open_profile_link
from stakeholders.queries.profile import looked_at_lately, own_assets, own_organisations, places_in, waiting_of
from stakeholders.views.sent import sent

Address = Callable[..., str]


@dataclass(frozen=True)
class Desk:
    """Where somebody keeps an organisation's profile: whose it is, who they are, the addresses of their pages.

    ``others`` leads to what others can bring, for whoever is signed in.
    """

    organisation: Stakeholder
    editor: Editor
    layout: str
    home: str
    new_person: str
    person: Address
    new_asset: str
    asset: Address
    others: str


@requires(Permission.EDIT_OWN_PROFILE)
@require_safe
def profile_list(request: SpaceRequest) -> HttpResponse:
    """The organisations one belongs to; straight to it where there is one."""
    found = list(own_organisations(request.user))
    if len(found) == 1:
        return redirect(space_url("profile_detail", stakeholder_id=found[0].pk))
    return render(request, "stakeholders/profile_list.html", {"organisations": found})


@requires(Permission.EDIT_OWN_PROFILE)
@require_http_methods(["GET", "POST"])
def profile_detail(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """What the organisation says of itself, and its people."""
    return _profile(request, _signed_in(request, stakeholder_id))


@requires(Permission.EDIT_OWN_PROFILE)
@require_http_methods(["GET", "POST"])
def profile_person_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Say that somebody else works here."""
    return _new_person(request, _signed_in(request, stakeholder_id))


@requires(Permission.EDIT_OWN_PROFILE)
@require_http_methods(["GET", "POST"])
def profile_person(request: SpaceRequest, stakeholder_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Change what is known of a colleague, or say that they left."""
    return _person(request, _signed_in(request, stakeholder_id), person_id)


@requires(Permission.EDIT_OWN_PROFILE)
@require_http_methods(["GET", "POST"])
def profile_asset_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Say what else the organisation can bring."""
    return _asset(request, _signed_in(request, stakeholder_id))


@requires(Permission.EDIT_OWN_PROFILE)
@require_http_methods(["GET", "POST"])
def profile_asset(request: SpaceRequest, stakeholder_id: uuid.UUID, asset_id: uuid.UUID) -> HttpResponse:
    """Change what is said of something it can bring."""
    return _asset(request, _signed_in(request, stakeholder_id), asset_id)


@by_link
@require_http_methods(["GET", "POST"])
def profile_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The same for somebody without an account."""
    return _by_link(request, token, _profile)


@by_link
@require_http_methods(["GET", "POST"])
def profile_link_person_new(request: SpaceRequest, token: str) -> HttpResponse:
    """Say that somebody else works here, by link."""
    return _by_link(request, token, _new_person)


@by_link
@require_http_methods(["GET", "POST"])
def profile_link_person(request: SpaceRequest, token: str, person_id: uuid.UUID) -> HttpResponse:
    """Change what is known of a colleague, by link."""
    return _by_link(request, token, lambda asked, desk: _person(asked, desk, person_id))


@by_link
@require_http_methods(["GET", "POST"])
def profile_link_asset_new(request: SpaceRequest, token: str) -> HttpResponse:
    """Say what else the organisation can bring, by link."""
    return _by_link(request, token, _asset)


@by_link
@require_http_methods(["GET", "POST"])
def profile_link_asset(request: SpaceRequest, token: str, asset_id: uuid.UUID) -> HttpResponse:
    """Change what is said of something it can bring, by link."""
    return _by_link(request, token, lambda asked, desk: _asset(asked, desk, asset_id))


def _signed_in(request: SpaceRequest, stakeholder_id: uuid.UUID) -> Desk:
    organisation = get_object_or_404(own_organisations(request.user), pk=stakeholder_id)
    return Desk(
        organisation=organisation,
        editor=Editor(user=request.user),
        layout="layouts/app.html",
        home=space_url("profile_detail", stakeholder_id=stakeholder_id),
        new_person=space_url("profile_person_new", stakeholder_id=stakeholder_id),
        person=lambda pk: space_url("profile_person", stakeholder_id=stakeholder_id, person_id=pk),
        new_asset=space_url("profile_asset_new", stakeholder_id=stakeholder_id),
        asset=lambda pk: space_url("profile_asset", stakeholder_id=stakeholder_id, asset_id=pk),
        others=space_url("asset_list"),
    )


def _by_link(request: SpaceRequest, token: str, page: Callable[[SpaceRequest, Desk], HttpResponse]) -> HttpResponse:
    try:
        organisation, person = open_profile_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except ProfileLinkGoneError:
        return render(request, "stakeholders/link_gone.html", status=410)
    here = {"tenant": request.tenant.slug, "token": token}
    desk = Desk(
        organisation=organisation,
        editor=Editor(person=person),
        layout="layouts/plain.html",
        home=reverse("profile_link", kwargs=here),
        new_person=reverse("profile_link_person_new", kwargs=here),
        person=lambda pk: reverse("profile_link_person", kwargs={**here, "person_id": pk}),
        new_asset=reverse("profile_link_asset_new", kwargs=here),
        asset=lambda pk: reverse("profile_link_asset", kwargs={**here, "asset_id": pk}),
        others="",
    )
    return page(request, desk)


def _profile(request: SpaceRequest, desk: Desk) -> HttpResponse:
    form = ProfileForm(sent(request), organisation=desk.organisation)
    if request.method == "POST" and form.is_valid():
        edit = _try(
            form, lambda: change_profile(organisation=desk.organisation, editor=desk.editor, **form.cleaned_data)
        )
        if not form.errors:
            messages.success(
                request, _("Saved. The coordination sees what changed.") if edit else _("Nothing changed.")
            )
            return redirect(desk.home)
    people = [(place, desk.person(place.person_id)) for place in places_in(desk.organisation)]
    context = {
        "desk": desk,
        "form": form,
        "people": people,
        "assets": [(asset, desk.asset(asset.pk)) for asset in own_assets(desk.organisation)],
        "waiting": waiting_of(desk.organisation),
        "answered": looked_at_lately(desk.organisation, today=timezone.localdate()),
    }
    return render(request, "stakeholders/profile_detail.html", context, status=422 if form.errors else 200)


def _new_person(request: SpaceRequest, desk: Desk) -> HttpResponse:
    form = OwnPersonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        _try(form, lambda: ask_to_add_person(organisation=desk.organisation, editor=desk.editor, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Thank you. The coordination adds them."))
            return redirect(desk.home)
    context = {"desk": desk, "form": form, "place": None}
    return render(request, "stakeholders/profile_person.html", context, status=422 if form.errors else 200)


def _person(request: SpaceRequest, desk: Desk, person_id: uuid.UUID) -> HttpResponse:
    place = get_object_or_404(places_in(desk.organisation), person=person_id)
    has_left = "left" in request.POST
    form = OwnPersonForm.of(place, None if has_left else sent(request))
    if request.method == "POST" and (has_left or form.is_valid()):
        _try(form, lambda: _say(desk, place, None if has_left else form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Saved. The coordination sees what changed."))
            return redirect(desk.home)
    context = {"desk": desk, "form": form, "place": place}
    return render(request, "stakeholders/profile_person.html", context, status=422 if form.errors else 200)


def _asset(request: SpaceRequest, desk: Desk, asset_id: uuid.UUID | None = None) -> HttpResponse:
    asset = get_object_or_404(own_assets(desk.organisation), pk=asset_id) if asset_id else None
    form = OwnAssetForm(sent(request), asset=asset)
    if request.method == "POST" and form.is_valid():
        _try(form, lambda: _offer(desk, asset, form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Saved. The coordination sees what changed."))
            return redirect(desk.home)
    context = {"desk": desk, "form": form, "asset": asset}
    return render(request, "stakeholders/profile_asset.html", context, status=422 if form.errors else 200)


def _offer(desk: Desk, asset: Asset | None, facts: dict[str, Any]) -> None:
    if asset is None:
        offer_asset(organisation=desk.organisation, editor=desk.editor, **facts)
    else:
        change_offer(organisation=desk.organisation, asset=asset, editor=desk.editor, **facts)


def _say(desk: Desk, place: Affiliation, facts: dict[str, Any] | None) -> None:
    if facts is None:
        say_person_left(organisation=desk.organisation, person=place.person, editor=desk.editor)
    else:
        change_person(organisation=desk.organisation, person=place.person, editor=desk.editor, **facts)


def _try(form: Any, write: Callable[[], Any]) -> Any:
    """Write; what is refused becomes an error of the form."""
    try:
        return write()
    except ValidationError as error:
        form.add_error(None, error)
    except EditRefusedError as refusal:
        form.add_error(None, str(refusal))
    return None
