import core.models.tenant
import core.tenancy.constraints
import core.tenancy.context
import core.tenancy.keys
import core.tenancy.models
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.tenancy.sql import CURRENT_TENANT_SQL, DROP_CURRENT_TENANT_SQL
from core.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_cache'),
        ('core', '0003_stored_file_key'),
        ('core', '0005_mail_calendar'),
        ('core', '0006_smallest_count'),
        ('core', '0007_roles_changed_at'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(CURRENT_TENANT_SQL, DROP_CURRENT_TENANT_SQL),
        CreateTables([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='Name')),
                    ('language', models.CharField(blank=True, max_length=5, verbose_name='Language')),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_operator', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('roles_changed_at', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CacheEntry',
                fields=[
                    ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ('value', models.TextField()),
                    ('expires', models.DateTimeField(db_index=True)),
                ],
                options={
                    'db_table': 'core_cache',
                },
            ),
            migrations.CreateModel(
                name='RateCount',
                fields=[
                    ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=64)),
                    ('window_starts_at', models.DateTimeField()),
                    ('count', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['window_starts_at'], name='core_ratecount_old')],
                    'constraints': [models.UniqueConstraint(fields=('key', 'window_starts_at'), name='core_ratecount_window')],
                },
            ),
            migrations.CreateModel(
                name='Tenant',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('slug', models.SlugField(unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters, digits and single hyphens.')])),
                    ('name', models.CharField(max_length=120)),
                    ('about', models.TextField(blank=True, max_length=2000)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('default_language', models.CharField(default='en', max_length=5)),
                    ('time_zone', models.CharField(default='Europe/Rome', max_length=50, validators=[core.models.tenant.validate_time_zone])),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('brand_colour', models.CharField(default='#0b6e4f', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as #rrggbb.')])),
                    ('logo_id', models.UUIDField(blank=True, null=True)),
                    ('retention_days', models.JSONField(default=core.models.tenant.default_retention)),
                    ('retention_holds', models.JSONField(blank=True, default=list)),
                    ('smallest_count', models.PositiveSmallIntegerField(default=5)),
                    ('is_active', models.BooleanField(default=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('slug__in', ['accounts', 'admin', 'api', 'demo', 'new', 'static', 'telaio', 'verify', 'www']), _negated=True), name='core_tenant_slug_not_reserved'), models.CheckConstraint(condition=models.Q(('default_language__in', ['en', 'it'])), name='core_tenant_language_known'), models.CheckConstraint(condition=models.Q(('smallest_count__gte', 5), ('smallest_count__lte', 10)), name='core_tenant_smallest_count', violation_error_message='Choose a number from 5 to 10.')],
                },
            ),
            migrations.CreateModel(
                name='AccessScope',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('tenant', 'Tenant'), ('partnership', 'Partnership'), ('concern', 'Concern'), ('award', 'Award')], max_length=12)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_accessscope_wall'), models.UniqueConstraint(condition=models.Q(('kind', 'tenant')), fields=('tenant',), name='core_accessscope_one_root')],
                },
            ),
            migrations.CreateModel(
                name='AccessLink',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(max_length=30)),
                    ('subject_id', models.UUIDField()),
                    ('token_hash', models.CharField(max_length=64)),
                    ('recipient_email', models.EmailField(blank=True, max_length=254)),
                    ('person_id', models.UUIDField(null=True)),
                    ('label', models.CharField(blank=True, max_length=120)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('expires_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('uses', models.PositiveIntegerField(default=0)),
                    ('last_used_at', models.DateTimeField(null=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'subject_id', 'purpose'], name='core_accesslink_subject')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_accesslink_wall'), models.UniqueConstraint(fields=('tenant', 'token_hash'), name='core_accesslink_token')],
                },
            ),
            migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('storage_key', models.CharField(max_length=100)),
                    ('content_type', models.CharField(max_length=100)),
                    ('size_bytes', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('purpose', models.CharField(max_length=30)),
                    ('scope_id', models.UUIDField(null=True)),
                    ('visibility', models.PositiveSmallIntegerField(choices=[(0, 'Named people only'), (1, 'Coordination'), (2, 'Partners'), (3, 'Funders'), (4, 'Everyone')], default=1)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'purpose', 'created_at'], name='core_file_purpose')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_storedfile_wall'), models.UniqueConstraint(fields=('tenant', 'storage_key'), name='core_storedfile_key_once')],
                },
            ),
            migrations.CreateModel(
                name='OutboxMail',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('to', models.EmailField(max_length=254)),
                    ('subject', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('html', models.TextField(blank=True)),
                    ('calendar', models.TextField(blank=True)),
                    ('language', models.CharField(default='en', max_length=5)),
                    ('kind', models.CharField(max_length=40)),
                    ('unsubscribe_url', models.CharField(blank=True, max_length=300)),
                    ('dedup_key', models.CharField(max_length=160)),
                    ('message_id', models.CharField(max_length=120)),
                    ('bulk', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('dropped', 'Dropped'), ('dead', 'Dead')], default='waiting', max_length=8)),
                    ('send_after', models.DateTimeField()),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=200)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['tenant', 'send_after'], name='core_outboxmail_due')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_outboxmail_wall'), models.UniqueConstraint(fields=('tenant', 'dedup_key'), name='core_outboxmail_once')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='core.tenant')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('tenant', 'user'), name='core_membership_once_per_tenant')],
                },
            ),
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80)),
                    ('arguments', models.JSONField(default=dict)),
                    ('dedup_key', models.CharField(blank=True, max_length=120)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                    ('run_after', models.DateTimeField()),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('progress_done', models.PositiveIntegerField(default=0)),
                    ('progress_total', models.PositiveIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=200)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['tenant', 'run_after'], name='core_job_open')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_job_wall'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running']), models.Q(('dedup_key', ''), _negated=True)), fields=('tenant', 'dedup_key'), name='core_job_one_open_per_key')],
                },
            ),
            migrations.CreateModel(
                name='Erasure',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('person_id', models.UUIDField()),
                    ('erased_at', models.DateTimeField()),
                    ('counts', models.JSONField(default=dict)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_erasure_wall'), models.UniqueConstraint(fields=('tenant', 'person_id'), name='core_erasure_once')],
                },
            ),
            migrations.CreateModel(
                name='AuditEvent',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('actor_label', models.CharField(blank=True, max_length=40)),
                    ('verb', models.CharField(max_length=60)),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.UUIDField(null=True)),
                    ('subject_label', models.CharField(blank=True, max_length=200)),
                    ('scope_id', models.UUIDField(null=True)),
                    ('changes', models.JSONField(default=dict)),
                    ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', '-at'], name='core_audit_recent'), models.Index(fields=['tenant', 'subject_id', '-at'], name='core_audit_subject')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_auditevent_wall')],
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80)),
                    ('token_hash', models.CharField(max_length=64)),
                    ('token_start', models.CharField(max_length=12)),
                    ('permissions', models.JSONField(default=list)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('last_used_on', models.DateField(null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'user'], name='core_apitoken_user')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_apitoken_wall'), models.UniqueConstraint(fields=('tenant', 'token_hash'), name='core_apitoken_token')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('role', models.CharField(choices=[('tenant_admin', 'Space administrator'), ('coordinator', 'Coordinator'), ('treasurer', 'Fund holder'), ('evaluator', 'Evaluator'), ('partner_lead', 'Partner representative'), ('partner_member', 'Partner staff'), ('funder', 'Funder')], max_length=20)),
                    ('token_hash', models.CharField(max_length=64)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.accessscope')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', '-created_at'], name='core_invitation_recent')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_invitation_wall'), models.UniqueConstraint(fields=('tenant', 'token_hash'), name='core_invitation_token'), core.tenancy.constraints.CompositeForeignKey(field='scope', name='core_invitation_scope_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='Grant',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('tenant_admin', 'Space administrator'), ('coordinator', 'Coordinator'), ('treasurer', 'Fund holder'), ('evaluator', 'Evaluator'), ('partner_lead', 'Partner representative'), ('partner_member', 'Partner staff'), ('funder', 'Funder')], max_length=20)),
                    ('granted_at', models.DateTimeField(auto_now_add=True)),
                    ('scope', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='core.accessscope')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'scope'], name='core_grant_scope')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='core_grant_wall'), models.UniqueConstraint(fields=('tenant', 'user', 'scope', 'role'), name='core_grant_once'), core.tenancy.constraints.CompositeForeignKey(field='scope', name='core_grant_scope_same_tenant')],
                },
            ),
        ]),
    ]
