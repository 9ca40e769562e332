"""Minutes: a text sent round, approved by those who were there, then fixed (R-C3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.attendance import Attendance
from partnerships.models.meeting import Meeting


class Minutes(TenantModel):
    """One text of a meeting's minutes as it was sent round; ``text_sha256`` says which. Frozen it never changes."""

    meeting = TenantForeignKey(Meeting, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=200_000)
    language = models.CharField(max_length=5, default="en")
    text_sha256 = models.CharField(max_length=64)
    circulated_at = models.DateTimeField()
    # None where no clock runs: in a light partnership somebody closes them.
    approve_by = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    # Somebody who was there said nothing until the end. Silence is shown as silence.
    with_silence = models.BooleanField(default=False)
    pdf = TenantForeignKey(StoredFile, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "meeting", "number"], name="partnerships_minutes_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.number})"


class MinutesApproval(TenantModel):
    """What one person who was there says about one text of the minutes."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        COMMENT = "comment", _("Asks for a change")

    minutes = TenantForeignKey(Minutes, related_name="approvals")
    attendance = TenantForeignKey(Attendance, related_name="approvals")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    comment = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "minutes", "attendance"], name="partnerships_minutesapproval_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance} {self.answer}"


class Erratum(TenantModel):
    """A dated note that corrects frozen minutes; their text stays as it was approved."""

    minutes = TenantForeignKey(Minutes, related_name="errata")
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "minutes", "at"], name="erratum_by_minutes")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
