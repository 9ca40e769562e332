"""What residents' messages give an update of a partnership to begin with."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from engagement.models import Submission
from engagement.rules.submission import NO_MESSAGE, WAITING
from partnerships.updates import Period


def messages_answered(period: Period) -> list[str]:
    """How many messages of residents were answered in the period; nothing when none was."""
    answered = _messages(period).filter(answered_on__gt=period.since, answered_on__lte=period.today).count()
    words = ngettext("%d message from a resident answered", "%d messages from residents answered", answered)
    return [words % answered] if answered else []


def messages_waiting(period: Period) -> list[str]:
    """How many messages of residents still wait for an answer; nothing when none does."""
    waiting = _messages(period).filter(answered_on__isnull=True, state__in=WAITING).count()
    words = ngettext(
        "%d message from a resident waits for an answer", "%d messages from residents wait for an answer", waiting
    )
    return [words % waiting] if waiting else []


def _messages(period: Period) -> QuerySet[Submission]:
    return Submission.objects.filter(partnership=period.partnership).exclude(state__in=NO_MESSAGE)
