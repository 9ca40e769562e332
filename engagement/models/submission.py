"""What a resident sends from a public form (domain 7.3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.theme import Theme
from partnerships.models import Partnership


class Submission(TenantModel):
    """Kept without address, browser or exact time; the code is the only way back to it (PRI-04)."""

    class Category(models.TextChoices):
        IDEA = "idea", _("An idea")
        NEED = "need", _("Something we need")
        PROBLEM = "problem", _("A problem")
        PRAISE = "praise", _("Praise")
        COMPLAINT = "complaint", _("A complaint")
        QUESTION = "question", _("A question")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        READ = "triaged", _("Read")
        ANSWERED = "answered", _("Answered")
        CLOSED = "loop_closed", _("Closed")
        SPAM = "spam", _("Not a message")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    partnership = TenantForeignKey(Partnership, related_name="submissions")
    category = models.CharField(max_length=10, choices=Category.choices)
    text = models.TextField(max_length=2000)
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5)
    contact_email = models.EmailField(blank=True)
    notice_version = models.PositiveSmallIntegerField(default=1)
    consented_hour = models.DateTimeField()
    received_hour = models.DateTimeField()
    code_hash = models.CharField(max_length=64)
    # What makes two texts the same message; emptied with the text.
    text_key = models.CharField(max_length=64, blank=True)
    duplicate_of = TenantForeignKey("self", null=True, blank=True, related_name="duplicates")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    is_urgent = models.BooleanField(default=False)
    theme = TenantForeignKey(Theme, null=True, blank=True, related_name="submissions")
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code_hash"], name="engagement_submission_code_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state", "-received_hour"], name="submission_by_state"),
            models.Index(fields=["tenant", "partnership", "text_key"], name="submission_by_text"),
            models.Index(fields=["tenant", "duplicate_of"], name="submission_by_first"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.received_hour:%Y-%m-%d}"


class SubmissionReply(TenantModel):
    """An answer to one resident, read with their code and mailed when they left an address."""

    submission = TenantForeignKey(Submission, related_name="replies")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "submission", "at"], name="reply_by_submission")]

    def __str__(self) -> str:
        return f"reply {self.at:%Y-%m-%d}"
