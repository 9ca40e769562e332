# What partnerships may see of audits and records, and the indexes of lists.

import core.tenancy.constraints
import core.tenancy.context
import core.tenancy.keys
import core.tenancy.models
import core.tenancy.tables
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_forgetting_in_history'),
        ('stakeholders', '0003_who_is_meant'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.CreateModel(
                    name='RegisterRequest',
                    fields=[
                        ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                        ('scheme', models.CharField(blank=True, max_length=30)),
                        ('value', models.CharField(max_length=80)),
                        ('name', models.CharField(max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(choices=[('asked', 'waits for an answer'), ('granted', 'shared'), ('declined', 'not shared')], default='asked', max_length=8)),
                        ('answer', models.CharField(blank=True, max_length=300)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('scope', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.accessscope')),
                        ('stakeholder', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                        ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ],
                    options={
                        'abstract': False,
                        'base_manager_name': 'objects',
                        'indexes': [models.Index(fields=['tenant', 'state', '-asked_at'], name='registerrequest_by_state')],
                        'constraints': [core.tenancy.constraints.TenantWall(name='stakeholders_registerrequest_wall'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('tenant', 'scope', 'scheme', 'value'), name='stakeholders_registerrequest_once', violation_error_message='You have asked for this one already.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('stakeholder__isnull', False), _connector='OR'), name='stakeholders_registerrequest_granted_has_record'), core.tenancy.constraints.CompositeForeignKey(field='scope', name='stakeholders_registerrequest_scope_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='stakeholder', name='stakeholders_registerrequest_stakeholder_same_tenant')],
                    },
                ),
                migrations.RemoveIndex(
                    model_name='stakeholder',
                    name='stakeholder_by_name',
                ),
                migrations.RemoveIndex(
                    model_name='stakeholder',
                    name='stakeholder_by_sector',
                ),
                migrations.AddField(
                    model_name='representationaudit',
                    name='scope',
                    field=core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.accessscope'),
                ),
                migrations.AddIndex(
                    model_name='stakeholder',
                    index=models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['tenant', 'sort_name', 'id'], include=('visibility', 'sector', 'lawful_basis', 'do_not_contact', 'relationship_owner'), name='stakeholder_by_name'),
                ),
                migrations.AddIndex(
                    model_name='stakeholder',
                    index=models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['tenant', 'kind', 'sort_name', 'id'], include=('visibility', 'sector'), name='stakeholder_by_kind'),
                ),
                migrations.AddConstraint(
                    model_name='representationaudit',
                    constraint=core.tenancy.constraints.CompositeForeignKey(field='scope', name='stakeholders_representationaudit_scope_same_tenant'),
                ),
            ],
        ),
    ]
