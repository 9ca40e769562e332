"""What a partnership needs: asking for it, having it met, dropping it, asking again."""

from datetime import date
from typing import Any

from django.db import transaction

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.rules.membership import Verdict
from partnerships.models import Commitment, Partnership, ResourceNeed
from partnerships.operations.commitment import record_commitment
from partnerships.queries.member import active_members
from partnerships.rules.member import can_act_for_member
from partnerships.rules.resource_need import can_drop_need, can_meet_need, can_reopen_need
from stakeholders.models import Asset

UNSETTLED = (Commitment.State.PROPOSED, Commitment.State.OPEN)


class NeedRefusedError(Exception):
    """The need cannot go there; the message says why."""


@transaction.atomic
def open_resource_need(
    *,
    partnership: Partnership,
    kind: str,
    title: str,
    by: User | None,
    description: str = "",
    place: str = "",
    needed_from: date | None = None,
    needed_until: date | None = None,
    template_key: str = "",
) -> ResourceNeed:
    """Write down that something is needed. Raises ValidationError, among others for days in the wrong order."""
    need = ResourceNeed(
        partnership=partnership,
        kind=kind,
        title=title,
        description=description,
        place=place,
        needed_from=needed_from,
        needed_until=needed_until,
        template_key=template_key,
    )
    need.full_clean()
    need.save()
    _record("opened", need, by, {"kind": kind})
    return need


@transaction.atomic
def change_resource_need(*, need: ResourceNeed, by: User, **fields: Any) -> ResourceNeed:
    """Say more exactly what is needed. Raises ValidationError; NeedRefusedError for another kind of what is met."""
    locked = _locked(need)
    if locked.met_by_id and fields.get("kind", locked.kind) != locked.kind:
        _require(can_drop_need(locked))
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    _record("changed", locked, by)
    return locked


@transaction.atomic
def meet_resource_need(*, need: ResourceNeed, by: User, asset: Asset | None = None) -> ResourceNeed:
    """Note that the need is met, by something a stakeholder brings or otherwise. Raises NeedRefusedError.

    What a member brings is a promise: it stands in the ledger, once the member confirms it.
    """
    locked = _locked(need)
    _require(can_meet_need(locked, asset))
    locked.state, locked.met_by = ResourceNeed.State.MET, asset
    locked.save(update_fields=["state", "met_by"])
    _record("met", locked, by, {"asset": str(asset.pk) if asset else ""})
    if asset is not None:
        _promise_of(locked, asset, by)
    return locked


@transaction.atomic
def drop_resource_need(*, need: ResourceNeed, by: User) -> ResourceNeed:
    """Note that it is not needed any more. Raises NeedRefusedError."""
    locked = _locked(need)
    _require(can_drop_need(locked))
    locked.state = ResourceNeed.State.DROPPED
    locked.save(update_fields=["state"])
    _record("dropped", locked, by)
    return locked


@transaction.atomic
def reopen_resource_need(*, need: ResourceNeed, by: User) -> ResourceNeed:
    """Ask for it again; what met it is free. Raises NeedRefusedError."""
    locked = _locked(need)
    _require(can_reopen_need(locked))
    locked.state, locked.met_by = ResourceNeed.State.OPEN, None
    locked.save(update_fields=["state", "met_by"])
    _record("reopened", locked, by)
    return locked


def _promise_of(need: ResourceNeed, asset: Asset, by: User) -> None:
    """Write the offer down once, also when the need was asked again and is met by the same."""
    members = active_members(need.partnership).filter(organisation=asset.owner_id)
    written = {"title": asset.title, "source": Commitment.Source.OFFER, "reference": need.title}
    known = Commitment.objects.filter(member__in=members.order_by().values("pk"), state__in=UNSETTLED, **written)
    member = None if known.exists() else members.first()
    if member is not None and can_act_for_member(state=member.state):
        seen = Visibility(min(asset.visibility, Visibility.PARTNERS))
        day = need.needed_from or need.needed_until
        record_commitment(member=member, by=by, due_on=day, visibility=seen, **written)


def _locked(need: ResourceNeed) -> ResourceNeed:
    found: ResourceNeed = ResourceNeed.objects.select_for_update().get(pk=need.pk)
    return found


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise NeedRefusedError(str(verdict.reason))


def _record(what: str, need: ResourceNeed, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"resource_need.{what}", need, by=by, scope_id=need.partnership.scope_id, changes=changes)
