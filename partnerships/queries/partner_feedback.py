"""Reading feedback of partners: coordination reads all, who wrote it reads its own, the others what may be shown."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import User
from partnerships.models import PartnerFeedback, Partnership
from partnerships.rules.partner_feedback import TONES, knows_who


@dataclass(frozen=True)
class FeedbackRow:
    """Feedback as a reader may see it; ``who`` is empty where they do not learn it."""

    feedback: PartnerFeedback
    who: str
    tone: str
    is_own: bool
    is_late: bool


def feedback_for(viewer: Viewer, user: User, partnership: Partnership) -> QuerySet[PartnerFeedback]:
    """What somebody may read of a partnership's feedback, what waits for an answer first, then the newest."""
    rows = PartnerFeedback.objects.filter(partnership=partnership).select_related("member__organisation", "partnership")
    if not viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id):
        seen = Q(given_by=user)
        if viewer.can(Permission.TAKE_PART, partnership.scope_id) and partnership.visibility >= Visibility.PARTNERS:
            seen |= Q(may_be_shown=True, answered_at__isnull=False)
        rows = rows.filter(seen)
    return rows.order_by(F("answered_at").desc(nulls_first=True), "-given_at", "-id")


def feedback_row(feedback: PartnerFeedback, viewer: Viewer, user: User, *, today: date) -> FeedbackRow:
    """Feedback of ``feedback_for`` as its reader may see it."""
    is_own = feedback.given_by_id == user.pk
    coordinates = viewer.can(Permission.EDIT_PARTNERSHIP, feedback.partnership.scope_id)
    learns = knows_who(is_anonymous=feedback.is_anonymous, is_own=is_own, coordinates=coordinates)
    return FeedbackRow(
        feedback=feedback,
        who=feedback.member.organisation.name if learns else "",
        tone=TONES[feedback.wish],
        is_own=is_own,
        is_late=feedback.answered_at is None and feedback.answer_by < today,
    )


def feedback_waiting(partnership: Partnership) -> int:
    """How much of what partners said waits for an answer."""
    return PartnerFeedback.objects.filter(partnership=partnership, answered_at=None).count()
