"""Core's tables. Global ones (no tenant) are named in ``GLOBAL_TABLES``, each with its reason."""

from core.models.access import AccessScope, Grant
from core.models.audit import AuditEvent
from core.models.cache import CacheEntry
from core.models.erasure import Erasure
from core.models.file import StoredFile
from core.models.invitation import Invitation
from core.models.job import Job
from core.models.link import AccessLink
from core.models.mail import OutboxMail
from core.models.rate import RateCount
from core.models.tenant import Membership, Tenant
from core.models.token import ApiToken
from core.models.user import User

GLOBAL_TABLES = {
    "core_tenant": "must be found before any tenant is entered",
    "core_user": "one person may work in several tenants",
    "core_membership": "the switcher lists a person's tenants before one is entered",
    "core_ratecount": "limits for sign-in and public forms hold across tenants; holds keyed hashes and counts only",
    "core_cache": "sign-in limits and used one-time codes, before any tenant is entered; keys are keyed hashes",
    "account_emailaddress": "belongs to a person, not to a tenant",
    "account_emailconfirmation": "belongs to a person, not to a tenant",
    "mfa_authenticator": "belongs to a person, not to a tenant",
    "usersessions_usersession": "belongs to a person, not to a tenant",
    "django_session": "read before any tenant is entered",
    "django_content_type": "Django's list of models",
    "auth_permission": "Django's own; unused, roles are data in code",
    "auth_group": "Django's own; unused",
    "auth_group_permissions": "Django's own; unused",
    "django_migrations": "which migrations ran",
}

__all__ = [
    "GLOBAL_TABLES",
    "AccessLink",
    "AccessScope",
    "ApiToken",
    "AuditEvent",
    "CacheEntry",
    "Erasure",
    "Grant",
    "Invitation",
    "Job",
    "Membership",
    "OutboxMail",
    "RateCount",
    "StoredFile",
    "Tenant",
    "User",
]
