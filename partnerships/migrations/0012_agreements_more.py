from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0011_channels'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementversion',
            name='prevailing_language',
            field=models.CharField(blank=True, default='', max_length=5),
        ),
    ]
