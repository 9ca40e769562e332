"""Mails that did not go out."""

from django.db.models import QuerySet

from core.models import OutboxMail


def dead_mails() -> QuerySet[OutboxMail]:
    """Mails given up after a day of trying, newest first."""
    return OutboxMail.objects.filter(state=OutboxMail.State.DEAD).order_by("-created_at", "-id")


def late_mails() -> QuerySet[OutboxMail]:
    """Mails that failed at least once and are still being tried, newest first."""
    waiting = OutboxMail.objects.filter(state=OutboxMail.State.WAITING, attempts__gt=0)
    return waiting.order_by("-created_at", "-id")
