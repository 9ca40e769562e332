"""What stakeholders can bring: asking who has something, and writing it down."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.asset import FIELDS, AssetForm, WishForm
from stakeholders.models import Asset, Stakeholder
from stakeholders.operations.asset import (
    AssetInUseError,
    add_asset,
    add_starter,
    change_asset,
    remove_asset,
    verify_asset,
)
from stakeholders.queries.asset import Answer, assets_of, assets_visible_to, who_can_bring
from stakeholders.queries.stakeholder import is_kept_by, kept_at, stakeholders_kept_by, stakeholders_visible_to
from stakeholders.queries.strength import strengths_of
from stakeholders.rules.asset import starters_for
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs, stakeholder_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def asset_list(request: SpaceRequest) -> HttpResponse:
    """Who can bring what is looked for, with reasons, the best fit first; partners find what is shown to them."""
    form = WishForm(request.GET)
    answer = (
        who_can_bring(request.viewer, form.wish(), today=timezone.localdate())
        if form.is_valid()
        else Answer([], is_cut=False)
    )
    context = {
        "tabs": section_tabs(request, "asset_list"),
        "form": form,
        "answer": answer,
        "is_asked": any(form[name].data for name in form.fields),
        "sees_register": request.viewer.can(Permission.SEE_STAKEHOLDERS),
    }
    return page(request, "stakeholders/asset_list.html", context, partial="results", status=422 if form.errors else 200)


@members
@require_safe
def stakeholder_assets(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """What one stakeholder can bring, and what to ask it for."""
    stakeholder = get_object_or_404(stakeholders_visible_to(request.viewer), pk=stakeholder_id)
    assets = list(assets_of(request.viewer, stakeholder))
    coordinates = is_kept_by(request.viewer, stakeholder)
    can_edit = coordinates and request.viewer.can(Permission.EDIT_STAKEHOLDERS)
    is_person = stakeholder.kind == Stakeholder.Kind.PERSON
    context = {
        "stakeholder": stakeholder,
        "tabs": stakeholder_tabs(request, stakeholder, "stakeholder_assets"),
        "assets": assets,
        "starters": starters_for(stakeholder.sector, [asset.title for asset in assets]) if can_edit else [],
        "strengths": None if is_person else list(strengths_of(request.viewer, stakeholder)),
        "coordinates": coordinates,
        "can_edit": can_edit,
    }
    return render(request, "stakeholders/stakeholder_assets.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def asset_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Write down something more."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    form = AssetForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            add_asset(owner=stakeholder, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder}
    return render(request, "stakeholders/asset_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def asset_start(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Note one of the things organisations of its sector usually bring."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    try:
        add_starter(owner=stakeholder, code=request.POST.get("code", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted. Ask them, then say what they answered."))
    return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder.pk))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def asset_edit(request: SpaceRequest, stakeholder_id: uuid.UUID, asset_id: uuid.UUID) -> HttpResponse:
    """Change what is known of it."""
    asset = _asset(request, stakeholder_id, asset_id)
    stakeholder: Stakeholder = asset.owner
    form = AssetForm(sent(request), now=asset.visibility, initial={name: getattr(asset, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            change_asset(asset=asset, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder, "asset": asset}
    return render(request, "stakeholders/asset_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def asset_verify(request: SpaceRequest, stakeholder_id: uuid.UUID, asset_id: uuid.UUID) -> HttpResponse:
    """Note that it was asked today and is still so."""
    verify_asset(asset=_asset(request, stakeholder_id, asset_id), by=request.user)
    messages.success(request, _("Noted as checked today."))
    return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder_id))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def asset_remove(request: SpaceRequest, stakeholder_id: uuid.UUID, asset_id: uuid.UUID) -> HttpResponse:
    """Take it out after asking once."""
    asset = _asset(request, stakeholder_id, asset_id)
    back = space_url("stakeholder_assets", stakeholder_id=stakeholder_id)
    if request.method == "POST":
        try:
            remove_asset(asset=asset, by=request.user)
        except AssetInUseError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It was taken out."))
        return redirect(back)
    context = {
        "title": _("Remove “%(title)s”?") % {"title": asset.title},
        "text": _("Nobody finds it any more. If they only do not lend it now, say so instead."),
        "action": _("Remove it"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)


def _asset(request: SpaceRequest, stakeholder_id: uuid.UUID, asset_id: uuid.UUID) -> Asset:
    rows = assets_visible_to(request.viewer).filter(kept_at(request.viewer, "owner__")).select_related("owner")
    return get_object_or_404(rows, owner=stakeholder_id, pk=asset_id)
