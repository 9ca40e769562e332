"""Counting a space's promises from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("partnerships", "0004_task_orders"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_by_partnership"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["tenant", "partnership", "state", "due_on"],
                include=["visibility", "first_agreed_due_on", "finished_on"],
                name="task_by_partnership",
            ),
        ),
    ]
