"""Creating a tenant and changing its settings."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from core.access.roles import Role
from core.models import AccessScope, Grant, Membership, Tenant, User
from core.operations.audit import changed_fields, record
from core.operations.file import store_upload
from core.operations.membership import note_role_change
from core.rules.upload import FileKind
from core.tenancy.context import tenant_scope


class SlugTakenError(ValueError):
    """Another space has this address."""


@transaction.atomic
def create_tenant(*, name: str, slug: str, by: User | None, admin: User, **settings: Any) -> Tenant:
    """A new space with its root scope and its first administrator.

    Raises SlugTakenError when the address is in use, ValidationError when a setting is not acceptable.
    """
    if Tenant.objects.filter(slug=slug).exists():
        raise SlugTakenError(slug)
    tenant = Tenant(name=name, slug=slug, **settings)
    tenant.full_clean()
    try:
        with transaction.atomic():
            tenant.save()
    except IntegrityError as error:
        # Somebody else took the address a moment ago.
        raise SlugTakenError(slug) from error
    with tenant_scope(tenant.pk):
        root = AccessScope.objects.create(kind=AccessScope.Kind.TENANT)
        Membership.objects.create(tenant=tenant, user=admin)
        Grant.objects.create(user=admin, scope=root, role=Role.TENANT_ADMIN)
        note_role_change(admin)
        record("tenant.created", root, by=by, changes={"slug": slug})
    return tenant


@transaction.atomic
def change_tenant_settings(
    *, tenant: Tenant, by: User, logo: UploadedFile[Any] | None = None, **settings: Any
) -> Tenant:
    """Change name, logo, colours, languages, time zone or currency.

    Raises ValidationError, and ``core.rules.upload_content.UploadError`` for a logo that cannot be kept.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if logo is not None:
        settings["logo_id"] = store_upload(upload=logo, purpose="logo", allowed=frozenset({FileKind.IMAGE}), by=by).pk
    changes = changed_fields(locked, settings)
    for name, value in settings.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    root = AccessScope.objects.get(kind=AccessScope.Kind.TENANT)
    record("tenant.settings_changed", root, by=by, changes=changes)
    return locked
