"""Who is looking: a person's roles in the tenant at work, loaded once per request."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from core.access.permissions import OF_THE_SPACE, Permission
from core.access.roles import ROLES, Role
from core.access.visibility import Visibility

if TYPE_CHECKING:
    from core.models import User


@dataclass(frozen=True)
class HeldRole:
    """One grant: a role in a scope; ``everywhere`` when the scope is the whole tenant."""

    role: Role
    scope_id: uuid.UUID
    everywhere: bool


@dataclass(frozen=True)
class Viewer:
    """A person in one tenant, with what they may do and see there.

    ``limited_to`` narrows an API token to some of its owner's permissions. A viewer without roles is a stranger and
    sees what is public.
    """

    user: User | None = None
    roles: tuple[HeldRole, ...] = ()
    limited_to: frozenset[Permission] | None = field(default=None)

    @property
    def is_stranger(self) -> bool:
        """Whether the person has no place in this tenant."""
        return not self.roles

    def holds(self, role: Role) -> bool:
        """Whether the person holds a role in any scope."""
        return any(held.role == role for held in self.roles)

    def can(self, permission: Permission, scope_id: uuid.UUID | None = None) -> bool:
        """Whether the person may do something in a scope, or, without one, anywhere in the tenant.

        What acts on the whole space is done by who holds a role in all of it.
        """
        if permission in OF_THE_SPACE:
            return self.can_everywhere(permission)
        if self.limited_to is not None and permission not in self.limited_to:
            return False
        return any(
            permission in ROLES[held.role].permissions
            for held in self.roles
            if scope_id is None or held.everywhere or held.scope_id == scope_id
        )

    def can_everywhere(self, permission: Permission) -> bool:
        """Whether the person may do something in the whole tenant."""
        if self.limited_to is not None and permission not in self.limited_to:
            return False
        return any(held.everywhere and permission in ROLES[held.role].permissions for held in self.roles)

    def scopes_with(self, permission: Permission) -> set[uuid.UUID]:
        """The scopes in which the person may do something; ``can_everywhere`` tells about the rest."""
        if self.limited_to is not None and permission not in self.limited_to:
            return set()
        return {held.scope_id for held in self.roles if permission in ROLES[held.role].permissions}

    def scopes_by_level(self) -> dict[Visibility, set[uuid.UUID]]:
        """For each level the person reads from, the scopes in which they do."""
        found: dict[Visibility, set[uuid.UUID]] = {}
        for held in self.roles:
            found.setdefault(ROLES[held.role].sees_from, set()).add(held.scope_id)
        return found

    def level_everywhere(self) -> Visibility:
        """The level the person reads from in every scope of the tenant."""
        return min((ROLES[held.role].sees_from for held in self.roles if held.everywhere), default=Visibility.PUBLIC)


PUBLIC = Viewer()


def where_may(viewer: Viewer, permission: Permission, *, scope: str) -> Q:
    """The condition under which a viewer may do something with records; ``scope`` is the path to their scope id."""
    return Q() if viewer.can_everywhere(permission) else Q(**{f"{scope}__in": viewer.scopes_with(permission)})


def visible_records(viewer: Viewer, *, scope: str, chain: Iterable[str]) -> Q:
    """The condition under which records are visible to a viewer, for ``visible_to`` query set methods.

    ``scope`` is the path to the record's scope id; ``chain`` are the paths to the visibility of the record and of
    each parent: all must reach the viewer's level, so a parent caps its children (domain 0.3). Sealed records are
    never found this way: they have their own list of named people.
    """
    chain = tuple(chain)

    def at_least(level: Visibility) -> Q:
        condition = Q()
        for path in chain:
            condition &= Q(**{f"{path}__gte": level})
        return condition

    everywhere = viewer.level_everywhere()
    condition = at_least(everywhere)
    for level, scopes in viewer.scopes_by_level().items():
        # What the person sees everywhere they see in each scope as well.
        if level < everywhere:
            condition |= Q(**{f"{scope}__in": scopes}) & at_least(level)
    return condition
