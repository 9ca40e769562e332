"""Reading what partnerships ask of the whole register, and who has a number already."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import User
from core.queries.places import place_names
from core.queries.viewer import viewer_for
from core.web.space import space_url
from stakeholders.models import Identifier, RegisterRequest, Stakeholder
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.register_request import NOT_FROM_HERE, NOT_FROM_HERE_CODE


@dataclass(frozen=True)
class RequestRow:
    """A request as the list shows it; ``holder`` is told to who sees the whole register, and once it is shared."""

    request: RegisterRequest
    place: str
    number: str
    holder: Stakeholder | None
    holder_url: str
    can_share: bool


def requests_visible_to(viewer: Viewer) -> QuerySet[RegisterRequest]:
    """What was asked, the latest first, open ones before: in the whole space all, else that of one's partnerships."""
    rows = RegisterRequest.objects.select_related("asked_by", "stakeholder").order_by("state", "-asked_at", "-id")
    if viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS):
        return rows
    if not viewer.can(Permission.EDIT_STAKEHOLDERS):
        return rows.none()
    return rows.filter(scope__in=viewer.scopes_with(Permission.EDIT_STAKEHOLDERS))


def requests_to_answer(viewer: Viewer) -> QuerySet[RegisterRequest]:
    """What waits for whoever coordinates the space; nothing for others."""
    rows = requests_visible_to(viewer).filter(state=RegisterRequest.State.ASKED)
    return rows if viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS) else rows.none()


def request_rows(viewer: Viewer, requests: Collection[RegisterRequest]) -> list[RequestRow]:
    """Requests as the list shows them; whom a number belongs to is asked for all of them at once."""
    answers = viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS)
    names, holders = place_names(), _holders(requests) if answers else {}
    return [_row(one, names, holders.get((one.scheme, one.value)), can_share=answers) for one in requests]


def _row(
    one: RegisterRequest, names: dict[uuid.UUID, str], holder: Stakeholder | None, *, can_share: bool
) -> RequestRow:
    is_shared = one.state == RegisterRequest.State.GRANTED
    told = one.stakeholder if is_shared else holder
    return RequestRow(
        request=one,
        place=names.get(one.scope_id, ""),
        number=f"{one.scheme} {one.value}".strip(),
        holder=told,
        holder_url=space_url("stakeholder_detail", stakeholder_id=told.pk) if told else "",
        can_share=can_share,
    )


def _holders(requests: Collection[RegisterRequest]) -> dict[tuple[str, str], Stakeholder]:
    codes = {one.value for one in requests if not one.scheme}
    numbers = {one.value for one in requests if one.scheme}
    found = {("", one.tax_code): one for one in Stakeholder.objects.filter(tax_code__in=codes).order_by("id")}
    if numbers:
        known = Identifier.objects.filter(value__in=numbers).select_related("stakeholder").order_by("id")
        found |= {(one.scheme, one.value): one.stakeholder for one in known}
    return found


def holder_of(*, scheme: str, value: str) -> Stakeholder | None:
    """Who in the register of the tenant has a number; ``scheme`` is empty for a tax code.

    Not narrowed to what anybody may see: tell whom to who keeps it only.
    """
    if not scheme:
        return Stakeholder.objects.filter(tax_code=value).order_by("id").first() if value else None
    known = Identifier.objects.filter(scheme=scheme, value=value).select_related("stakeholder").order_by("id").first()
    return known.stakeholder if known else None


def is_out_of_reach(stakeholder: Stakeholder, by: User | None) -> bool:
    """Whether somebody who coordinates some partnerships only does not keep a stakeholder."""
    if by is None:
        return False
    viewer = viewer_for(by)
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return False
    return not stakeholders_kept_by(viewer).filter(pk=stakeholder.pk).exists()


def refusal_of(holder: Stakeholder, *, by: User | None, taken: Any) -> ValidationError:
    """Why somebody may not write a number down that ``holder`` has; ``taken`` says so to who keeps the holder."""
    if is_out_of_reach(holder, by):
        return ValidationError(NOT_FROM_HERE, code=NOT_FROM_HERE_CODE)
    return ValidationError(taken, code="unique")


def shared_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """The stakeholders the coordination of the space shares with some partnerships, for ``stakeholders.reach``."""
    granted = RegisterRequest.objects.filter(scope__in=scope_ids, state=RegisterRequest.State.GRANTED)
    return granted.values("stakeholder")
