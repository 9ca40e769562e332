"""Reading promises made elsewhere than in a task."""

from django.db.models import F, QuerySet

from core.access.viewer import Viewer
from core.models import AccessLink
from partnerships.models import Commitment
from partnerships.queries.ledger_sources import commitments_seen_by
from partnerships.queries.representative import active_representation
from stakeholders.models import Stakeholder

COMMITMENT_LINK = "commitment"


def commitments_visible_to(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments a viewer may see, the nearest date first, those without a date last."""
    rows = Commitment.objects.filter(commitments_seen_by(viewer))
    return rows.select_related("partnership", "member__organisation", "evidence_file").order_by(
        F("due_on").asc(nulls_last=True), "number", "id"
    )


def commitments_to_confirm(viewer: Viewer) -> QuerySet[Commitment]:
    """What was written down for organisations and they have not confirmed, as far as a viewer may see it."""
    return commitments_visible_to(viewer).filter(state=Commitment.State.PROPOSED)


def commitment_of_link(link: AccessLink) -> tuple[Commitment, Stakeholder] | None:
    """The promise of an e-mailed link and its person; None when they speak for the organisation no more."""
    rows = Commitment.objects.select_related("partnership", "member__organisation", "evidence_file")
    commitment = rows.filter(pk=link.subject_id).first()
    person = Stakeholder.objects.filter(pk=link.person_id or link.pk).first()
    if commitment is None or person is None or active_representation(person.pk, commitment.member_id) is None:
        return None
    return commitment, person
