import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from core.models import AccessScope, Job
from core.tenancy.context import TenantMismatchError, TenantNotSetError, tenant_scope
from core.tenancy.managers import filters_enabled


def raw_count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_query_without_tenant_raises(db):
    with pytest.raises(TenantNotSetError):
        list(AccessScope.objects.all())


def test_database_refuses_without_tenant_when_the_app_filter_is_off(neighbour):
    token = filters_enabled.set(False)
    try:
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            list(AccessScope.objects.all())
    finally:
        filters_enabled.reset(token)
    assert refusal.value.__cause__.sqlstate == "42501"


def test_setting_is_gone_after_the_scope(neighbour):
    with tenant_scope(neighbour.pk):
        assert raw_count("core_accessscope") == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        raw_count("core_accessscope")


def test_rows_of_another_tenant_are_invisible_with_either_wall_alone(space, neighbour):
    assert AccessScope.objects.count() == 1
    assert raw_count("core_accessscope") == 1
    token = filters_enabled.set(False)
    try:
        assert AccessScope.objects.count() == 1
    finally:
        filters_enabled.reset(token)


def test_another_tenant_nested_is_refused(space, neighbour):
    with pytest.raises(TenantMismatchError), tenant_scope(neighbour.pk):
        pass


def test_writing_into_another_tenant_is_refused_by_the_database(space, neighbour):
    with pytest.raises(ProgrammingError), transaction.atomic():
        AccessScope.objects.create(tenant=neighbour, kind="partnership")


def test_foreign_key_to_another_tenant_is_refused_at_commit(space, neighbour, admin):
    from django.db.utils import IntegrityError

    from core.models import Grant

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(neighbour.pk)])
        cursor.execute("SELECT id FROM core_accessscope")
        foreign = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(space.pk)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=admin, scope_id=foreign, role="evaluator")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_exception_rolls_the_scope_back(neighbour):
    with pytest.raises(ZeroDivisionError), tenant_scope(neighbour.pk):
        AccessScope.objects.create(kind="partnership")
        1 / 0  # noqa: B018 - the error is the test
    with tenant_scope(neighbour.pk):
        assert AccessScope.objects.count() == 1


def test_query_built_at_import_time_is_scoped_to_whoever_runs_it(space, neighbour):
    built_early = Job.objects.order_by("pk")
    Job.objects.create(name="core.x", run_after=timezone.now())
    assert built_early.count() == 1
