"""Volunteering: what is offered, who comes when, and the hours that were given (domain 7.6)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import StoredFile
from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models import Goal
from partnerships.models import Partnership, PartnershipMember
from stakeholders.models import Stakeholder


class VolunteerOpportunity(TenantModel):
    """What volunteers can do for a partnership, at whose place, and what protects them and the people they meet."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("opportunity", "Draft")
        PUBLISHED = "published", pgettext_lazy("opportunity", "Published")
        FULL = "full", pgettext_lazy("opportunity", "Full")
        PAUSED = "paused", pgettext_lazy("opportunity", "Paused")
        CLOSED = "closed", pgettext_lazy("opportunity", "Closed")
        ARCHIVED = "archived", pgettext_lazy("opportunity", "Archived")

    class Contact(models.TextChoices):
        NONE = "none", _("None")
        OCCASIONAL = "occasional_supervised", _("Now and then, with somebody supervising")
        REGULAR = "regular", _("Regularly")

    class CheckPolicy(models.TextChoices):
        """Whether a criminal-record check is asked for (domain 12.6)."""

        NONE = "none", _("Not needed")
        ASK = "ask", _("We ask for it, it is not needed")
        REQUIRED = "required", _("Needed before the first shift")

    partnership = TenantForeignKey(Partnership, related_name="volunteer_opportunities")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="volunteer_opportunities")
    host = TenantForeignKey(PartnershipMember, related_name="volunteer_opportunities")
    supervisor = TenantForeignKey(Stakeholder, related_name="supervised_opportunities")
    safeguarding_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tasks = models.TextField(max_length=2000, blank=True)
    skills = models.CharField(max_length=300, blank=True)
    min_age = models.PositiveSmallIntegerField(default=18)
    place = models.CharField(max_length=200, blank=True)
    accessibility = models.CharField(max_length=300, blank=True)
    time_needed = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    is_insured = models.BooleanField(default=False)
    insured_until = models.DateField(null=True, blank=True)
    check_policy = models.CharField(max_length=8, choices=CheckPolicy.choices, default=CheckPolicy.ASK)
    needs_training = models.BooleanField(default=False)
    needs_agreement = models.BooleanField(default=False)
    contact_with_people_at_risk = models.CharField(max_length=21, choices=Contact.choices, default=Contact.NONE)
    minor_hours_a_day = models.PositiveSmallIntegerField(default=4)
    risk_notes = models.TextField(max_length=1000, blank=True)
    refunds_policy = models.TextField(max_length=1000, blank=True)
    benefits = models.CharField(max_length=300, blank=True)
    keeps_register = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("volunteer opportunity")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="engagement_opportunity_number_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "state"], name="opportunity_by_partnership")]

    def __str__(self) -> str:
        return self.title


class Shift(TenantModel):
    """A block of time for which volunteers sign up."""

    opportunity = TenantForeignKey(VolunteerOpportunity, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    capacity_min = models.PositiveSmallIntegerField(default=1)
    capacity_max = models.PositiveSmallIntegerField(default=5)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="engagement_shift_ends_after_start",
                violation_error_message=_("It has to end after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity_max__gte=models.F("capacity_min")),
                name="engagement_shift_capacity_order",
                violation_error_message=_("At most cannot be fewer than at least."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "opportunity", "starts_at"], name="shift_by_opportunity")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Volunteer(TenantModel):
    """A person who gives time to one partnership, known by the address their own link goes to.

    Of a background check only outcome and date are kept (R-V2). Birth data stand here only where a register needs them.
    """

    class State(models.TextChoices):
        APPLICANT = "applicant", pgettext_lazy("volunteer", "Signed up")
        ONBOARDING = "in_onboarding", pgettext_lazy("volunteer", "Being introduced")
        ACTIVE = "active", pgettext_lazy("volunteer", "Active")
        PAUSED = "paused", pgettext_lazy("volunteer", "Paused")
        FORMER = "former", pgettext_lazy("volunteer", "Left")

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("Not checked")
        CLEAR = "clear", _("Nothing stands against it")
        NOT_CLEAR = "not_clear", _("Not for this work")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    partnership = TenantForeignKey(Partnership, related_name="volunteers")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8)
    is_minor = models.BooleanField(default=False)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_email = models.EmailField(blank=True)
    guardian_consent_on = models.DateField(null=True, blank=True)
    check_outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default=Outcome.UNKNOWN)
    check_on = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=13, choices=State.choices, default=State.APPLICANT)
    notice_version = models.PositiveSmallIntegerField()
    signed_up_hour = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)
    exit_answer = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("volunteer")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "email"],
                condition=~models.Q(email="") & ~models.Q(state="former"),
                name="engagement_volunteer_address_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VolunteerSignup(TenantModel):
    """One volunteer for one shift."""

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("signup", "Asked")
        ACCEPTED = "accepted", pgettext_lazy("signup", "Accepted")
        WAITLISTED = "waitlisted", pgettext_lazy("signup", "On the waiting list")
        DECLINED = "declined", pgettext_lazy("signup", "Declined")
        CONFIRMED = "confirmed", pgettext_lazy("signup", "Confirmed")
        CHECKED_IN = "checked_in", pgettext_lazy("signup", "Is here")
        ATTENDED = "attended", pgettext_lazy("signup", "Was there")
        NO_SHOW = "no_show", pgettext_lazy("signup", "Did not come")
        CANCELLED = "cancelled", pgettext_lazy("signup", "Cancelled")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    shift = TenantForeignKey(Shift, related_name="signups")
    volunteer = TenantForeignKey(Volunteer, related_name="signups")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "shift", "volunteer"], name="engagement_signup_once"),
            models.UniqueConstraint(fields=["tenant", "shift", "position"], name="engagement_signup_position_once"),
        ]
        indexes = [models.Index(fields=["tenant", "volunteer", "state"], name="signup_by_volunteer")]

    def __str__(self) -> str:
        return f"signup {self.position}"


