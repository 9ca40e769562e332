"""Membership of an organisation in a partnership, and the people who speak for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class PartnershipMember(TenantModel):
    """An organisation's place in a partnership. It is a member only once it signed an agreement (P1)."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        INTERESTED = "interested", _("Interested")
        JOINING = "joining", _("Joining")
        MEMBER = "member", _("Member")
        ON_NOTICE = "on_notice", _("On notice")
        FORMER = "former", _("Former")
        SUSPENDED = "suspended", _("Suspended")
        EXCLUDED = "excluded", _("Excluded")

    class Seat(models.TextChoices):
        NONE = "", _("No seat")
        STEERING = "steering", _("Steering group")
        COMMUNITY = "community", _("Community seat")
        WORKING_GROUP = "working_group", _("Working group")
        OBSERVER = "observer", _("Observer")

    partnership = TenantForeignKey(Partnership, related_name="members")
    organisation = TenantForeignKey(Stakeholder, related_name="memberships")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    role = models.CharField(max_length=120, blank=True)
    seat = models.CharField(max_length=13, choices=Seat.choices, blank=True, default="")
    is_lead = models.BooleanField(default=False)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    # While it is on notice: the day on which that ends.
    leaves_on = models.DateField(null=True, blank=True)
    # Why it stands where it stands, where a reason was given; for the organisation itself and coordination.
    state_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "organisation"],
                name="partnerships_member_once",
                violation_error_message=_("This organisation is already in the partnership."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "organisation"], name="member_by_organisation")]

    def __str__(self) -> str:
        return str(self.organisation)


class Representative(TenantModel):
    """A person who speaks and works for a member in this partnership; may have no account, only an address."""

    member = TenantForeignKey(PartnershipMember, related_name="representatives")
    person = TenantForeignKey(Stakeholder, related_name="representations")
    can_commit = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "member", "person"], name="partnerships_representative_once"),
        ]
        indexes = [models.Index(fields=["tenant", "person"], name="representative_by_person")]

    def __str__(self) -> str:
        return str(self.person)
