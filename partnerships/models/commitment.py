"""A promise made elsewhere than in a task: in a clause, a meeting, a talk or for a need (domain 2.6)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership


class Commitment(TenantModel):
    """What one member said it would do. The first agreed date is kept for good, as a task's is (R-T11).

    Written down by somebody else it is ``proposed`` and no promise yet: the member's own people confirm it (R-T10).
    """

    class Source(models.TextChoices):
        AGREEMENT_CLAUSE = "agreement_clause", _("Clause of an agreement")
        MEETING = "meeting", _("Meeting")
        SPOKEN = "spoken", _("Said in a talk")
        OFFER = "offer", _("Offered for a need")
        OTHER = "other", pgettext_lazy("promise", "Elsewhere")

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("promise", "Waits for confirmation")
        OPEN = "open", pgettext_lazy("promise", "Open")
        KEPT = "kept", pgettext_lazy("promise", "Kept")
        RELEASED = "released", pgettext_lazy("promise", "Released")
        DECLINED = "declined", pgettext_lazy("promise", "Not promised")

    partnership = TenantForeignKey(Partnership, related_name="commitments")
    number = models.PositiveIntegerField()
    member = TenantForeignKey(PartnershipMember, related_name="commitments")
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=16, choices=Source.choices)
    reference = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_agreed_on = models.DateField(null=True, blank=True)
    date_reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    confirmed_on = models.DateField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    evidence_file = TenantForeignKey(StoredFile, null=True, blank=True)
    release_asked = models.CharField(max_length=500, blank=True)
    release_reason = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="partnerships_commitment_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="kept", kept_on__isnull=False)
                | (~models.Q(state="kept") & models.Q(kept_on__isnull=True)),
                name="partnerships_commitment_kept_on_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released") | ~models.Q(release_reason=""),
                name="partnerships_commitment_released_for_a_reason",
                violation_error_message=_("Write why the promise is released."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state", "due_on"], name="commitment_by_partnership"),
            models.Index(fields=["tenant", "member", "state"], name="commitment_by_member"),
        ]

    def __str__(self) -> str:
        return self.title
