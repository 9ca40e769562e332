"""People of a tenant."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from core.access.roles import ROLES, Role
from core.models import AccessScope, ApiToken, Grant, Invitation, User


@dataclass(frozen=True)
class HeldGrant:
    """One role a person holds, in words."""

    id: uuid.UUID
    role: str
    label: str
    is_everywhere: bool


@dataclass(frozen=True)
class PersonRow:
    """A person with the roles they hold, as the people page lists them."""

    user: User
    grants: list[HeldGrant] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        """The roles in words, each once."""
        return list(dict.fromkeys(grant.label for grant in self.grants))


def _held(grant: Grant) -> HeldGrant:
    everywhere = grant.scope.kind == AccessScope.Kind.TENANT
    return HeldGrant(grant.pk, grant.role, str(ROLES[Role(grant.role)].label), everywhere)


def people_of_tenant() -> list[PersonRow]:
    """Everyone with a role in the tenant at work, by name."""
    found: dict[object, PersonRow] = {}
    for grant in Grant.objects.select_related("user", "scope").order_by("user__name", "user__email", "role", "id"):
        found.setdefault(grant.user_id, PersonRow(grant.user)).grants.append(_held(grant))
    return list(found.values())


def person_of_tenant(user: User) -> PersonRow:
    """One person with their roles in the tenant at work."""
    grants = Grant.objects.filter(user=user).select_related("scope").order_by("role", "id")
    return PersonRow(user, [_held(grant) for grant in grants])


def names_of(user_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What some people are called; who no longer exists is missing."""
    ids = set(user_ids)
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def open_invitations() -> QuerySet[Invitation]:
    """Invitations still waiting for an answer, newest first."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return waiting.select_related("invited_by").order_by("-created_at", "id")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens in the tenant at work, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "id")
