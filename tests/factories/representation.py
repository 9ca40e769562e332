"""The smallest valid community and audit, and an audit somebody answered."""

import uuid
from datetime import date

from django.utils import timezone

from stakeholders.models import ReferenceProfile, RepresentationAudit
from stakeholders.operations.representation import count_by_hand, open_representation_audit
from stakeholders.operations.representation_profile import add_reference_profile
from stakeholders.queries.representation import categories_of
from stakeholders.rules.representation_profile import Category

AGES = (("Under 30", 200), ("30-64", 500), ("65 and over", 300))


def make_profile(dimension: str = "age_band", *, groups: tuple[tuple[str, int], ...] = AGES, **facts: object):
    """A town of a thousand people in three ages."""
    facts = {"area": "Borgo", "year": 2025, "source": "Census"} | facts
    return add_reference_profile(
        dimension=dimension, categories=[Category(*group) for group in groups], by=None, **facts
    )


def make_audit(
    profile: ReferenceProfile | None = None,
    *,
    body: str = "Steering group",
    method: str = "self_declared_anonymous",
    audited_on: date | None = None,
    scope_id: uuid.UUID | None = None,
) -> RepresentationAudit:
    """A body looked at today, nobody counted yet."""
    return open_representation_audit(
        profile=profile or make_profile(),
        body=body,
        audited_on=audited_on or timezone.localdate(),
        method=method,
        scope_id=scope_id,
        by=None,
    )


def make_counted(*counts: int, not_stated: int = 0, **facts: object) -> RepresentationAudit:
    """An audit counted from cards, a count for each group in order."""
    audit = make_audit(**facts)
    groups = [group.pk for group in categories_of(audit.profile)]
    return count_by_hand(
        audit=audit, counts=dict(zip(groups, counts, strict=False)), not_stated=not_stated, from_cards=True, by=None
    )
