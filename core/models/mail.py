"""The outbox: mails written in the transaction that causes them, sent by workers, never lost."""

from django.db import models

from core.tenancy.models import TenantModel


class OutboxMail(TenantModel):
    """One mail to one address. ``dedup_key`` makes the same mail impossible to write twice."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DROPPED = "dropped"
        DEAD = "dead"

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    # An invitation for the reader's calendar (RFC 6047), with its METHOD; empty for most mails.
    calendar = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="en")
    kind = models.CharField(max_length=40)
    unsubscribe_url = models.CharField(max_length=300, blank=True)
    dedup_key = models.CharField(max_length=160)
    message_id = models.CharField(max_length=120)
    bulk = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    send_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "dedup_key"], name="core_outboxmail_once"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "send_after"], condition=models.Q(state="waiting"), name="core_outboxmail_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
