"""That somebody agreed to be recognised in a post (domain 7.7, R-M2, R-D5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.social_plan import SocialChannel
from partnerships.models import Partnership


class PictureConsent(TenantModel):
    """Who is shown in words, how and when they agreed, for what and until when; for a minor the guardian who did.

    ``ended_on``: the day it was taken back, or after which it held no more. ``email`` only finds it again.
    """

    class How(models.TextChoices):
        SIGNED = "signed", _("On a signed form")
        MAIL = "mail", _("By mail or message")
        SPOKEN = "spoken", _("Said aloud, written down here")

    partnership = TenantForeignKey(Partnership, related_name="picture_consents")
    who = models.CharField(max_length=200, blank=True)
    is_minor = models.BooleanField(default=False)
    guardian = models.CharField(max_length=120, blank=True)
    given_on = models.DateField()
    how = models.CharField(max_length=6, choices=How.choices, blank=True, default=How.SIGNED)
    scope = models.CharField(max_length=300, blank=True)
    channel = TenantForeignKey(SocialChannel, null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    evidence = TenantForeignKey(StoredFile, null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("consent to be shown")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=False) | models.Q(is_minor=False) | ~models.Q(guardian=""),
                name="engagement_pictureconsent_minor_with_guardian",
                violation_error_message=_("For a minor, name the parent or guardian who agreed."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=False) | ~models.Q(who=""),
                name="engagement_pictureconsent_says_who",
                violation_error_message=_("Say who is shown."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "ended_on"], name="consent_by_partnership")]

    def __str__(self) -> str:
        # Written down in the history, which holds no names of people shown.
        return f"{self.given_on:%Y-%m-%d}"
