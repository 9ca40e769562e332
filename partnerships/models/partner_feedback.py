"""What a partner says of how a partnership works together, and what it is answered (domain 2.5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class PartnerFeedback(TenantModel):
    """Words of one partner to coordination, answered by a day.

    ``is_anonymous``: partners never read from whom it comes; coordination, which answers, does. ``may_be_shown``: who
    wrote it agrees that all partners read it, once it has an answer. What must stay between two people is a ``Worry``.
    """

    class About(models.TextChoices):
        PARTNERSHIP = "partnership", _("The partnership as a whole")
        COORDINATION = "coordination", _("The coordination")
        WORKLOAD = "workload", _("Our own workload")
        PROCESS = "process", _("A way of doing things")

    class Wish(models.TextChoices):
        THANK = "thank", _("It goes well: thank you")
        IMPROVE = "improve", _("It could be better")
        WORRY = "worry", _("It worries us")

    partnership = TenantForeignKey(Partnership, related_name="partner_feedback")
    member = TenantForeignKey(PartnershipMember)
    about = models.CharField(max_length=12, choices=About.choices)
    wish = models.CharField(max_length=7, choices=Wish.choices)
    text = models.TextField(max_length=2000)
    is_anonymous = models.BooleanField(default=False)
    may_be_shown = models.BooleanField(default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Who said it by an e-mailed link, without an account.
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
                name="partnerships_partnerfeedback_answered_with_words",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "-given_at"], name="partnerfeedback_recent")]

    def __str__(self) -> str:
        return str(self.get_about_display())
