"""Agreements and their versions (domain 5.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.models import Job, StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership


class InstrumentType(models.TextChoices):
    """What kind of paper it is; the Italian ones by the name the law gives them (domain 12.1)."""

    PARTNERSHIP = "accordo_partenariato", _("Partnership agreement")
    INTENT = "protocollo_intesa", _("Statement of intent")
    PACT_ORDINARY = "patto_collaborazione_ordinario", _("Collaboration pact, simple care")
    PACT_COMPLEX = "patto_collaborazione_complesso", _("Collaboration pact, regeneration")
    CO_DESIGN = "convenzione_coprogettazione", _("Co-design of services (art. 55)")
    ART_56 = "convenzione_art56", _("Convention with voluntary bodies (art. 56)")
    PUBLIC_BODIES = "accordo_pa_art15", _("Agreement between public bodies (art. 15)")
    EDUCATION_PACT = "patto_educativo_comunita", _("Community education pact")
    SCHOOL_WORK = "convenzione_fsl", _("Convention on school-to-work learning")
    PLACEMENT = "convenzione_tirocinio", _("Convention on placements")
    UNIVERSITY = "convenzione_universita", _("Convention with a university")
    JOINT_VENTURE = "ats", _("Temporary association with a lead partner")
    SPONSORSHIP = "contratto_sponsorizzazione", _("Sponsorship contract")
    GIFT = "atto_donazione", _("Deed of gift")
    GIFT_WITH_BURDEN = "donazione_modale", _("Gift with a duty")
    JOINT_CONTROLLERS = "contitolarita_art26", _("Joint controllers of personal data (art. 26)")
    PROCESSOR = "nomina_responsabile_art28", _("Appointment as processor of personal data (art. 28)")


class Agreement(TenantModel):
    """What the partners agree on, over all its versions.

    The ``involves_*`` facts make clauses required (R-A1).
    """

    partnership = TenantForeignKey(Partnership, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    instrument_type = models.CharField(
        max_length=30, choices=InstrumentType.choices, default=InstrumentType.PARTNERSHIP
    )
    involves_minors = models.BooleanField(default=False)
    involves_volunteers = models.BooleanField(default=False)
    involves_money = models.BooleanField(default=False)
    involves_research = models.BooleanField(default=False)
    involves_public_body = models.BooleanField(default=False)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="partnerships_agreement_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementVersion(TenantModel):
    """One wording. Once opened for signing its text is fixed by ``text_sha256``; a change voids signatures (R-A3).

    ``is_composed``: it is written clause by clause, and until then ``text`` is empty. Otherwise it was written freely.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Draft")
        PARTNER_REVIEW = "partner_review", _("Partners review")
        READY_TO_SIGN = "ready_to_sign", _("Ready to sign")
        PARTIALLY_SIGNED = "partially_signed", _("Partly signed")
        TO_COME = "to_come", _("Signed, not yet in force")
        IN_FORCE = "in_force", _("In force")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated")
        SUPERSEDED = "superseded", _("Superseded")

    class Renewal(models.TextChoices):
        NONE = "none", _("It ends")
        TACIT = "tacit", _("It goes on unless somebody says no")
        BY_DECISION = "by_decision", _("It goes on if all say yes")

    class ChangeKind(models.TextChoices):
        MATERIAL = "material", _("Material: all sign again")
        MINOR = "minor", _("Minor: signatures carried over")

    class ReviewCause(models.TextChoices):
        TIME = "", _("A year has passed")
        MEMBER_JOINED = "member_joined", _("An organisation joined")
        MEMBER_LEFT = "member_left", _("An organisation left")
        LEAD_CHANGED = "lead_changed", _("Another organisation leads")
        GOAL_CHANGED = "goal_changed", _("A goal it names has changed")

    agreement = TenantForeignKey(Agreement, related_name="versions")
    number = models.PositiveSmallIntegerField()
    based_on = TenantForeignKey("self", null=True, blank=True, related_name="+")
    text = models.TextField(max_length=100_000, blank=True)
    is_composed = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en")
    # Printed beneath each clause.
    second_language = models.CharField(max_length=5, blank=True, default="")
    # Which of the two counts where they differ; empty for ``language``.
    prevailing_language = models.CharField(max_length=5, blank=True, default="")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFTING)
    text_sha256 = models.CharField(max_length=64, blank=True)
    # What the fixed text of a freely written version says of its annexes; one of clauses says it within its text.
    annexed = models.TextField(blank=True, default="", db_default="", editable=False)
    # The wording somebody had accepted before it was changed: who is asked again sees what is another (R-A3).
    text_before = models.TextField(max_length=100_000, blank=True, default="", db_default="", editable=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # From that day on a later version, signed already, stands in its place.
    replaced_on = models.DateField(null=True, blank=True, editable=False)
    # Ended early: the first day on which it does not hold any more, and why.
    terminated_on = models.DateField(null=True, blank=True, editable=False)
    termination_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    review_on = models.DateField(null=True, blank=True)
    # What made a review due before its time (R-A6).
    review_cause = models.CharField(
        max_length=13, choices=ReviewCause.choices, blank=True, default="", db_default="", editable=False
    )
    renewal = models.CharField(max_length=11, choices=Renewal.choices, default=Renewal.NONE)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    change_summary = models.CharField(max_length=300, blank=True)
    change_kind = models.CharField(max_length=8, choices=ChangeKind.choices, default=ChangeKind.MATERIAL)
    minor_reason = models.CharField(max_length=300, blank=True)
    # Until then a party may object to a minor change, which makes it a material one.
    objections_until = models.DateField(null=True, blank=True)
    # How the partners decide while this version is in force (clause 10); nothing agreed leaves it to them.
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_methods = models.JSONField(default=list, blank=True)
    # Other methods for some subjects: ``DecisionSubject`` to a list of methods; what is not named goes as above (R-C8).
    methods_by_subject = models.JSONField(default=dict, blank=True, db_default={})
    # What adopting a goal asks of the partners (R-G8); nothing agreed leaves it at ten working days, two thirds, one.
    endorsement_days = models.PositiveSmallIntegerField(null=True, blank=True)
    endorsement_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    endorsement_voices = models.PositiveSmallIntegerField(null=True, blank=True)
    pdf = TenantForeignKey(StoredFile, null=True, blank=True, related_name="+")
    job = TenantForeignKey(Job, null=True, blank=True, related_name="+")
    # When the nightly check found that the text or a file is no longer what was signed (FIL-10).
    damaged_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "agreement", "number"], name="partnerships_agreementversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "agreement"],
                condition=models.Q(state="in_force"),
                name="partnerships_agreement_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="partnerships_agreementversion_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(quorum_percent__isnull=True) | models.Q(quorum_percent__range=(1, 100)),
                name="partnerships_agreementversion_quorum_is_a_share",
                violation_error_message=_("Write a share between 1 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=models.Q(endorsement_percent__isnull=True) | models.Q(endorsement_percent__range=(1, 100)),
                name="partnerships_agreementversion_endorsement_is_a_share",
                violation_error_message=_("Write a share between 1 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} v{self.number}"

    @property
    def counting_language(self) -> str:
        """The language that counts where the two differ; empty for a text in one language."""
        return (self.prevailing_language or self.language) if self.second_language else ""
