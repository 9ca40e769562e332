"""The database role this process works as (TEN-02)."""

from django.db import connection

ROLE_SQL = """
SELECT r.rolname, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid),
       EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname = current_user
"""


class UnsafeRoleError(SystemExit):
    """The process is connected as a role that could pass the walls."""


def require_app_role() -> None:
    """End the process unless its role owns nothing, bypasses nothing and belongs to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE_SQL)
        name, powerful, owner, member = cursor.fetchone()
    connection.close()
    if powerful or owner or member:
        raise UnsafeRoleError(f"Refusing to work as database role {name}: connect as telaio_app.")
