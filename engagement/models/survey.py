"""Surveys: what is asked of whom, why, and until when (domain 7.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class Survey(TenantModel):
    """A questionnaire for residents, from its draft to what became of the answers."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEWED = "reviewed", _("Read by another")
        PILOTED = "piloted", _("Tried out")
        OPEN = "open", pgettext_lazy("survey", "Open")
        CLOSED = "closed", pgettext_lazy("survey", "Closed")
        CLEANED = "cleaned", pgettext_lazy("survey", "Checked")
        ANALYSED = "analysed", _("Worked out")
        PUBLISHED = "published", _("Results published")
        LOOP_CLOSED = "loop_closed", _("Reported back")

    class Recruitment(models.TextChoices):
        OPEN_LINK = "open_link", _("Open link: whoever wants to")
        INVITED = "invited_list", _("Everybody on a list, invited by mail")
        RANDOM = "random_sample", _("Drawn at random from a known list")
        DOORS = "door_to_door", _("From door to door")
        EVENT = "event", _("At an event")

    class Languages(models.TextChoices):
        BOTH = "both", _("English and Italian")
        ENGLISH = "en", _("English only")
        ITALIAN = "it", _("Italian only")

    partnership = TenantForeignKey(Partnership, related_name="surveys")
    number = models.PositiveIntegerField()
    title_en = models.CharField(max_length=160, blank=True)
    title_it = models.CharField(max_length=160, blank=True)
    intro_en = models.TextField(max_length=1000, blank=True)
    intro_it = models.TextField(max_length=1000, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    decisions = models.CharField(max_length=300, blank=True)
    population = models.CharField(max_length=200, blank=True)
    recruitment = models.CharField(max_length=13, choices=Recruitment.choices, default=Recruitment.OPEN_LINK)
    # How many there are in all, where that is known: the frame of a sample or the length of a list.
    population_size = models.PositiveIntegerField(null=True, blank=True)
    languages = models.CharField(max_length=4, choices=Languages.choices, default=Languages.BOTH)
    is_on_web = models.BooleanField(default=True)
    is_on_paper = models.BooleanField(default=True)
    is_by_interview = models.BooleanField(default=False)
    min_age = models.PositiveSmallIntegerField(default=14)
    # What people who tried it say; worked out from the questions while nobody said.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_anonymous = models.BooleanField(default=True)
    notice_version = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    report_back_by = models.DateField(null=True, blank=True)
    pilot_reason = models.CharField(max_length=300, blank=True)
    previous_wave = TenantForeignKey("self", null=True, blank=True, related_name="next_waves")
    learned_en = models.TextField(max_length=3000, blank=True)
    learned_it = models.TextField(max_length=3000, blank=True)
    became_en = models.TextField(max_length=3000, blank=True)
    became_it = models.TextField(max_length=3000, blank=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.DRAFT)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="engagement_survey_number_once"),
            models.CheckConstraint(condition=~models.Q(title_en="", title_it=""), name="engagement_survey_has_title"),
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(opens_on__lte=models.F("closes_on")),
                name="engagement_survey_closes_after_opening",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="loop_closed") | ~models.Q(became_en="", became_it=""),
                name="engagement_survey_reported_back",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "state"], name="survey_by_state")]

    def __str__(self) -> str:
        return spoken(self, "title")

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages it can be answered in."""
        return ("en", "it") if self.languages == self.Languages.BOTH else (self.languages,)


class SurveyVersion(TenantModel):
    """One wording of a survey. From its first answer on it is never changed; another wording is another version."""

    survey = TenantForeignKey(Survey, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    frozen_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "survey", "number"], name="engagement_surveyversion_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
