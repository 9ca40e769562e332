"""Taking a person's account out of a space, and out of the product when no other space has it."""

from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction

from core.access.roles import Role
from core.models import AccessScope, ApiToken, AuditEvent, Grant, Membership, User
from core.operations.membership import RoleRefusedError, roles_of
from core.rules.membership import ALLOWED, Verdict, can_take_role
from core.tenancy.context import current_tenant_id
from core.tenancy.models import TenantModel


def can_erase_account(*, user: User, by: User | None) -> Verdict:
    """Whether somebody may take this account out of the space; ``by`` None is a restore, which asks for no rank."""
    here = AccessScope.Kind.TENANT
    admins = Grant.objects.filter(role=Role.TENANT_ADMIN, scope__kind=here, user__is_active=True)
    others = admins.exclude(user=user).count()
    held = roles_of(user)
    for grant in Grant.objects.filter(user=user).select_related("scope").order_by("pk"):
        verdict = can_take_role(
            taker_roles=held if by is None else roles_of(by, scope=grant.scope),
            holder_roles=held,
            role=Role(grant.role),
            # Who administers one partnership only is not the space's last administrator.
            admins_left=others + 1 if grant.scope.kind == here else others + 2,
        )
        if not verdict:
            return verdict
    return ALLOWED


def is_only_here(user: User) -> bool:
    """Whether no other space knows the account, now or before, and it does not run the product."""
    elsewhere = Membership.objects.filter(user=user).exclude(tenant_id=current_tenant_id())
    return not user.is_operator and not elsewhere.exists()


@transaction.atomic
def erase_account(*, user: User, name: str, by: User | None) -> bool:
    """End the account's place here; returns whether the account itself was erased.

    Its roles, tokens and place go. An account no other space knows loses name, address, password and everything to
    sign in with, and is called ``name``: acts, promises and measurements go on pointing to it. One that another space
    knows stays as it is there, and what was done here points to nobody. Raises RoleRefusedError.
    """
    if not (verdict := can_erase_account(user=user, by=by)):
        raise RoleRefusedError(verdict)
    Grant.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user).delete()
    only_here = is_only_here(user)
    Membership.objects.filter(user=user, tenant_id=current_tenant_id()).delete()
    if only_here:
        _empty(user, name)
    else:
        _unlink(user)
    return only_here


def _empty(user: User, name: str) -> None:
    for model, column in _own_tables():
        rows = model._default_manager.filter(**{column: user.pk})
        if "session_key" in {field.name for field in model._meta.get_fields()}:
            Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
        rows.delete()
    user.email, user.name, user.language = f"{user.pk}@erased.invalid", name, ""
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save()


def _own_tables() -> list[tuple[type[models.Model], str]]:
    """Tables outside any space that belong to an account: addresses, second factors, sign-ins."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        if not issubclass(model, TenantModel | Membership)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def keys_to_accounts() -> list[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Every column of a tenant's table that names an account."""
    return [
        (model, field)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def _unlink(user: User) -> None:
    for model, field in keys_to_accounts():
        # History has no door for this: who acted stays known for as long as history is kept.
        if field.null and not issubclass(model, AuditEvent):
            model._default_manager.filter(**{field.attname: user.pk}).update(**{field.attname: None})
