"""Who asks and where, in as few statements as a request can do with."""

import json
import uuid
from dataclasses import dataclass

from core.access.roles import Role
from core.access.viewer import HeldRole
from core.models import AccessScope, User
from core.queries.prepared import PreparedRow
from core.tenancy.context import entered_tenant_id

# The roles of an active place in the tenant at work (row-level security compares the tenant once more), and all the
# spaces of a person, by name.
GRANTS = """(
  SELECT json_agg(json_build_array(held.role, held.scope_id, scope.kind)) FROM core_grant held
  JOIN core_accessscope scope ON scope.tenant_id = held.tenant_id AND scope.id = held.scope_id
  WHERE held.tenant_id = %s AND held.user_id = core_user.id AND EXISTS (
    SELECT FROM core_membership place
    WHERE place.tenant_id = held.tenant_id AND place.user_id = core_user.id AND place.is_active
  )
)::text"""
SPACES = """(
  SELECT json_agg(json_build_array(space.slug, space.name) ORDER BY space.name) FROM core_membership place
  JOIN core_tenant space ON space.id = place.tenant_id
  WHERE place.user_id = core_user.id AND place.is_active AND space.is_active
)::text"""


@dataclass(frozen=True)
class Space:
    """A space a person may go to."""

    slug: str
    name: str

    @property
    def initial(self) -> str:
        """The letter shown where there is no logo."""
        return self.name[:1].upper()


@dataclass(frozen=True)
class Asking:
    """What was loaded together with a person: their roles in one tenant, and their spaces."""

    tenant_id: int
    roles: tuple[HeldRole, ...]
    spaces: tuple[Space, ...]


_person = PreparedRow(User, '"core_user"."id" = %s', beside=(GRANTS, SPACES))


def person_asking(user_id: uuid.UUID) -> User | None:
    """A person with what the request will ask of them in the tenant at work (``asking_of``); None for nobody.

    Call it inside a tenant only.
    """
    tenant_id = entered_tenant_id()
    assert tenant_id is not None, "outside a tenant a person holds no roles"
    found = _person(tenant_id, user_id)
    if found is None:
        return None
    user, (grants, spaces) = found
    roles = tuple(
        HeldRole(role=Role(role), scope_id=uuid.UUID(scope_id), everywhere=kind == AccessScope.Kind.TENANT)
        for role, scope_id, kind in json.loads(grants or "[]")
    )
    places = tuple(Space(slug, name) for slug, name in json.loads(spaces or "[]"))
    user._asking = Asking(tenant_id, roles, places)  # type: ignore[attr-defined]  # read by asking_of only
    return user


def asking_of(user: object) -> Asking | None:
    """What ``person_asking`` loaded with a person, when that was for the tenant at work."""
    asking: Asking | None = getattr(user, "_asking", None)
    return asking if asking is not None and asking.tenant_id == entered_tenant_id() else None
