"""Starting a partnership, changing what it says of itself, and moving it through its life."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import AccessScope, User
from core.operations.audit import changed_fields, record
from core.operations.levels import note_withdrawal, require_meant
from partnerships.gates import GateState, gate_states
from partnerships.kit_sections import registered_kit_sections
from partnerships.models import Partnership
from partnerships.rules.partnership import RESERVED_SLUGS, is_reason_given, next_states


class TransitionRefusedError(Exception):
    """The partnership cannot go there: not from its state, or a gate is closed and no reason was given.

    ``closed`` lists the closed gates.
    """

    def __init__(self, message: str, closed: list[GateState] | None = None) -> None:
        super().__init__(message)
        self.closed = closed or []


@transaction.atomic
def start_partnership(*, name: str, slug: str, by: User | None, **fields: Any) -> Partnership:
    """A new partnership in state ``idea`` with a scope of its own. Raises ValidationError."""
    scope = AccessScope.objects.create(kind=AccessScope.Kind.PARTNERSHIP)
    partnership = Partnership(name=name, slug=slug, scope=scope, **fields)
    _check(partnership)
    partnership.save()
    record("partnership.started", partnership, by=by, scope_id=scope.pk)
    return partnership


@transaction.atomic
def change_partnership(*, partnership: Partnership, by: User, **fields: Any) -> Partnership:
    """Change what a partnership says of itself: words, dates, mode, rhythm, who leads it. Raises ValidationError.

    With another start the drafts of its kit move along. What everybody could read leaves the day of its withdrawal.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    require_meant(locked, fields)
    changes, started_on, level = changed_fields(locked, fields), locked.starts_on, locked.visibility
    for name, value in fields.items():
        setattr(locked, name, value)
    note_withdrawal(
        locked,
        was_told=level == Visibility.PUBLIC,
        is_told=locked.visibility == Visibility.PUBLIC,
        today=timezone.localdate(),
    )
    _check(locked)
    locked.save()
    if locked.starts_on != started_on:
        _move_drafts(locked, started_on)
    switched = "partnership.made_light" if locked.mode == Partnership.Mode.LIGHT else "partnership.made_full"
    verb = switched if set(changes) == {"mode"} else "partnership.changed"
    record(verb, locked, by=by, scope_id=locked.scope_id, changes=changes)
    return locked


@transaction.atomic
def move_partnership(
    *, partnership: Partnership, to: str, by: User | None, reason: str = "", today: date | None = None
) -> Partnership:
    """Move to another state of its life.

    Refuses a state that does not follow the present one, and a closed gate that blocks in the partnership's mode
    unless ``reason`` says why it is passed all the same (domain 0.4): TransitionRefusedError. One that becomes active
    without a start begins that day, and the drafts of its kit get their days.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if to not in next_states(locked.state):
        raise TransitionRefusedError(_("The partnership cannot go there from its present state."))
    target = Partnership.State(to)
    closed = [gate for gate in gate_states(locked, target) if not gate.is_open]
    blocking = [gate for gate in closed if gate.blocks]
    if blocking and not is_reason_given(reason):
        raise TransitionRefusedError(
            _("Some conditions are not met. Meet them, or write why you go on without."), blocking
        )
    before, locked.state = locked.state, target
    locked.state_since = today or timezone.localdate()
    locked.save(update_fields=["state", "state_since"])
    if target == Partnership.State.ACTIVE:
        _begin(locked, on=locked.state_since)
    changes = {"state": [before, to], "gates_passed": [gate.code for gate in closed], "reason": reason}
    record("partnership.moved", locked, by=by, scope_id=locked.scope_id, changes=changes)
    return locked


def _begin(partnership: Partnership, *, on: date) -> None:
    if partnership.starts_on is not None or (partnership.ends_on is not None and partnership.ends_on <= on):
        return
    partnership.starts_on = on
    partnership.save(update_fields=["starts_on"])
    _move_drafts(partnership, None, today=on)


def _move_drafts(partnership: Partnership, before: date | None, *, today: date | None = None) -> None:
    for section in registered_kit_sections():
        section.move(partnership, before, today)


def _check(partnership: Partnership) -> None:
    if partnership.slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("Choose another short name: this one has a meaning of its own.")})
    partnership.full_clean()
