"""Writing down needs, taking them through their life, and saying that they are pressing."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from core.rules.membership import Verdict
from goals.models import Need, NeedVote
from goals.rules.need import can_move_need, can_support_need
from partnerships.models import Partnership, PartnershipMember
from partnerships.rules.member import can_act_for_member

MOST_OF_ONE = 1000


class NeedRefusedError(Exception):
    """The state of the need, or of the member, does not allow this; the message says why."""


@transaction.atomic
def add_need(*, partnership: Partnership, by: User | None, today: date | None = None, **fields: Any) -> Need:
    """Write down a need; never more visible than its partnership.

    Raises ValidationError, also for evidence of a day to come.
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    rows = Need.objects.filter(partnership=parent)
    if rows.count() >= MOST_OF_ONE:
        raise ValidationError(_("A thousand needs are enough for one partnership."))
    last = rows.aggregate(last=Max("number"))["last"] or 0
    need = Need(partnership=parent, number=last + 1, **fields)
    _checked(need, today)
    need.save()
    record("need.added", need, by=by, scope_id=parent.scope_id)
    return need


@transaction.atomic
def change_need(*, need: Need, by: User, today: date | None = None, **fields: Any) -> Need:
    """Say a need more exactly, or add the evidence for it. Raises as ``add_need``."""
    locked = _locked(need)
    require_meant(locked, fields)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked, today)
    locked.save()
    record("need.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"fields": sorted(changes)})
    return locked


@transaction.atomic
def move_need(*, need: Need, to: str, by: User) -> Need:
    """Take a need on to another state. Refuses one that does not follow (NeedRefusedError)."""
    locked = _locked(need)
    _require(can_move_need(state=locked.state, to=to))
    before, locked.state = locked.state, Need.State(to)
    locked.save(update_fields=["state"])
    record("need.moved", locked, by=by, scope_id=locked.partnership.scope_id, changes={"state": [before, to]})
    return locked


@transaction.atomic
def support_need(*, need: Need, member: PartnershipMember, by: User) -> NeedVote:
    """Say for a member that a need is pressing; a second time changes nothing.

    Refuses a settled need, and a member that left or is of another partnership (NeedRefusedError).
    """
    locked = _locked(need)
    _of_the_partnership(locked, member)
    _require(can_support_need(state=locked.state))
    _require(can_act_for_member(state=member.state))
    vote, is_new = NeedVote.objects.get_or_create(need=locked, member=member, defaults={"by": by})
    if is_new:
        changes = {"member": str(member.pk)}
        record("need.supported", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return vote


@transaction.atomic
def withdraw_support(*, need: Need, member: PartnershipMember, by: User) -> None:
    """Take a member's support back; without one nothing changes. Refuses a member of another partnership."""
    locked = _locked(need)
    _of_the_partnership(locked, member)
    removed, _by_table = NeedVote.objects.filter(need=locked, member=member).delete()
    if removed:
        changes = {"member": str(member.pk)}
        record("need.support_withdrawn", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=need.pk)


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise NeedRefusedError(str(verdict.reason))


def _of_the_partnership(need: Need, member: PartnershipMember) -> None:
    if member.partnership_id != need.partnership_id:
        raise NeedRefusedError(_("This organisation is not in the partnership."))


def _checked(need: Need, today: date | None) -> None:
    if not need.statement_en and not need.statement_it:
        raise ValidationError({"statement": _("Write what is needed, in one language at least.")})
    if need.evidence_on and need.evidence_on > (today or timezone.localdate()):
        raise ValidationError({"evidence_on": _("This day is still to come.")})
    need.visibility = capped(Visibility(need.visibility), cap=Visibility(need.partnership.visibility))
    need.full_clean(exclude={"tenant", "partnership"})
