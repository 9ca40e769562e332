"""Noting what changed in the community, and our part in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import record
from core.operations.levels import require_meant
from core.rules.bilingual import LANGUAGES
from goals.models import ChangeGoal, CommunityChange, Goal
from goals.queries.change import strength_for
from goals.rules.claim_words import too_strong
from partnerships.models import Partnership

KEYS = {"tenant", "partnership", "claim", "noted_by"}


@transaction.atomic
def note_change(
    *, partnership: Partnership, goals: Sequence[Goal], by: User | None, today: date, **fields: Any
) -> CommunityChange:
    """Note a change and the goals it belongs to.

    Raises ValidationError without a goal, words, day or source, for a day to come, and for words about our part that
    are stronger than its claim (R-I11).
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = CommunityChange.objects.filter(partnership=parent).aggregate(last=Max("number"))["last"] or 0
    change = CommunityChange(partnership=parent, number=last + 1, noted_by=by)
    _write(change, fields, today)
    _code(change, goals)
    changes = {"kind": change.kind, "goals": sorted(goal.number for goal in goals)}
    record("change.noted", change, by=by, scope_id=parent.scope_id, changes=changes)
    return change


@transaction.atomic
def correct_change(
    *, change: CommunityChange, by: User, today: date, goals: Sequence[Goal] | None = None, **fields: Any
) -> CommunityChange:
    """Correct what was noted; ``goals`` None leaves them. Raises ValidationError as ``note_change``."""
    rows = CommunityChange.objects.select_for_update(of=("self",)).select_related("partnership", "claim__goal")
    locked = rows.get(pk=change.pk)
    require_meant(locked, fields)
    _write(locked, fields, today)
    if goals is not None:
        _code(locked, goals)
    record("change.corrected", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def remove_change(*, change: CommunityChange, by: User) -> None:
    """Take a change out of the log; frozen reports keep it."""
    locked = CommunityChange.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=change.pk)
    record("change.removed", locked, by=by, scope_id=locked.partnership.scope_id)
    ChangeGoal.objects.filter(change=locked).delete()
    locked.delete()


def _write(change: CommunityChange, fields: dict[str, Any], today: date) -> None:
    for name, value in fields.items():
        setattr(change, name, value)
    if not change.what_en.strip() and not change.what_it.strip():
        raise ValidationError({"what": _("Write what changed.")})
    if change.claim is not None and change.claim.goal.partnership_id != change.partnership_id:
        raise ValidationError({"claim": _("This belongs to another partnership.")})
    change.visibility = capped(Visibility(change.visibility), cap=Visibility(change.partnership.visibility))
    change.clean_fields(exclude=KEYS)
    if change.since > today:
        raise ValidationError({"since": _("This day is still to come.")})
    _require_words(change)
    change.save()


def _require_words(change: CommunityChange) -> None:
    """Our part is said in words no stronger than its claim (R-I11)."""
    strength = strength_for(change.claim_id)
    found = {}
    for language in LANGUAGES:
        name = f"our_part_{language}"
        hints = [one.hint(strength, language) for one in too_strong(getattr(change, name), strength)]
        if hints:
            found[name] = hints
    if found:
        raise ValidationError(found)


def _code(change: CommunityChange, goals: Sequence[Goal]) -> None:
    if not goals:
        raise ValidationError({"goals": _("Choose the goal it belongs to.")})
    if any(goal.partnership_id != change.partnership_id for goal in goals):
        raise ValidationError({"goals": _("This belongs to another partnership.")})
    ChangeGoal.objects.filter(change=change).delete()
    ChangeGoal.objects.bulk_create(ChangeGoal(change=change, goal=goal) for goal in goals)
