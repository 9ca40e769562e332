import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0008_leaves_on'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='update',
                    name='earlier_corrections',
                    field=models.JSONField(blank=True, db_default=[], default=list),
                ),
            ],
        ),
    ]
