"""The Celery application: one task runs any job, and beat looks for work that no nudge announced."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("telaio")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Every entry may run twice or on two machines at once: claiming is done in Postgres.
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "core.sweep_jobs", "schedule": 20.0},
    "deliver-mail": {"task": "core.deliver_mail", "schedule": 15.0},
    "daily-round": {"task": "core.daily_round", "schedule": 900.0},
}


@worker_init.connect
def _check_role(**_kwargs: object) -> None:
    from core.tenancy.role import require_app_role

    require_app_role()
