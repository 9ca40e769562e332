"""People of a tenant."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from core.access.roles import ROLES, Role
from core.models import ApiToken, Grant, Invitation, User


@dataclass(frozen=True)
class PersonRow:
    """A person with the roles they hold, as the people page lists them."""

    user: User
    grants: list[Grant]

    @property
    def labels(self) -> list[str]:
        """The roles in words, each once."""
        return list(dict.fromkeys(str(ROLES[Role(grant.role)].label) for grant in self.grants))


def people_of_tenant() -> list[PersonRow]:
    """Everyone with a role in the tenant at work, by name."""
    found: dict[object, PersonRow] = {}
    for grant in Grant.objects.select_related("user", "scope").order_by("user__name", "user__email", "role"):
        found.setdefault(grant.user_id, PersonRow(grant.user, [])).grants.append(grant)
    return list(found.values())


def open_invitations() -> QuerySet[Invitation]:
    """Invitations still waiting for an answer, newest first."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return waiting.select_related("invited_by").order_by("-created_at", "id")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens in the tenant at work, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "id")
