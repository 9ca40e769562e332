"""What stands beside a stakeholder: more contacts, register numbers, tags."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.forms import KitForm
from core.web.space import space_url
from stakeholders.forms.contact import ContactForm, IdentifierForm, TagForm
from stakeholders.models import ContactPoint, Identifier, Stakeholder, StakeholderTag
from stakeholders.operations.contact import (
    add_contact_point,
    add_identifier,
    remove_contact_point,
    remove_identifier,
)
from stakeholders.operations.tag import tag_stakeholder, untag_stakeholder
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.views.sent import sent


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def contact_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """One more way to reach a stakeholder."""

    def add(stakeholder: Stakeholder, facts: dict[str, Any]) -> None:
        add_contact_point(stakeholder=stakeholder, by=request.user, **facts)

    return _added(request, stakeholder_id, ContactForm(sent(request)), add, _("Add a contact"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def identifier_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """A number in a register."""

    def add(stakeholder: Stakeholder, facts: dict[str, Any]) -> None:
        add_identifier(stakeholder=stakeholder, scheme=facts["scheme"], value=facts["value"], by=request.user)

    return _added(request, stakeholder_id, IdentifierForm(sent(request)), add, _("Add a register number"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def tag_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Put a tag on a stakeholder."""

    def add(stakeholder: Stakeholder, facts: dict[str, Any]) -> None:
        tag_stakeholder(stakeholder=stakeholder, name=facts["tag"], by=request.user)

    return _added(request, stakeholder_id, TagForm(sent(request)), add, _("Add a tag"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def contact_remove(request: SpaceRequest, stakeholder_id: uuid.UUID, contact_point_id: uuid.UUID) -> HttpResponse:
    """Take a contact out."""
    stakeholder = _visible(request, stakeholder_id)
    point = get_object_or_404(ContactPoint, pk=contact_point_id, stakeholder=stakeholder)
    remove_contact_point(point=point, by=request.user)
    return _removed(request, stakeholder)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def identifier_remove(request: SpaceRequest, stakeholder_id: uuid.UUID, identifier_id: uuid.UUID) -> HttpResponse:
    """Take a register number out."""
    stakeholder = _visible(request, stakeholder_id)
    identifier = get_object_or_404(Identifier, pk=identifier_id, stakeholder=stakeholder)
    remove_identifier(identifier=identifier, by=request.user)
    return _removed(request, stakeholder)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def tag_remove(request: SpaceRequest, stakeholder_id: uuid.UUID, stakeholder_tag_id: uuid.UUID) -> HttpResponse:
    """Take a tag off."""
    stakeholder = _visible(request, stakeholder_id)
    link = get_object_or_404(StakeholderTag, pk=stakeholder_tag_id, stakeholder=stakeholder)
    untag_stakeholder(stakeholder=stakeholder, tag=link.tag, by=request.user)
    return _removed(request, stakeholder)


def _added(
    request: SpaceRequest,
    stakeholder_id: uuid.UUID,
    form: KitForm,
    add: Callable[[Stakeholder, dict[str, Any]], None],
    title: str,
) -> HttpResponse:
    stakeholder = _visible(request, stakeholder_id)
    if request.method == "POST" and form.is_valid():
        try:
            add(stakeholder, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder, "title": title}
    return render(request, "stakeholders/beside_form.html", context, status=422 if form.errors else 200)


def _removed(request: SpaceRequest, stakeholder: Stakeholder) -> HttpResponse:
    messages.success(request, _("It was taken out."))
    return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder.pk))


def _visible(request: SpaceRequest, stakeholder_id: uuid.UUID) -> Stakeholder:
    return get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
