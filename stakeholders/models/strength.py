"""What an organisation is good at, and how many hours it can give to it (domain 5.1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder

MOST_HOURS = 2000


class Strength(TenantModel):
    """One skill of a stakeholder. Said by somebody; ``confirmed_on`` once the organisation itself agreed."""

    class Skill(models.TextChoices):
        FACILITATION = "facilitation", _("Facilitating meetings")
        MEDIATION = "mediation", _("Mediation")
        COORDINATION = "coordination", _("Coordinating projects")
        GOVERNANCE = "governance", _("Boards and governance")
        YOUTH_WORK = "youth_work", _("Youth work")
        EARLY_YEARS = "early_years", _("Early childhood")
        TEACHING = "teaching", _("Teaching and training")
        MENTORING = "mentoring", _("Mentoring")
        CARE = "care", _("Care of older or ill people")
        HEALTH = "health", _("Health")
        DISABILITY = "disability", _("Working with people with disabilities")
        INTEGRATION = "integration", _("Welcoming people from other countries")
        SOCIAL_WORK = "social_work", _("Social work")
        EMPLOYMENT = "employment", _("Finding work for people")
        HOUSING = "housing", _("Housing")
        FOOD = "food", _("Food and kitchens")
        ENVIRONMENT = "environment", _("Environment and green spaces")
        CULTURE = "culture", _("Culture and arts")
        SPORT = "sport", _("Sport")
        COMMUNITY_OUTREACH = "community_outreach", _("Reaching people at home and in the street")
        VOLUNTEERS = "volunteers", _("Finding and leading volunteers")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        COMMUNICATION = "communication", _("Communication and press")
        SOCIAL_MEDIA = "social_media", _("Social media")
        DESIGN = "design", _("Design and layout")
        PHOTOGRAPHY = "photography", _("Photography and video")
        WRITING = "writing", _("Writing in plain language")
        TRANSLATION = "translation", _("Translation and interpreting")
        EVENTS = "events", _("Events")
        VENUE = "venue", _("Running a venue")
        LEGAL = "legal", _("Law")
        ACCOUNTING = "accounting", _("Accounting and reporting")
        PROCUREMENT = "procurement", _("Procurement")
        GRANT_WRITING = "grant_writing", _("Grant writing")
        FUNDRAISING = "fundraising", _("Fundraising")
        DATA = "data", _("Data analysis")
        EVALUATION = "evaluation", _("Evaluation")
        RESEARCH = "research", _("Research")
        DIGITAL = "digital", _("Computers and web")
        LOGISTICS = "logistics", _("Transport and logistics")
        TRADES = "trades", _("Building and repair")
        PRIVACY = "privacy", _("Data protection")

    class Level(models.IntegerChoices):
        SOME = 1, pgettext_lazy("skill level", "Some experience")
        GOOD = 2, pgettext_lazy("skill level", "Does it regularly")
        EXPERT = 3, pgettext_lazy("skill level", "Teaches others")

    class Willing(models.TextChoices):
        LEAD = "lead", pgettext_lazy("willing to", "Would lead")
        HELP = "help", pgettext_lazy("willing to", "Would help")
        ADVISE = "advise", pgettext_lazy("willing to", "Would advise")
        NOT_ASKED = "not_asked", pgettext_lazy("willing to", "Not asked yet")

    owner = TenantForeignKey(Stakeholder, related_name="strengths")
    skill = models.CharField(max_length=20, choices=Skill.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.GOOD)
    willing = models.CharField(max_length=9, choices=Willing.choices, default=Willing.NOT_ASKED)
    # Hours a month for work of partnerships, all of them together; empty when nobody asked.
    hours_month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)]
    )
    evidence = models.CharField(max_length=300, blank=True)
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "owner", "skill"],
                name="stakeholders_strength_skill_once",
                violation_error_message=_("This skill is written down already. Change it there."),
            ),
            models.CheckConstraint(
                condition=models.Q(available_until__isnull=True)
                | models.Q(available_from__isnull=True)
                | models.Q(available_until__gte=models.F("available_from")),
                name="stakeholders_strength_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "skill"], name="strength_by_skill")]

    def __str__(self) -> str:
        return str(self.get_skill_display())
