from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0013_meetings_more'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementversion',
            name='endorsement_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='endorsement_percent',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='endorsement_voices',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('endorsement_percent__isnull', True), ('endorsement_percent__range', (1, 100)), _connector='OR'), name='partnerships_agreementversion_endorsement_is_a_share', violation_error_message='Write a share between 1 and 100 per cent.'),
        ),
    ]
