"""A photo sent with a message."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.submission import Submission


class SubmissionPhoto(TenantModel):
    """Encoded anew without metadata (FIL-02), and kept in the row: a file would keep the exact time (PRI-04)."""

    class Review(models.TextChoices):
        WAITING = "waiting", _("Nobody has looked yet")
        FIT = "fit", _("Everybody may see it")
        STAFF = "staff", _("Only for those who answer")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    submission = TenantForeignKey(Submission, related_name="photos")
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    may_be_shown = models.BooleanField(default=False)
    description = models.CharField(max_length=200, blank=True)
    review = models.CharField(max_length=7, choices=Review.choices, default=Review.WAITING)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(review="fit") | (models.Q(may_be_shown=True) & ~models.Q(description="")),
                name="engagement_submissionphoto_fit_is_agreed",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "submission"], name="photo_by_submission")]

    def __str__(self) -> str:
        return self.get_review_display()
