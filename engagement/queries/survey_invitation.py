"""Reading invitations: how many, never whose answers."""

from django.db.models import Count, Q, QuerySet

from engagement.models import Survey, SurveyInvitation
from engagement.rules.survey_link import hash_of_invitation


def invitation_with_token(token: str) -> QuerySet[SurveyInvitation]:
    """The invitation of a token, for ``get_object_or_404``."""
    rows = SurveyInvitation.objects.filter(token_hash=hash_of_invitation(token))
    return rows.select_related("survey__partnership")


def invitation_counts(survey: Survey) -> dict[str, int]:
    """How many were invited, and how many of the links are used."""
    return SurveyInvitation.objects.filter(survey=survey).aggregate(
        invited=Count("pk"), used=Count("pk", filter=Q(is_used=True))
    )
