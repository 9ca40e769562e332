"""The catalogue of the database against the list of models (TEN-01, TEN-02)."""

import pytest
from django.apps import apps
from django.db import connection, models

from core.models import GLOBAL_TABLES
from core.tenancy.models import TenantForeignKey, TenantModel

POLICY = "(tenant_id = ( SELECT current_tenant() AS current_tenant))"
TENANT_MODELS = [model for model in apps.get_models(include_auto_created=True) if issubclass(model, TenantModel)]


def rows(sql: str, *arguments: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()


def test_every_table_is_a_tenants_or_named_as_global_with_its_reason(db):
    tables = {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    of_tenants = {model._meta.db_table for model in TENANT_MODELS}
    assert tables == of_tenants | set(GLOBAL_TABLES)
    assert not of_tenants & set(GLOBAL_TABLES)
    assert all(len(reason) > 10 for reason in GLOBAL_TABLES.values())


def test_every_tenant_table_forces_row_level_security(db):
    found = rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind IN ('r', 'p')")
    assert {name for (name,) in found} == {model._meta.db_table for model in TENANT_MODELS}


def test_every_tenant_table_has_exactly_the_one_policy_with_both_clauses(db):
    found = rows("SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies")
    expected = {
        (model._meta.db_table, "tenant_wall", "PERMISSIVE", "{public}", "ALL", POLICY, POLICY)
        for model in TENANT_MODELS
    }
    assert set(found) == expected
    assert len(found) == len(expected)


def constraints(kind: str) -> dict[str, set[tuple[tuple[str, ...], str]]]:
    """By table: the columns of its constraints of one kind, and their definition."""
    sql = """
        SELECT c.conrelid::regclass::text,
               ARRAY(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY k(number, place)
                     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY place)::text[],
               pg_get_constraintdef(c.oid)
        FROM pg_constraint c WHERE c.contype = %s AND c.connamespace = 'public'::regnamespace
    """
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for table, columns, definition in rows(sql, kind):
        found.setdefault(table, set()).add((tuple(columns), definition))
    return found


def test_every_tenant_table_can_be_pointed_at_together_with_its_tenant(db):
    unique = constraints("u")
    for model in TENANT_MODELS:
        assert ("tenant_id", "id") in {columns for columns, _sql in unique[model._meta.db_table]}, model._meta.label


def test_every_key_between_tenant_tables_carries_the_tenant(db):
    foreign = constraints("f")
    for model in TENANT_MODELS:
        keys = foreign.get(model._meta.db_table, set())
        for field in model._meta.local_fields:
            if not isinstance(field, models.ForeignKey) or field.name == "tenant":
                continue
            to_tenant_table = issubclass(field.related_model, TenantModel)
            assert to_tenant_table == isinstance(field, TenantForeignKey), field
            if to_tenant_table:
                target = field.related_model._meta.db_table
                wanted = f"FOREIGN KEY (tenant_id, {field.column}) REFERENCES {target}(tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
                assert (("tenant_id", field.column), wanted) in keys, field
                assert (field.column,) not in {columns for columns, _sql in keys}, f"{field} has a second, single key"


def test_no_many_to_many_table_is_made_behind_our_back():
    found = [field for model in TENANT_MODELS for field in model._meta.local_many_to_many]
    assert [field for field in found if field.remote_field.through._meta.auto_created] == []


def test_no_key_of_a_global_table_points_into_a_tenant(db):
    of_tenants = {model._meta.db_table for model in TENANT_MODELS}
    for table in set(GLOBAL_TABLES):
        for _columns, definition in constraints("f").get(table, set()):
            target = definition.split("REFERENCES ")[1].split("(")[0]
            assert target not in of_tenants, f"{table}: {definition}"


def test_uniqueness_never_tells_one_tenant_what_another_has(db):
    sql = """
        SELECT i.indrelid::regclass::text, a.attname FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indisunique AND NOT i.indisprimary
    """
    of_tenants = {model._meta.db_table for model in TENANT_MODELS}
    loose = {(table, first) for table, first in rows(sql) if table in of_tenants and first != "tenant_id"}
    assert loose == set()


def test_deleting_cascades_in_the_database_nowhere(db):
    cascading = [(table, sql) for table, keys in constraints("f").items() for _columns, sql in keys if "CASCADE" in sql]
    assert cascading == []


def test_every_tenant_model_finds_its_rows_through_the_tenant_manager():
    from core.tenancy.managers import TenantManager

    for model in TENANT_MODELS:
        assert isinstance(model._base_manager, TenantManager), model._meta.label
        assert isinstance(model._default_manager, TenantManager), model._meta.label
        assert not model._meta.proxy


ROLES = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s"


def test_the_application_works_as_a_role_that_can_pass_no_wall(db):
    assert rows("SELECT current_user::text, session_user::text") == [("telaio_app", "telaio_app")]
    assert rows(ROLES, "telaio_app") == [(False, False, False, False)]
    assert rows(
        "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = 'telaio_app')"
    ) == [(0,)]
    members = (
        "SELECT count(*) FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = 'telaio_app')"
    )
    assert rows(members) == [(0,)]


def test_the_application_may_neither_empty_tables_nor_change_them(db):
    sql = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(oid, %s)
    """
    for right in ("TRUNCATE", "REFERENCES", "TRIGGER"):
        assert rows(sql, right) == []


def test_a_process_of_a_stronger_role_ends_itself(django_db_setup, django_db_blocker):
    from django.conf import settings

    from core.tenancy.role import UnsafeRoleError, require_app_role
    from tests.database import connect_as

    with django_db_blocker.unblock():
        connect_as(settings.OWNER_DATABASE_URL)
        try:
            with pytest.raises(UnsafeRoleError, match="telaio_owner"):
                require_app_role()
        finally:
            connect_as(settings.DATABASE_URL)


def test_functions_that_run_with_more_rights_pin_their_search_path(db):
    found = rows(
        "SELECT proname, proconfig::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    for name, config in found:
        assert "search_path=" in (config or ""), name
