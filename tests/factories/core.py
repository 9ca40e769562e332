"""The smallest valid tenant and people."""

from core.access.roles import Role
from core.models import AccessScope, Tenant, User
from core.operations.membership import grant_role
from core.operations.tenant import create_tenant
from core.queries.tenant import root_scope

PASSWORD = "a plain sentence for tests"


def make_space(slug: str, name: str) -> Tenant:
    """A tenant with an administrator ``admin@<slug>.example``."""
    admin = User.objects.create_user(f"admin@{slug}.example", PASSWORD, name=f"Admin {name}", language="en")
    return create_tenant(name=name, slug=slug, by=admin, admin=admin)


def make_user(
    email: str, name: str = "", *, role: Role | None = None, scope: AccessScope | None = None, language: str = "en"
) -> User:
    """A person, with a role in the tenant at work when one is named."""
    user = User.objects.create_user(email, PASSWORD, name=name, language=language)
    if role is not None:
        grant_role(user=user, role=role, scope=scope or root_scope(), by=None)
    return user
