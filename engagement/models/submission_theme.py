"""What a message speaks of: one message may belong to several themes."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.submission import Submission
from engagement.models.theme import Theme


class SubmissionTheme(TenantModel):
    """A message in a theme."""

    submission = TenantForeignKey(Submission, related_name="theme_links")
    theme = TenantForeignKey(Theme, related_name="submission_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "submission", "theme"], name="engagement_submissiontheme_once"),
        ]
        indexes = [models.Index(fields=["tenant", "theme"], name="submissiontheme_by_theme")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.theme_id}"
