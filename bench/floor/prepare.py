"""Make the floor's table, its rows, its wall and a signed-in session: ``python -m bench.floor.prepare ROWS BIG``.

Run as the tables' owner. Prints a JSON object with the session's key and the id of one row of tenant 1.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor.settings")

import django
from django.core.management import call_command

# The product's own function and policy, so that the wall costs the same.
from core.tenancy.constraints import POLICY
from core.tenancy.sql import CURRENT_TENANT_SQL

ROWS = """
INSERT INTO floor_entry (tenant_id, name, kind, place, amount, due_on, progress_percent, note, updated_at)
SELECT CASE WHEN n <= %(big)s THEN 1 ELSE 2 + (n - %(big)s) / 990 END,
  'Associazione ' || (hashint8extended(n, 1) & 65535) || ' del lago ' || n,
  CASE n %% 5 WHEN 0 THEN 'person' WHEN 4 THEN 'group' ELSE 'organisation' END,
  'Ponteverde ' || n %% 30, (n %% 100000) / 100.0, date '2026-01-01' + (n %% 700)::integer, (n %% 5) * 25, '', now()
FROM generate_series(1, %(rows)s) AS n
"""
WALL = f"""
ALTER TABLE floor_entry ENABLE ROW LEVEL SECURITY; ALTER TABLE floor_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON floor_entry USING {POLICY} WITH CHECK {POLICY};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO telaio_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO telaio_app;
"""


def main(rows: int, big: int) -> None:
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('current_tenant') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute(CURRENT_TENANT_SQL)
            cursor.execute(ROWS, {"rows": rows, "big": big})
            cursor.execute(WALL)
    user, _new = User.objects.get_or_create(username="measurer", defaults={"password": "!"})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(json.dumps({"session": session.session_key, "entry": 77}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
