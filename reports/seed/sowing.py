"""Sowing a plan, tenant by tenant, each in one transaction inside its own walls."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Membership, Tenant, User
from core.tenancy.context import tenant_scope
from core.tenancy.keys import new_id
from reports.seed import partnerships, register, results, stakeholders
from reports.seed.inserting import Sowing, insert_rows
from reports.seed.plan import Amounts, Plan
from reports.seed.words import vocabulary

PEOPLE = ("admin", "coordinator", "partner")
SPACE: tuple[Sowing, ...] = (partnerships.SCOPES, partnerships.GRANTS)
WORK: tuple[Sowing, ...] = (
    stakeholders.AFFILIATIONS,
    partnerships.PARTNERSHIPS,
    partnerships.MEMBERS,
    partnerships.REPRESENTATIVES,
    partnerships.AGREEMENTS,
    partnerships.VERSIONS,
    partnerships.SIGNATURES,
    partnerships.TASKS,
    partnerships.UPDATES,
    results.INDICATORS,
    results.TARGETS,
    results.MEASUREMENTS,
    results.CUTS,
    results.CUT_GROUPS,
    results.GROUP_VALUES,
    results.GOALS,
    results.MILESTONES,
    results.SUBMISSIONS,
    results.THEMES,
    results.FUNDING,
)
# Keys keep the shape and the order of a UUIDv7 and are the same in every run: a counted millisecond, then a hash.
_TOOLS = """
CREATE TEMPORARY TABLE seed_word (list text, at integer, word text, masked text);
CREATE OR REPLACE FUNCTION pg_temp.seed_key(kind text, n bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT (lpad(to_hex(1735689600000 + n * 1000), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 5, 15))::uuid
  FROM md5({seed} || ':' || current_tenant() || ':' || kind || ':' || n) AS h
$$;
CREATE OR REPLACE FUNCTION pg_temp.seed_anonymous_key(kind text, n bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT (substr(h, 1, 12) || '4' || substr(h, 14, 3) || '8' || substr(h, 18, 15))::uuid
  FROM md5({seed} || ':' || current_tenant() || ':' || kind || ':' || n) AS h
$$;
CREATE OR REPLACE FUNCTION pg_temp.seed_pick(n bigint, salt bigint, many integer) RETURNS integer LANGUAGE sql IMMUTABLE
AS $$ SELECT 1 + mod(hashint8extended(n, salt * 1000 + {seed}) & 2147483647, many)::integer $$;
CREATE OR REPLACE FUNCTION pg_temp.seed_tax_code(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT body || mod(10 - mod(sum(
    CASE WHEN place % 2 = 1 THEN digit ELSE 2 * digit - CASE WHEN digit > 4 THEN 9 ELSE 0 END END
  ), 10), 10)
  FROM (SELECT '9' || lpad((n / 100)::text, 6, '0') || lpad((1 + n % 100)::text, 3, '0') AS body) AS made
  CROSS JOIN LATERAL (
    SELECT place, substr(body, place, 1)::integer AS digit FROM generate_series(1, 10) AS place
  ) AS digits
  GROUP BY body
$$;
"""
Told = Callable[[int, int], None]


class AlreadySownError(ValueError):
    """A space with this prefix exists: the same rows cannot be sown twice."""


def sow(plan: Plan, *, on_progress: Told | None = None) -> int:
    """Write everything a plan names; returns how many rows. Raises AlreadySownError.

    The people are ``admin@``, ``coordinator@`` and ``partner@<slug>.example``, without passwords. Whoever owns the
    tables should run VACUUM ANALYZE afterwards.
    """
    now = timezone.now()
    rows = 0
    with transaction.atomic():
        if Tenant.objects.filter(slug__startswith=f"{plan.slug_prefix}-").exists():
            raise AlreadySownError(f"There are spaces {plan.slug_prefix}-... already.")
        _make_tools(plan.seed)
    try:
        for number, amounts in enumerate(plan.tenants, start=1):
            with transaction.atomic():
                tenant = _new_tenant(plan, number)
                people = dict(_new_people(tenant))
                with tenant_scope(tenant.pk):
                    rows += _sow_tenant(amounts, plan, people, now)
            if on_progress is not None:
                on_progress(number, len(plan.tenants))
    finally:
        _drop_tools()
    return rows


def _sow_tenant(amounts: Amounts, plan: Plan, people: dict[str, Any], now: datetime) -> int:
    values = {**asdict(amounts), **people, "people": amounts.people, "today": plan.today, "now": now}
    if plan.with_register:
        sowings = (*SPACE, register.STAKEHOLDERS, *WORK, *register.HUNG)
    else:
        sowings = (*SPACE, stakeholders.STAKEHOLDERS, *WORK)
    with connection.cursor() as cursor:
        # Many rows at once take longer than any page may.
        cursor.execute("SET LOCAL statement_timeout = 0")
    return sum(insert_rows(sowing, values) for sowing in sowings)


def _new_tenant(plan: Plan, number: int) -> Tenant:
    slug = f"{plan.slug_prefix}-{number}"
    return Tenant.objects.create(slug=slug, name=f"Spazio {number}", contact_email=f"info@{slug}.example")


def _new_people(tenant: Tenant) -> Iterator[tuple[str, Any]]:
    users = [
        User(id=new_id(), email=f"{role}@{tenant.slug}.example", name=role.title(), language="en", password="!")  # noqa: S106 - none fits
        for role in PEOPLE
    ]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create([Membership(tenant=tenant, user=user) for user in users])
    return zip(PEOPLE, (user.pk for user in users), strict=True)


def _make_tools(seed: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TOOLS.replace("{seed}", str(int(seed))))
        with cursor.copy("COPY seed_word FROM STDIN") as copy:
            for word in vocabulary():
                copy.write_row(word)
        cursor.execute("ANALYZE seed_word")


def _drop_tools() -> None:
    if connection.needs_rollback or not connection.is_usable():
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.seed_word")
