import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0004_further'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AlterField(
                    model_name='activityregistration',
                    name='language',
                    field=models.CharField(max_length=8),
                ),
                migrations.AddField(
                    model_name='publicsettings',
                    name='urgent_words',
                    field=models.TextField(blank=True, db_default='', default='', max_length=2000),
                ),
                migrations.AlterField(
                    model_name='submission',
                    name='language',
                    field=models.CharField(max_length=8),
                ),
                migrations.AlterField(
                    model_name='surveyinvitation',
                    name='language',
                    field=models.CharField(max_length=8),
                ),
                migrations.AlterField(
                    model_name='volunteer',
                    name='language',
                    field=models.CharField(max_length=8),
                ),
            ],
        ),
    ]
