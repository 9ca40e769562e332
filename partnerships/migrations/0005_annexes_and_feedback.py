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
        ('partnerships', '0004_audiences_and_subjects'),
        ('stakeholders', '0003_who_is_meant'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        core.tenancy.tables.ChangeTables(
            operations=[
                migrations.CreateModel(
                    name='AgreementAnnex',
                    fields=[
                        ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                        ('position', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=160)),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('file', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                        ('version', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='partnerships.agreementversion')),
                    ],
                    options={
                        'abstract': False,
                        'base_manager_name': 'objects',
                        'constraints': [core.tenancy.constraints.TenantWall(name='partnerships_agreementannex_wall'), models.UniqueConstraint(fields=('tenant', 'version', 'title'), name='partnerships_agreementannex_title_once', violation_error_message='This version has an annex of that title already.'), core.tenancy.constraints.CompositeForeignKey(field='file', name='partnerships_agreementannex_file_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='version', name='partnerships_agreementannex_version_same_tenant')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnerFeedback',
                    fields=[
                        ('id', models.UUIDField(default=core.tenancy.keys.new_id, editable=False, primary_key=True, serialize=False)),
                        ('about', models.CharField(choices=[('partnership', 'The partnership as a whole'), ('coordination', 'The coordination'), ('workload', 'Our own workload'), ('process', 'A way of doing things')], max_length=12)),
                        ('wish', models.CharField(choices=[('thank', 'It goes well: thank you'), ('improve', 'It could be better'), ('worry', 'It worries us')], max_length=7)),
                        ('text', models.TextField(max_length=2000)),
                        ('is_anonymous', models.BooleanField(default=False)),
                        ('may_be_shown', models.BooleanField(default=False)),
                        ('given_at', models.DateTimeField(auto_now_add=True)),
                        ('answer_by', models.DateField()),
                        ('answer', models.TextField(blank=True, max_length=2000)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnershipmember')),
                        ('partnership', core.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='partner_feedback', to='partnerships.partnership')),
                        ('person', core.tenancy.models.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                        ('tenant', models.ForeignKey(db_index=False, default=core.tenancy.context.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.tenant')),
                    ],
                    options={
                        'abstract': False,
                        'base_manager_name': 'objects',
                        'indexes': [models.Index(fields=['tenant', 'partnership', '-given_at'], name='partnerfeedback_recent')],
                        'constraints': [core.tenancy.constraints.TenantWall(name='partnerships_partnerfeedback_wall'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='partnerships_partnerfeedback_answered_with_words'), core.tenancy.constraints.CompositeForeignKey(field='member', name='partnerships_partnerfeedback_member_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='partnership', name='partnerships_partnerfeedback_partnership_same_tenant'), core.tenancy.constraints.CompositeForeignKey(field='person', name='partnerships_partnerfeedback_person_same_tenant')],
                    },
                ),
                migrations.AddField(
                    model_name='signature',
                    name='viewed_at',
                    field=models.DateTimeField(blank=True, null=True),
                ),
            ],
        ),
    ]
