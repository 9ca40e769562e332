import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0007_texts_kept'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='partnershipmember',
                    name='leaves_on',
                    field=models.DateField(blank=True, null=True),
                ),
            ],
        ),
    ]
