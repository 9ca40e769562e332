"""The rest of an indicator's sheet in both languages; what was written goes into the language of its space."""

import core.tenancy.tables
from django.db import connection, migrations, models

from core.tenancy.context import write_database_tenant

LENGTHS = {
    "source": 200,
    "instrument": 200,
    "deduplication": 300,
    "responsible": 120,
    "ethics_note": 500,
    "cost_note": 200,
    "feedback_note": 300,
    "baseline_source": 200,
}
MOVED = ", ".join(f"{name}_it = {name}_en, {name}_en = ''" for name in LENGTHS)


def into_own_language(apps, schema_editor):
    """Move what stands as English in the spaces that write Italian; a space at a time."""
    spaces = apps.get_model("core", "Tenant").objects.filter(default_language="it").order_by("id")
    for tenant_id in spaces.values_list("id", flat=True):
        write_database_tenant(str(tenant_id))
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE metrics_indicator SET {MOVED} WHERE tenant_id = %s", [tenant_id])  # noqa: S608 - our own words
            # Checked while the space is set; a table with checks to come cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    write_database_tenant("")


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0003_waiting_values'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AlterField(
                    model_name='indicator',
                    name='kind',
                    field=models.CharField(choices=[('output', 'Output'), ('outcome', 'Outcome'), ('outcome_short', 'Outcome within a year'), ('outcome_medium', 'Outcome within three years'), ('process', 'Process'), ('partnership', 'How we work together'), ('context', 'Context')], default='output', max_length=16),
                ),
                *(operation
                for name, length in LENGTHS.items()
                for operation in (
                    migrations.RenameField(model_name='indicator', old_name=name, new_name=f'{name}_en'),
                    migrations.AddField(
                        model_name='indicator',
                        name=f'{name}_it',
                        field=models.CharField(blank=True, default='', max_length=length),
                        preserve_default=False,
                    ),
                )),
            ],
        ),
        migrations.RunPython(into_own_language, migrations.RunPython.noop),
    ]
