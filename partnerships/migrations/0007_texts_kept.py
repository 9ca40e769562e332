import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0006_withdrawn'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='agreementversion',
                    name='annexed',
                    field=models.TextField(blank=True, db_default='', default='', editable=False),
                ),
                migrations.AddField(
                    model_name='agreementversion',
                    name='text_before',
                    field=models.TextField(blank=True, db_default='', default='', editable=False, max_length=100000),
                ),
            ],
        ),
    ]
