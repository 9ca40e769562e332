"""What partners said of working together and nobody answered, for the reminders of those who coordinate."""

from core.web.space import space_url
from partnerships.models import PartnerFeedback
from partnerships.queries.coordination import coordinator_to_write_to
from partnerships.queries.due import DueItem, Step


def feedback_due_items() -> list[DueItem]:
    """An item for the coordination of each partnership where something waits; it tells no word of it.

    One query, and three where something waits.
    """
    found = PartnerFeedback.objects.filter(answered_at=None).select_related("partnership", "member__organisation")
    rows = list(found.order_by("answer_by", "id"))
    people = coordinator_to_write_to() if rows else {}
    return [
        DueItem(
            item_id=feedback.pk,
            person_id=people[feedback.partnership_id],
            member_id=feedback.member_id,
            partnership_id=feedback.partnership_id,
            title=feedback.partnership.name,
            due_on=feedback.answer_by,
            url=space_url("partner_feedback_list", slug=feedback.partnership.slug),
            step=Step.FEEDBACK,
            who=feedback.member.organisation.name,
        )
        for feedback in rows
        if feedback.partnership_id in people
    ]
