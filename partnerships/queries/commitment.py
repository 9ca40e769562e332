"""Reading promises made elsewhere than in a task."""

from django.db.models import F, QuerySet

from core.access.viewer import Viewer
from partnerships.models import Commitment
from partnerships.queries.ledger_sources import commitments_seen_by

COMMITMENT_LINK = "commitment"


def commitments_visible_to(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments a viewer may see, the nearest date first, those without a date last."""
    rows = Commitment.objects.filter(commitments_seen_by(viewer))
    return rows.select_related("partnership", "member__organisation", "evidence_file").order_by(
        F("due_on").asc(nulls_last=True), "number", "id"
    )
