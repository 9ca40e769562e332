import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0005_reader_languages'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='surveyinvitation',
                    name='declined_hash',
                    field=models.CharField(blank=True, db_default='', default='', max_length=64),
                ),
                migrations.AddField(
                    model_name='surveyinvitation',
                    name='reminded_on',
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name='surveyinvitation',
                    name='reminder_hash',
                    field=models.CharField(blank=True, db_default='', default='', max_length=64),
                ),
                migrations.AddConstraint(
                    model_name='surveyinvitation',
                    constraint=models.UniqueConstraint(condition=models.Q(('reminder_hash', ''), _negated=True), fields=('tenant', 'reminder_hash'), name='engagement_surveyinvitation_reminder_once'),
                ),
            ],
        ),
    ]