class HoursEntry(TenantModel):
    """Hours given on one day. Never overwritten: who corrects writes a new entry that points to the old one (P3)."""

    class Source(models.TextChoices):
        CHECK_IN = "check_in", _("From the list at the door")
        SELF = "self", _("Said by the volunteer")
        SUPERVISOR = "supervisor", _("Written down by the host")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("hours", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("hours", "To be confirmed")
        VERIFIED = "verified", pgettext_lazy("hours", "Confirmed")
        QUERIED = "queried", pgettext_lazy("hours", "A question")
        REJECTED = "rejected", pgettext_lazy("hours", "Not counted")

    class Question(models.TextChoices):
        """What is odd about hours by themselves (R-V6)."""

        NONE = "", _("Nothing")
        TOO_MANY = "too_many", _("That makes more than twelve hours on one day. Is it right?")
        OVERLAP = "overlap", _("At that time other hours are written down already. Is it right?")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    volunteer = TenantForeignKey(Volunteer, related_name="hours")
    opportunity = TenantForeignKey(VolunteerOpportunity, related_name="hours")
    shift = TenantForeignKey(Shift, null=True, blank=True, related_name="hours")
    on = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    source = models.CharField(max_length=10, choices=Source.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    question = models.CharField(max_length=8, choices=Question.choices, blank=True, default=Question.NONE)
    note = models.CharField(max_length=300, blank=True)
    corrects = TenantForeignKey("self", null=True, blank=True, related_name="corrections")
    settled_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("hours")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(hours__gt=0, hours__lte=24), name="engagement_hoursentry_within_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "volunteer", "on"], name="hours_by_volunteer"),
            models.Index(fields=["tenant", "opportunity", "state"], name="hours_by_opportunity"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} {self.on}"

    @property
    def asked(self) -> str:
        """What somebody asked about it, else what is odd about it; empty for nothing."""
        return self.note or (self.get_question_display() if self.question else "")


class VolunteerCertificate(TenantModel):
    """A document of confirmed hours as they stood on a day; anybody can check its code."""

    volunteer = TenantForeignKey(Volunteer, related_name="certificates")
    code = models.CharField(max_length=24)
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    since = models.DateField()
    until = models.DateField()
    issued_on = models.DateField()
    pdf = TenantForeignKey(StoredFile, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code"], name="engagement_certificate_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class SafeguardingConcern(TenantModel):
    """That somebody worries about a person's safety. The words are sealed: only the named lead reads them (R-V5)."""

    class State(models.TextChoices):
        RAISED = "raised", pgettext_lazy("concern", "New")
        READ = "read", pgettext_lazy("concern", "Being looked into")
        CLOSED = "closed", pgettext_lazy("concern", "Closed")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    partnership = TenantForeignKey(Partnership)
    code = models.CharField(max_length=24)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_words = models.BinaryField(default=bytes, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.RAISED)
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code"], name="engagement_concern_code_once"),
        ]
        indexes = [models.Index(fields=["tenant", "lead", "state"], name="concern_by_lead")]

    def __str__(self) -> str:
        return self.code


class RegisterEntry(TenantModel):
    """A numbered line of the register of volunteers that Italian law asks for; never deleted (domain 12.6)."""

    opportunity = TenantForeignKey(VolunteerOpportunity, related_name="+")
    host = TenantForeignKey(PartnershipMember, related_name="register_entries")
    volunteer = TenantForeignKey(Volunteer, related_name="register_entries")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    tax_code = models.CharField(max_length=16, blank=True)
    born = models.CharField(max_length=120, blank=True)
    residence = models.CharField(max_length=200)
    is_occasional = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "host", "number"], name="engagement_registerentry_number_once"),
            models.CheckConstraint(
                condition=~models.Q(tax_code="") | ~models.Q(born=""),
                name="engagement_registerentry_identified",
                violation_error_message=_("Write the tax code, or place and date of birth."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
