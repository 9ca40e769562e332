"""What a survey asks: questions, their options, and when they are asked (domain 7.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.survey import SurveyVersion
from metrics.models import Indicator


class SurveyQuestion(TenantModel):
    """One question, or the heading of a section. ``code`` is what it is called in files and on paper."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One of several")
        MULTI = "multi", _("Any of several")
        RATING = "rating5", _("Five steps")
        SCALE = "scale", _("A scale of numbers")
        YES_NO = "yes_no_dk", _("Yes or no")
        NUMBER = "number", _("A number")
        SHORT = "short_text", _("A few words")
        LONG = "long_text", _("In their own words")
        RANKING = "ranking", _("Put in order")
        SECTION = "section", _("Heading of a section")

    class Nature(models.TextChoices):
        ORDINARY = "ordinary", _("Nothing personal")
        PERSONAL = "personal", _("About the person: age, household, work")
        SENSITIVE = "sensitive", _("Health, origin, religion, politics, sexual life")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Explicit consent (GDPR art. 9.2.a)")
        PUBLIC_INTEREST = "public_interest", _("Substantial public interest set by law (art. 9.2.g)")
        SOCIAL_CARE = "social_care", _("Health or social care under professional secrecy (art. 9.2.h)")
        STATISTICS = "statistics", _("Statistics or research set by law (art. 9.2.j)")

    version = TenantForeignKey(SurveyVersion, related_name="questions")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SINGLE)
    text_en = models.CharField(max_length=400, blank=True)
    text_it = models.CharField(max_length=400, blank=True)
    help_en = models.CharField(max_length=400, blank=True)
    help_it = models.CharField(max_length=400, blank=True)
    is_required = models.BooleanField(default=False)
    # Ends of a scale or bounds of a number; words at the two ends of a scale.
    lowest = models.IntegerField(null=True, blank=True)
    highest = models.IntegerField(null=True, blank=True)
    low_label_en = models.CharField(max_length=60, blank=True)
    low_label_it = models.CharField(max_length=60, blank=True)
    high_label_en = models.CharField(max_length=60, blank=True)
    high_label_it = models.CharField(max_length=60, blank=True)
    # Asked only of those who chose one of these codes, set apart by spaces, in an earlier question.
    asked_after = TenantForeignKey("self", null=True, blank=True, related_name="leads_to")
    asked_if = models.CharField(max_length=200, blank=True)
    nature = models.CharField(max_length=9, choices=Nature.choices, default=Nature.ORDINARY)
    basis = models.CharField(max_length=15, choices=Basis.choices, blank=True)
    indicator = TenantForeignKey(Indicator, null=True, blank=True)
    # Of an indicator that is a count or a percentage: the codes that count, set apart by spaces.
    counted_codes = models.CharField(max_length=200, blank=True)
    # Taken out, and kept so that it can be put back while nothing is frozen.
    is_removed = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "version", "code"],
                name="engagement_surveyquestion_code_once",
                violation_error_message=_("Another question of this survey has this code."),
            ),
            models.CheckConstraint(
                condition=~models.Q(text_en="", text_it=""), name="engagement_surveyquestion_has_text"
            ),
            models.CheckConstraint(
                condition=~models.Q(nature="sensitive") | ~models.Q(basis=""),
                name="engagement_surveyquestion_sensitive_has_basis",
                violation_error_message=_("A question about this needs its legal basis."),
            ),
            models.CheckConstraint(
                condition=models.Q(lowest__isnull=True)
                | models.Q(highest__isnull=True)
                | models.Q(lowest__lt=models.F("highest")),
                name="engagement_surveyquestion_bounds_in_order",
                violation_error_message=_("The lowest number must be below the highest."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "version", "position"], name="surveyquestion_in_order")]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"

    @property
    def text(self) -> str:
        """The question in the page's language."""
        return spoken(self, "text")


class SurveyOption(TenantModel):
    """Something that can be chosen; what stands for no opinion is marked, so that it is counted apart."""

    class Meaning(models.TextChoices):
        ANSWER = "answer", _("An answer")
        DONT_KNOW = "dont_know", _("“I don't know”")
        PREFER_NOT = "prefer_not", _("“I prefer not to say”")

    question = TenantForeignKey(SurveyQuestion, related_name="options")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    label_en = models.CharField(max_length=200, blank=True)
    label_it = models.CharField(max_length=200, blank=True)
    meaning = models.CharField(max_length=10, choices=Meaning.choices, default=Meaning.ANSWER)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "question", "code"],
                name="engagement_surveyoption_code_once",
                violation_error_message=_("Another option of this question has this code."),
            ),
            models.CheckConstraint(
                condition=~models.Q(label_en="", label_it=""), name="engagement_surveyoption_has_label"
            ),
        ]

    def __str__(self) -> str:
        return spoken(self, "label")
