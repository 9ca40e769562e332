"""The Celery application: one task runs any job, and beat looks for work that no nudge announced."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, heartbeat_sent, worker_init

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


def _check_role(**_kwargs: object) -> None:
    from core.tenancy.role import require_app_role

    require_app_role()


def _beat_heart(**_kwargs: object) -> None:
    """Touch the file a container's health check looks at; nothing where none is named."""
    if name := os.environ.get("HEARTBEAT_FILE"):
        Path(name).touch()


worker_init.connect(_check_role)
beat_init.connect(_check_role)
heartbeat_sent.connect(_beat_heart)
