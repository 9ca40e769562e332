"""Reading what organisations are good at."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet, Sum

from core.access.viewer import Viewer
from stakeholders.models import Stakeholder, Strength
from stakeholders.queries.stakeholder import visible_at


def strengths_visible_to(viewer: Viewer) -> QuerySet[Strength]:
    """The strengths of the stakeholders a viewer may see, by skill."""
    return Strength.objects.filter(visible_at(viewer, "owner__")).select_related("owner").order_by("skill", "id")


def strengths_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[Strength]:
    """What one stakeholder is good at."""
    return strengths_visible_to(viewer).filter(owner=stakeholder)


def hours_of(owner_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Hours a month each of some stakeholders can give, all its skills together; who never said stands not in it."""
    stated = Strength.objects.filter(owner__in=owner_ids, hours_month__isnull=False)
    return dict(stated.order_by().values_list("owner").annotate(hours=Sum("hours_month")))
