"""Who is told what, how often and by whom; and the updates that tell it (domain 2.4)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder

AUDIENCES = [
    (Visibility.PARTNERS.value, Visibility.PARTNERS.label),
    (Visibility.FUNDERS.value, Visibility.FUNDERS.label),
    (Visibility.PUBLIC.value, Visibility.PUBLIC.label),
]


class CommunicationLine(TenantModel):
    """One line of the communication plan. Its rhythm, missed by half, is told to coordination (R-C9)."""

    partnership = TenantForeignKey(Partnership, related_name="communication_lines")
    audience = models.PositiveSmallIntegerField(choices=AUDIENCES, default=Visibility.PARTNERS)
    who = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    owner = TenantForeignKey(PartnershipMember, null=True, blank=True)
    channel = models.CharField(max_length=80, blank=True)
    rhythm = models.CharField(max_length=10, choices=Partnership.Rhythm.choices, blank=True, default="")
    wording = models.CharField(max_length=120, blank=True)
    feedback_route = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [*TenantModel.Meta.constraints]
        indexes = [models.Index(fields=["tenant", "partnership"], name="communicationline_of")]

    def __str__(self) -> str:
        return self.who


class Update(TenantModel):
    """What a partnership tells its partners, funders or everybody; it always says what is not going well.

    ``visibility`` is the audience. Published, it is corrected by a note or withdrawn, never edited.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("update", "Draft")
        APPROVED = "approved", pgettext_lazy("update", "Approved")
        PUBLISHED = "published", pgettext_lazy("update", "Published")
        CORRECTED = "corrected", pgettext_lazy("update", "Corrected")
        WITHDRAWN = "withdrawn", pgettext_lazy("update", "Withdrawn")

    partnership = TenantForeignKey(Partnership, related_name="updates")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    body = models.TextField(max_length=4000, blank=True)
    went_well = models.TextField(max_length=4000, blank=True)
    not_going_well = models.TextField(max_length=4000)
    needs = models.TextField(max_length=2000, blank=True)
    next_dates = models.TextField(max_length=2000, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=AUDIENCES, default=Visibility.PARTNERS)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    correction = models.CharField(max_length=500, blank=True)
    corrected_on = models.DateField(null=True, blank=True)
    # Notes before the present one, latest first: {"on": day, "note": words}.
    earlier_corrections = models.JSONField(default=list, db_default=[], blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="partnerships_update_number_once"),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "state", "-published_on"], name="update_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def corrections(self) -> list[tuple[date, str]]:
        """Every note with its day, latest first."""
        earlier = [(date.fromisoformat(one["on"]), one["note"]) for one in self.earlier_corrections]
        return [(self.corrected_on, self.correction), *earlier] if self.corrected_on else earlier


class UpdateStop(TenantModel):
    """Somebody wants no more updates by mail."""

    person = TenantForeignKey(Stakeholder)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person"], name="partnerships_updatestop_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
