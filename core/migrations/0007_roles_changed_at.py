from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_smallest_count'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='roles_changed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
