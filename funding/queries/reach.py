"""The givers partnerships have to do with, for who coordinates some of them."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from funding.models import FundingSource


def givers_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """Those who give to these partnerships, or were asked to."""
    return FundingSource.objects.filter(partnership__scope__in=scope_ids, giver__isnull=False).values("giver")
