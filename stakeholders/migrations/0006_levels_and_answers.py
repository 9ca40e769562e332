# Whether what a file says of who may see a record is followed, and for how many that is more than the coordination; what
# was answered to an organisation that changed its profile.

import core.tenancy.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0005_search_assets'),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='profileedit',
                    name='answer',
                    field=models.CharField(blank=True, db_default='', default='', max_length=300),
                ),
                migrations.AddField(
                    model_name='profileedit',
                    name='put_back_facts',
                    field=models.JSONField(blank=True, db_default=[], default=list),
                ),
                migrations.AddField(
                    model_name='stakeholderimport',
                    name='shown_counts',
                    field=models.JSONField(db_default={}, default=dict),
                ),
                migrations.AddField(
                    model_name='stakeholderimport',
                    name='takes_levels',
                    field=models.BooleanField(db_default=False, default=False),
                ),
            ],
        ),
    ]
