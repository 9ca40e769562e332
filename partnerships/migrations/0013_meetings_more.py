"""Decisions that everybody could read keep the day on which that ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more day of a decision."""

    dependencies = [("partnerships", "0012_agreements_more")]

    operations = [
        migrations.AddField(
            model_name="decision", name="withdrawn_on", field=models.DateField(blank=True, null=True)
        ),
    ]
