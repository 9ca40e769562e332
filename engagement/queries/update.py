"""What residents' messages give an update of a partnership to begin with."""

from django.db.models import Count, Q
from django.utils.translation import ngettext

from engagement.models import Submission
from engagement.rules.submission import NO_MESSAGE
from partnerships.updates import Period


def messages_answered(period: Period) -> list[str]:
    """How many messages of the period were answered; nothing when nobody wrote."""
    messages = Submission.objects.filter(
        partnership=period.partnership, received_hour__date__gt=period.since, received_hour__date__lte=period.today
    ).exclude(state__in=NO_MESSAGE)
    counts = messages.aggregate(total=Count("id"), answered=Count("id", filter=Q(answered_on__isnull=False)))
    words = ngettext(
        "%(answered)d of %(total)d message from residents answered",
        "%(answered)d of %(total)d messages from residents answered",
        counts["total"],
    )
    return [words % counts] if counts["total"] else []
