import core.tenancy.constraints
import core.tenancy.context
import core.tenancy.keys
import core.tenancy.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_delivery_without_date'),
        ('reports', '0003_reminders_to_accounts'),
    ]

    dependencies = [
        ('core', '0001_tables'),
        ('partnerships', '0001_tables'),
        ('stakeholders', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='ImpactReport',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=160)),
                    ('language', models.CharField(max_length=5)),
                    ('period_starts_on', models.DateField()),
                    ('period_ends_on', models.DateField()),
                    ('summary', models.TextField(blank=True, max_length=3000)),
                    ('not_working', models.TextField(blank=True, max_length=2000)),
                    ('snapshot', models.JSONField()),
                    ('snapshot_sha256', models.CharField(max_length=64)),
                    ('code', models.CharField(max_length=20)),
                    ('state', models.CharField(choices=[('frozen', 'Frozen, not yet a document'), ('ready', 'Ready'), ('published', 'Published'), ('superseded', 'Replaced by a newer one')], default='frozen', max_length=10)),
                    ('visibility', models.PositiveSmallIntegerField(choices=[(0, 'Named people only'), (1, 'Coordination'), (2, 'Partners'), (3, 'Funders'), (4, 'Everyone')], default=1)),
                    ('frozen_at', models.DateTimeField(auto_now_add=True)),
                    ('published_at', models.DateTimeField(null=True)),
                    ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', core.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.job')),
                    ('partnership', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='partnerships.partnership')),
                    ('pdf', core.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'constraints': [core.tenancy.constraints.TenantWall(name='reports_impactreport_wall'), models.UniqueConstraint(fields=('tenant', 'partnership', 'number'), name='reports_report_number_once'), models.UniqueConstraint(fields=('tenant', 'code'), name='reports_report_code_once'), core.tenancy.constraints.CompositeForeignKey(field='partnership', name='reports_impactreport_partnership_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='pdf', name='reports_impactreport_pdf_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='job', name='reports_impactreport_job_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='ReminderPreference',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('rhythm', models.CharField(choices=[('daily', 'on any day something is due'), ('weekly', 'once a week at most'), ('never', 'not at all')], default='weekly', max_length=6)),
                    ('person', core.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'constraints': [core.tenancy.constraints.TenantWall(name='reports_reminderpreference_wall'), models.UniqueConstraint(fields=('tenant', 'person'), name='reports_reminderpreference_once'), models.UniqueConstraint(fields=('tenant', 'user'), name='reports_reminderpreference_once_an_account'), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('user__isnull', True)), models.Q(('person__isnull', True), ('user__isnull', False)), _connector='OR'), name='reports_reminderpreference_of_one'), core.tenancy.constraints.CompositeForeignKey(field='person', name='reports_reminderpreference_person_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('item_id', models.UUIDField()),
                    ('due_on', models.DateField(null=True)),
                    ('step', models.CharField(max_length=12)),
                    ('sent_on', models.DateField()),
                    ('mail', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.outboxmail')),
                    ('person', core.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'person', '-sent_on'], name='delivery_by_person'), models.Index(condition=models.Q(('user__isnull', False)), fields=['tenant', 'user', '-sent_on'], name='delivery_by_account')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='reports_delivery_wall'), models.UniqueConstraint(fields=('tenant', 'person', 'user', 'item_id', 'due_on', 'step'), name='reports_delivery_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('user__isnull', True)), models.Q(('person__isnull', True), ('user__isnull', False)), _connector='OR'), name='reports_delivery_to_one'), core.tenancy.constraints.CompositeForeignKey(field='person', name='reports_delivery_person_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='mail', name='reports_delivery_mail_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='ReportDownload',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('format', models.CharField(max_length=5)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('link', core.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.accesslink')),
                    ('report', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='reports.impactreport')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'report', '-at'], name='download_by_report')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='reports_reportdownload_wall'), core.tenancy.constraints.CompositeForeignKey(field='report', name='reports_reportdownload_report_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='link', name='reports_reportdownload_link_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='ReportReply',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('text', models.TextField(max_length=2000)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('received_hour', models.DateTimeField()),
                    ('report', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='reports.impactreport')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'report', '-received_hour'], name='reportreply_by_report')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='reports_reportreply_wall'), core.tenancy.constraints.CompositeForeignKey(field='report', name='reports_reportreply_report_same_tenant')],
                },
            ),
        ]),
    ]
