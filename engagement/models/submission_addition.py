"""What a resident adds to a message with its code; what was there before stays as it was."""

from django.db import models

from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.submission import Submission


class SubmissionAddition(TenantModel):
    """Kept to the hour, as the message itself (PRI-04); ``read_on`` is empty until a person read it."""

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    submission = TenantForeignKey(Submission, related_name="additions")
    text = models.TextField(max_length=2000)
    added_hour = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "submission", "added_hour"], name="addition_by_submission")]

    def __str__(self) -> str:
        return f"addition {self.added_hour:%Y-%m-%d}"
