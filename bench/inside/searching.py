"""Text search as the app role and without any wall: ``python -m bench.inside.searching SLUG REPEATS``.

Both are sent as they stand: what it costs to compose the product's statement is part of W1 and S2, not of the walls.
"""

import os
import statistics
import sys
import time
from typing import Any

from bench.inside import start, tell

WORDS = [
    ["aurora"],
    ["quercia", "ponteverde"],
    ["torrente", "verde"],
    ["marta", "valdesi"],
    ["circolo", "nido", "olmeda"],
]
# What a search would be without walls: the same index, the tenant as an ordinary condition, the rows of a list.
BARE = """
SELECT id, name, kind, sector, place, province, status FROM stakeholders_stakeholder
WHERE tenant_id = %(tenant)s AND id = ANY(ARRAY(
  SELECT id FROM stakeholders_stakeholder
  WHERE to_tsvector('simple'::regconfig, replace(' ' || search_text, ' ', ' t' || tenant_id::text || 'x'))
    @@ to_tsquery('simple', %(query)s) AND tenant_id = %(tenant)s
  ORDER BY sort_name, id LIMIT 1000))
ORDER BY sort_name, id LIMIT 50
"""


def main(slug: str, repeats: int) -> dict[str, Any]:
    import psycopg
    from django.db import connection

    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from stakeholders.models import Stakeholder
    from stakeholders.queries.stakeholder import ROW_FIELDS, ids_found

    tenant = Tenant.objects.get(slug=slug)
    ours, bare, found, found_bare = [], [], 0, 0
    with psycopg.connect(os.environ["BACKUP_DATABASE_URL"], autocommit=True) as unwalled:
        for turn in range(repeats):
            words = WORDS[turn % len(WORDS)]
            query = " & ".join(f"'t{tenant.pk}x{word}':*" for word in words)
            started = time.perf_counter()
            rows = unwalled.execute(BARE, {"tenant": tenant.pk, "query": query}).fetchall()
            bare.append(1000 * (time.perf_counter() - started))
            with tenant_scope(tenant.pk), connection.cursor() as walled:
                started = time.perf_counter()
                ids = ids_found(words)
                spent = time.perf_counter() - started
                rows_of_list = Stakeholder.objects.filter(pk__in=ids).order_by("sort_name", "id")
                statement = rows_of_list.values_list(*ROW_FIELDS)[:50].query.sql_with_params()
                started = time.perf_counter()
                walled.execute(*statement)
                mine = walled.fetchall()
                ours.append(1000 * (spent + time.perf_counter() - started))
            found, found_bare = found + len(mine), found_bare + len(rows)
    if found != found_bare:
        raise RuntimeError(f"the two searches found {found} and {found_bare} rows")
    return {"ours": statistics.median(ours), "floor": statistics.median(bare), "rows": found / repeats}


if __name__ == "__main__":
    start()
    tell(main(sys.argv[1], int(sys.argv[2])))
