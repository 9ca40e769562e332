"""What the app and backup roles may do, set again after each migration because roles cannot come from one."""

from typing import Any

from django.apps import apps
from django.db import connections

# Rows of these tables are written once: the app role may add and read, never change or remove them.
APPEND_ONLY = {"core_auditevent", "core_erasure"}


def grant_rights(using: str = "default", **_kwargs: Any) -> None:
    """Grant every table and sequence of ours by name. Does nothing when not connected as the tables' owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'django_migrations'")
        row = cursor.fetchone()
        if not row or not row[0]:
            return
        existing = set(connection.introspection.table_names(cursor))
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} & existing
        for table in sorted(ours | {"django_migrations"}):
            rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
            if table == "django_migrations":
                rights = "SELECT"
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {name} FROM telaio_app; GRANT {rights} ON {name} TO telaio_app")
            cursor.execute(f"GRANT SELECT ON {name} TO telaio_backup")
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for (sequence,) in cursor.fetchall():
            name = connection.ops.quote_name(sequence)
            cursor.execute(f"GRANT USAGE, SELECT ON {name} TO telaio_app; GRANT SELECT ON {name} TO telaio_backup")
