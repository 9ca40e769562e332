"""Writing down a source, changing it, and deciding about it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from funding.models import FundingSource
from funding.rules.source import Kind, Status, can_decide, is_decision_dated, is_valued
from partnerships.models import Partnership


class DecisionRefusedError(Exception):
    """The source cannot be decided like this; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@transaction.atomic
def add_source(*, partnership: Partnership, by: User, today: date | None = None, **fields: Any) -> FundingSource:
    """A new source in the tenant's currency, never more visible than its partnership. Raises ValidationError.

    Refuses a gift in kind nobody valued, a decision without a day or on a day to come, and a goal of another
    partnership. The first day by which it was promised is kept, whatever is promised later.
    """
    source = FundingSource(partnership=partnership, currency=tenant_at_work().currency, **fields)
    _check(source, today=today or timezone.localdate())
    source.save()
    record("funding.added", source, by=by, scope_id=partnership.scope_id, changes={"status": source.status})
    return source


@transaction.atomic
def change_source(*, source: FundingSource, by: User, today: date | None = None, **fields: Any) -> FundingSource:
    """Change what a source says; its currency stays. Raises ValidationError like ``add_source``."""
    locked = FundingSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    require_meant(locked, fields)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _check(locked, today=today or timezone.localdate())
    locked.save()
    record("funding.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def decide_source(
    *, source: FundingSource, status: str, decided_on: date | None, by: User, today: date | None = None
) -> FundingSource:
    """Mark as secured, as not come, or as open again. Raises DecisionRefusedError (``rules.source.can_decide``)."""
    locked = FundingSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    verdict = can_decide(locked, status, decided_on, today=today or timezone.localdate())
    if not verdict:
        raise DecisionRefusedError(verdict.reason)
    before, locked.status = locked.status, status
    locked.decided_on = None if status == Status.EXPECTED else decided_on
    locked.save(update_fields=["status", "decided_on"])
    changes = {"status": [before, status], "decided_on": str(locked.decided_on or "")}
    record("funding.decided", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def _check(source: FundingSource, *, today: date) -> None:
    source.visibility = capped(Visibility(source.visibility), cap=Visibility(source.partnership.visibility))
    if source.kind != Kind.IN_KIND:
        source.valued_by = ""
    if source.status == Status.EXPECTED:
        source.decided_on = None
    source.first_due_on = source.first_due_on or source.due_on
    _require("valued_by", is_valued(source.kind, source.valued_by))
    _require("decided_on", is_decision_dated(source.status, source.decided_on, today=today))
    if source.goal is not None and source.goal.partnership_id != source.partnership_id:
        raise ValidationError({"goal": _("This goal belongs to another partnership.")})
    source.full_clean(exclude={"partnership", "goal", "giver"})


def _require(field: str, verdict: Verdict) -> None:
    if not verdict:
        raise ValidationError({field: str(verdict.reason)})
