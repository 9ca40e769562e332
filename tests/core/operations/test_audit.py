import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from core.models import AuditEvent
from core.operations.audit import changed_fields, record
from core.operations.tenant import change_tenant_settings


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditevent SET verb = 'x'",
        "DELETE FROM core_auditevent",
        "TRUNCATE core_auditevent",
        "ALTER TABLE core_auditevent DISABLE ROW LEVEL SECURITY",
        "DROP TABLE core_auditevent",
    ],
)
def test_app_role_cannot_change_or_remove_what_was_recorded(space, sql):
    assert AuditEvent.objects.exists()
    with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refusal.value.__cause__.sqlstate == "42501"


def test_event_disappears_with_the_change_that_failed(space, admin):
    before = AuditEvent.objects.count()

    @transaction.atomic
    def change_and_fail():
        change_tenant_settings(tenant=space, by=admin, name="Other")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert AuditEvent.objects.count() == before


def test_settings_change_says_what_changed_from_what(space, admin):
    change_tenant_settings(tenant=space, by=admin, name="Borgo Nuovo", currency="EUR")
    assert AuditEvent.objects.get(verb="tenant.settings_changed").changes == {"name": ["Borgo Insieme", "Borgo Nuovo"]}


def test_fields_that_stay_are_not_mentioned(space):
    assert changed_fields(space, {"name": space.name, "slug": "x"}) == {"slug": ["borgo", "x"]}


def test_actor_without_account_has_a_label(space):
    event = record("task.updated", space_scope(), by=None, actor_label="link")
    assert (event.actor, event.actor_label) == (None, "link")


def space_scope():
    from core.queries.tenant import root_scope

    return root_scope()
