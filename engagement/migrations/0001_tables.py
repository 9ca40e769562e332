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
        ('engagement', '0001_initial'),
        ('engagement', '0002_submission_closing_and_duplicates'),
        ('engagement', '0003_theme_needs'),
    ]

    dependencies = [
        ('core', '0001_tables'),
        ('goals', '0001_tables'),
        ('partnerships', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('heard_en', models.CharField(blank=True, max_length=300)),
                    ('heard_it', models.CharField(blank=True, max_length=300)),
                    ('outcome', models.CharField(choices=[('open', 'Not answered yet'), ('done', 'Done'), ('in_progress', 'In progress'), ('planned', 'Planned'), ('partly', 'Partly'), ('not_possible', 'Not possible'), ('not_ours_passed_on', 'Not ours: passed on'), ('undecided', 'Not decided yet')], default='open', max_length=20)),
                    ('answer_en', models.TextField(blank=True, max_length=2000)),
                    ('answer_it', models.TextField(blank=True, max_length=2000)),
                    ('evidence', models.CharField(blank=True, max_length=300)),
                    ('outcome_on', models.DateField(blank=True, null=True)),
                    ('published_on', models.DateField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('partnership', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='partnerships.partnership')),
                    ('task', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.task')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'partnership', '-published_on'], name='theme_by_partnership')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='engagement_theme_wall'), models.CheckConstraint(condition=models.Q(('heard_en', ''), ('heard_it', ''), _negated=True), name='engagement_theme_says_what_was_heard'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'done'), _negated=True), models.Q(('evidence', ''), _negated=True), ('task__isnull', False), _connector='OR'), name='engagement_theme_done_has_evidence', violation_error_message='Say what shows that it was done, or choose the task that did it.'), core.tenancy.constraints.CompositeForeignKey(field='partnership', name='engagement_theme_partnership_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='task', name='engagement_theme_task_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_anonymous_id, editable=False, primary_key=True, serialize=False)),
                    ('category', models.CharField(choices=[('idea', 'An idea'), ('need', 'Something we need'), ('problem', 'A problem'), ('praise', 'Praise'), ('complaint', 'A complaint'), ('question', 'A question')], max_length=10)),
                    ('text', models.TextField(max_length=2000)),
                    ('place', models.CharField(blank=True, max_length=120)),
                    ('language', models.CharField(max_length=5)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('notice_version', models.PositiveSmallIntegerField(default=1)),
                    ('consented_hour', models.DateTimeField()),
                    ('received_hour', models.DateTimeField()),
                    ('code_hash', models.CharField(max_length=64)),
                    ('text_key', models.CharField(blank=True, max_length=64)),
                    ('state', models.CharField(choices=[('received', 'Received'), ('triaged', 'Read'), ('answered', 'Answered'), ('loop_closed', 'Closed'), ('spam', 'Not a message'), ('withdrawn', 'Taken back')], default='received', max_length=12)),
                    ('is_urgent', models.BooleanField(default=False)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('duplicate_of', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='engagement.submission')),
                    ('partnership', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='partnerships.partnership')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ('theme', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='engagement.theme')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'partnership', 'state', '-received_hour'], name='submission_by_state'), models.Index(fields=['tenant', 'partnership', 'text_key'], name='submission_by_text'), models.Index(fields=['tenant', 'duplicate_of'], name='submission_by_first')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='engagement_submission_wall'), models.UniqueConstraint(fields=('tenant', 'code_hash'), name='engagement_submission_code_once'), core.tenancy.constraints.CompositeForeignKey(field='partnership', name='engagement_submission_partnership_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='duplicate_of', name='engagement_submission_duplicate_of_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='theme', name='engagement_submission_theme_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='ThemeNeed',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('need', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='theme_links', to='goals.need')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ('theme', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='need_links', to='engagement.theme')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'need'], name='themeneed_by_need')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='engagement_themeneed_wall'), models.UniqueConstraint(fields=('tenant', 'theme', 'need'), name='engagement_themeneed_once'), core.tenancy.constraints.CompositeForeignKey(field='theme', name='engagement_themeneed_theme_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='need', name='engagement_themeneed_need_same_tenant')],
                },
            ),
            migrations.CreateModel(
                name='SubmissionReply',
                fields=[
                    ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                    ('text', models.TextField(max_length=4000)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('submission', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='engagement.submission')),
                    ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                ],
                options={
                    'abstract': False,
                    'base_manager_name': 'objects',
                    'indexes': [models.Index(fields=['tenant', 'submission', 'at'], name='reply_by_submission')],
                    'constraints': [core.tenancy.constraints.TenantWall(name='engagement_submissionreply_wall'), core.tenancy.constraints.CompositeForeignKey(field='submission', name='engagement_submissionreply_submission_same_tenant')],
                },
            ),
        ]),
    ]
