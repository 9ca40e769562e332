"""Writing down what could go wrong, who looks after it, and what is done about it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from goals.models import Risk
from goals.rules.risk import can_move_risk, has_response
from partnerships.models import Partnership
from partnerships.queries.representative import active_representation
from partnerships.rules.member import can_act_for_member

KEYS = {"tenant", "partnership", "goal", "owner_member", "owner_person"}
# What history keeps of a change: no free text, which may speak of people.
TOLD = ("likelihood", "impact", "response", "review_on", "visibility")
MOST_OF_ONE = 500


class RiskRefusedError(Exception):
    """The state of the risk does not allow this; the message says why."""


@transaction.atomic
def add_risk(*, partnership: Partnership, by: User | None, **fields: Any) -> Risk:
    """Write down a risk of a partnership, or of one of its goals; never more visible than the partnership.

    Raises ValidationError, also for an owner who does not speak for the organisation.
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    rows = Risk.objects.filter(partnership=parent)
    if rows.count() >= MOST_OF_ONE:
        raise ValidationError(_("Five hundred risks are enough for one partnership."))
    last = rows.aggregate(last=Max("number"))["last"] or 0
    risk = Risk(partnership=parent, number=last + 1, **fields)
    _checked(risk, owner_changed=True)
    risk.save()
    changes = {"likelihood": risk.likelihood, "impact": risk.impact}
    record("risk.added", risk, by=by, scope_id=parent.scope_id, changes=changes)
    return risk


@transaction.atomic
def change_risk(*, risk: Risk, by: User, **fields: Any) -> Risk:
    """Look at a risk again: how likely, how serious, who looks after it, what is done, when next.

    One that was being dealt with and has no response any more is open again. Raises as ``add_risk``.
    """
    locked = _locked(risk)
    require_meant(locked, fields)
    changes = changed_fields(locked, {name: value for name, value in fields.items() if name in TOLD})
    owners = (locked.owner_member_id, locked.owner_person_id)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked, owner_changed=owners != (locked.owner_member_id, locked.owner_person_id))
    if locked.state == Risk.State.TREATED and not has_response(response=locked.response, actions=locked.actions):
        locked.state = Risk.State.OPEN
    locked.save()
    record("risk.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def move_risk(*, risk: Risk, to: str, by: User) -> Risk:
    """Take a risk on: being dealt with, over, or happened.

    Refuses a state that does not follow, and dealing with it without a response (RiskRefusedError).
    """
    locked = _locked(risk)
    verdict = can_move_risk(state=locked.state, to=to, response=locked.response, actions=locked.actions)
    if not verdict:
        raise RiskRefusedError(str(verdict.reason))
    before, locked.state = locked.state, Risk.State(to)
    locked.save(update_fields=["state"])
    record("risk.moved", locked, by=by, scope_id=locked.partnership.scope_id, changes={"state": [before, to]})
    return locked


def _locked(risk: Risk) -> Risk:
    rows = Risk.objects.select_for_update(of=("self",)).select_related("partnership", "goal", "owner_member")
    return rows.get(pk=risk.pk)


def _checked(risk: Risk, *, owner_changed: bool) -> None:
    if risk.goal is not None and risk.goal.partnership_id != risk.partnership_id:
        raise ValidationError({"goal": _("This goal belongs to another partnership.")})
    if owner_changed:
        _check_owner(risk)
    risk.visibility = capped(Visibility(risk.visibility), cap=Visibility(risk.partnership.visibility))
    risk.full_clean(exclude=KEYS)


def _check_owner(risk: Risk) -> None:
    member = risk.owner_member
    if member is not None and member.partnership_id != risk.partnership_id:
        raise ValidationError({"owner_member": _("This organisation is not in the partnership.")})
    if member is not None and not (verdict := can_act_for_member(state=member.state)):
        raise ValidationError({"owner_member": str(verdict.reason)})
    if risk.owner_person_id is None:
        return
    if member is None:
        raise ValidationError({"owner_member": _("Choose the organisation this person speaks for.")})
    if active_representation(risk.owner_person_id, member.pk) is None:
        raise ValidationError({"owner_person": _("This person does not speak for the organisation.")})
