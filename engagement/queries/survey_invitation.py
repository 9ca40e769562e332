"""Reading invitations: how many, never whose answers."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from engagement.models import Survey, SurveyInvitation
from engagement.rules.survey_link import REMINDED_AFTER, hash_of_invitation


def invitation_with_token(token: str) -> QuerySet[SurveyInvitation]:
    """The invitation of a token, for ``get_object_or_404``."""
    hashed = hash_of_invitation(token)
    rows = SurveyInvitation.objects.filter(Q(token_hash=hashed) | Q(reminder_hash=hashed))
    return rows.select_related("survey__partnership")


def invitations_to_remind(survey: Survey, *, today: date) -> QuerySet[SurveyInvitation]:
    """Whoever was written to some days ago, has not used the link, and was not reminded."""
    rows = SurveyInvitation.objects.filter(survey=survey, is_used=False, reminded_on=None)
    return rows.filter(sent_on__lte=today - REMINDED_AFTER).exclude(email="")


def invitation_counts(survey: Survey) -> dict[str, int]:
    """How many were invited, and how many of the links are used."""
    return SurveyInvitation.objects.filter(survey=survey).aggregate(
        invited=Count("pk"), used=Count("pk", filter=Q(is_used=True))
    )
