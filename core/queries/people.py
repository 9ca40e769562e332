"""People of a tenant."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from core.access.roles import ROLES, Role
from core.models import AccessScope, ApiToken, Grant, Invitation, User
from core.queries.places import place_names


@dataclass(frozen=True)
class HeldGrant:
    """One role a person holds, in words."""

    id: uuid.UUID
    role: str
    label: str
    is_everywhere: bool
    place: str = ""

    @property
    def in_words(self) -> str:
        """The role, with the place it is held in unless that is the whole space."""
        return f"{self.label} ({self.place})" if self.place else self.label


@dataclass(frozen=True)
class PersonRow:
    """A person with the roles they hold, as the people page lists them."""

    user: User
    grants: list[HeldGrant] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        """The roles in words, each once."""
        return list(dict.fromkeys(grant.in_words for grant in self.grants))


def _held(grant: Grant, names: dict[uuid.UUID, str]) -> HeldGrant:
    everywhere = grant.scope.kind == AccessScope.Kind.TENANT
    label = str(ROLES[Role(grant.role)].label)
    return HeldGrant(grant.pk, grant.role, label, everywhere, names.get(grant.scope_id, ""))


def people_of_tenant(names: dict[uuid.UUID, str]) -> list[PersonRow]:
    """Everyone with a role in the tenant at work, by name; ``names`` are those of the places roles are held in."""
    found: dict[object, PersonRow] = {}
    for grant in Grant.objects.select_related("user", "scope").order_by("user__name", "user__email", "role", "id"):
        found.setdefault(grant.user_id, PersonRow(grant.user)).grants.append(_held(grant, names))
    return list(found.values())


def person_of_tenant(user: User) -> PersonRow:
    """One person with their roles in the tenant at work."""
    grants = Grant.objects.filter(user=user).select_related("scope").order_by("role", "id")
    names = place_names()
    return PersonRow(user, [_held(grant, names) for grant in grants])


def names_of(user_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What some people are called; who no longer exists is missing."""
    ids = set(user_ids)
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


@dataclass(frozen=True)
class InvitationRow:
    """An open invitation, with the place its role is for unless that is the whole space."""

    invitation: Invitation
    place: str


def open_invitations(names: dict[uuid.UUID, str]) -> list[InvitationRow]:
    """Invitations still waiting for an answer, newest first; ``names`` as for ``people_of_tenant``."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    waiting = waiting.select_related("invited_by").order_by("-created_at", "id")
    return [InvitationRow(invitation, names.get(invitation.scope_id, "")) for invitation in waiting]


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens in the tenant at work, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "id")
