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
from stakeholders.models import Stakeholder
from stakeholders.queries.own import is_own


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
    rows = _in_order(partnership)
    if viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id):
        return rows
    shown = _shown(partnership) if viewer.can(Permission.TAKE_PART, partnership.scope_id) else Q(pk=None)
    return rows.filter(Q(given_by=user) | is_own(user, "person__") | shown)


def feedback_by_link(person: Stakeholder, partnership: Partnership) -> QuerySet[PartnerFeedback]:
    """What a person who speaks for a member may read by an e-mailed link, as above."""
    return _in_order(partnership).filter(Q(person=person) | _shown(partnership))


def _in_order(partnership: Partnership) -> QuerySet[PartnerFeedback]:
    rows = PartnerFeedback.objects.filter(partnership=partnership)
    rows = rows.select_related("member__organisation", "partnership", "person")
    return rows.order_by(F("answered_at").desc(nulls_first=True), "-given_at", "-id")


def _shown(partnership: Partnership) -> Q:
    if partnership.visibility < Visibility.PARTNERS:
        return Q(pk=None)
    return Q(may_be_shown=True, answered_at__isnull=False)


def feedback_row(feedback: PartnerFeedback, viewer: Viewer, user: User, *, today: date) -> FeedbackRow:
    """Feedback of ``feedback_for`` as its reader may see it."""
    by_account = feedback.person is not None and feedback.person.user_id == user.pk
    is_theirs = feedback.given_by_id == user.pk or by_account
    coordinates = viewer.can(Permission.EDIT_PARTNERSHIP, feedback.partnership.scope_id)
    return _row(feedback, is_theirs=is_theirs, coordinates=coordinates, today=today)


def feedback_row_by_link(feedback: PartnerFeedback, person: Stakeholder, *, today: date) -> FeedbackRow:
    """Feedback of ``feedback_by_link`` as its reader may see it."""
    return _row(feedback, is_theirs=feedback.person_id == person.pk, coordinates=False, today=today)


def _row(feedback: PartnerFeedback, *, is_theirs: bool, coordinates: bool, today: date) -> FeedbackRow:
    learns = knows_who(is_anonymous=feedback.is_anonymous, is_own=is_theirs, coordinates=coordinates)
    return FeedbackRow(
        feedback=feedback,
        who=feedback.member.organisation.name if learns else "",
        tone=TONES[feedback.wish],
        is_own=is_theirs,
        is_late=feedback.answered_at is None and feedback.answer_by < today,
    )


def feedback_waiting(partnership: Partnership) -> int:
    """How much of what partners said waits for an answer."""
    return PartnerFeedback.objects.filter(partnership=partnership, answered_at=None).count()
