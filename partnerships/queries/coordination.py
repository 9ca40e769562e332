"""Whom to write to for coordination: a person of the register where the account is one, else the account itself."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from core.access.roles import Role
from core.models import AccessScope, Grant, User
from core.tenancy.context import current_tenant_id
from partnerships.models import Partnership
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class _Accounts:
    """Who coordinates what, by the roles they hold today."""

    emails: dict[uuid.UUID, str] = field(default_factory=dict)
    # By scope: all who may coordinate there, and those whose role is just that. The whole space stands under None.
    able: dict[uuid.UUID | None, list[uuid.UUID]] = field(default_factory=dict)
    coordinators: dict[uuid.UUID | None, list[uuid.UUID]] = field(default_factory=dict)

    def may(self, account: uuid.UUID | None, scope_id: uuid.UUID) -> bool:
        """Whether an account coordinates a partnership, or could."""
        return account in self.able.get(scope_id, []) or account in self.able.get(None, [])

    def first(self, named: Iterable[uuid.UUID | None], scope_id: uuid.UUID) -> uuid.UUID | None:
        """The one to write to: who is named, else who holds the role there, else in the whole space."""
        holding = [*self.coordinators.get(scope_id, []), *self.coordinators.get(None, [])]
        return next((one for one in (*named, *holding) if self.may(one, scope_id)), None)


def coordinator_to_write_to() -> dict[uuid.UUID, uuid.UUID]:
    """For each partnership the one who coordinates it (R-T15), in three queries.

    Who is named, else the deputy, else somebody with that role; a stakeholder, or the account of who is not listed.
    """
    accounts = _accounts()
    columns = ("pk", "scope_id", "coordinator_id", "deputy_id")
    chosen = {
        pk: accounts.first((coordinator_id, deputy_id), scope_id)
        for pk, scope_id, coordinator_id, deputy_id in Partnership.objects.values_list(*columns)
    }
    listed = _listed(set(chosen.values()), accounts)
    return {pk: listed.get(account, account) for pk, account in chosen.items() if account}


def coordination_to_write_to(partnerships: Iterable[Partnership]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each of some partnerships who coordinates and who stands in, as above; two queries."""
    accounts = _accounts()
    named = {
        one.pk: [who for who in (one.coordinator_id, one.deputy_id) if who and accounts.may(who, one.scope_id)]
        for one in partnerships
    }
    listed = _listed({who for both in named.values() for who in both}, accounts)
    return {pk: [listed.get(who, who) for who in both] for pk, both in named.items()}


def readers_of(accounts: Iterable[User]) -> dict[uuid.UUID, uuid.UUID]:
    """For each account whom to write to: the person of the register it is, else itself; one query."""
    emails = {account.pk: account.email.lower() for account in accounts}
    listed = _listed(set(emails), _Accounts(emails))
    return {account: listed.get(account, account) for account in emails}


def _accounts() -> _Accounts:
    found = _Accounts()
    here = {"user__memberships__tenant_id": current_tenant_id(), "user__memberships__is_active": True}
    grants = Grant.objects.filter(role__in=[Role.COORDINATOR, Role.TENANT_ADMIN], user__is_active=True, **here)
    columns = ("user_id", "user__email", "role", "scope_id", "scope__kind")
    rows = grants.order_by("user__name", "user__email", "id").values_list(*columns)
    for user_id, email, role, scope_id, kind in rows:
        place = None if kind == AccessScope.Kind.TENANT else scope_id
        found.emails[user_id] = email.lower()
        found.able.setdefault(place, []).append(user_id)
        if role == Role.COORDINATOR:
            found.coordinators.setdefault(place, []).append(user_id)
    return found


def _listed(accounts: set[uuid.UUID | None], known: _Accounts) -> dict[uuid.UUID, uuid.UUID]:
    """The stakeholders that accounts are and that can be written to: by account, else by address."""
    emails = {known.emails[one]: one for one in accounts if one}
    own = Q(user_id__in=emails.values()) | Q(user=None, email__in=emails)
    rows = Stakeholder.objects.filter(own, kind=Stakeholder.Kind.PERSON, merged_into=None).exclude(email="")
    linked, found = set(emails.values()), dict[uuid.UUID, uuid.UUID]()
    # Who is linked counts more than who has the same address.
    for pk, user_id, email in rows.order_by("user_id", "id").values_list("pk", "user_id", "email"):
        account = user_id if user_id in linked else emails.get(email.lower())
        if account is not None:
            found.setdefault(account, pk)
    return found
