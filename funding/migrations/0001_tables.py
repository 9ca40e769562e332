import core.tenancy.constraints
import core.tenancy.context
import core.tenancy.keys
import core.tenancy.models
import django.db.models.deletion
from django.db import migrations, models

from core.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('funding', '0001_initial'),
    ]

    dependencies = [
        ('core', '0001_tables'),
        ('goals', '0001_tables'),
        ('partnerships', '0001_tables'),
        ('stakeholders', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='FundingSource',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('grant', 'Grant'), ('sponsorship', 'Sponsorship'), ('in_kind', 'In-kind gift'), ('event', 'Fundraising event')], max_length=11)),
                    ('name', models.CharField(max_length=160)),
                    ('amount_cents', models.BigIntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('valued_by', models.CharField(blank=True, max_length=200)),
                    ('status', models.CharField(choices=[('expected', 'Expected'), ('secured', 'Secured'), ('lost', 'Did not come')], default='expected', max_length=8)),
                    ('probability_percent', models.PositiveSmallIntegerField(default=50)),
                    ('decided_on', models.DateField(blank=True, null=True)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('visibility', models.PositiveSmallIntegerField(choices=[(0, 'Named people only'), (1, 'Coordination'), (2, 'Partners'), (3, 'Funders'), (4, 'Everyone')], default=1)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('giver', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                    ('goal', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funding_sources', to='goals.goal')),
                    ('partnership', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='funding_sources', to='partnerships.partnership')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'partnership', 'status'], name='source_by_partnership')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='funding_fundingsource_wall'), models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0)), name='funding_source_amount_positive', violation_error_message='Enter an amount above zero.'), models.CheckConstraint(condition=models.Q(('probability_percent__lte', 100)), name='funding_source_probability'), core.tenancy.constraints.CompositeForeignKey(field='partnership', name='funding_fundingsource_partnership_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='goal', name='funding_fundingsource_goal_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='giver', name='funding_fundingsource_giver_same_tenant')],
                },
            ),
        ]),
    ]
