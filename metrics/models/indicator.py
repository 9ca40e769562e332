"""What is measured, how, and which value is wanted by when (domain 8.1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class Indicator(TenantModel):
    """A defined measure. A percentage always keeps numerator and denominator (R-I3)."""

    class Unit(models.TextChoices):
        COUNT = "count", _("number")
        UNIQUE_PEOPLE = "unique_people", _("people, each counted once")
        PERCENT = "percent", _("per cent")
        MEDIAN = "median", _("median")
        MEAN = "mean", _("mean")
        MONEY = "money", _("money")
        HOURS = "hours", _("hours")
        RATE = "rate", _("rate per 1,000")
        SCORE = "score", _("score")
        YES_NO = "yes_no", _("yes or no")
        STORY = "text_story", _("story in words")

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Output")
        OUTCOME = "outcome", _("Outcome")
        OUTCOME_SHORT = "outcome_short", _("Outcome within a year")
        OUTCOME_MEDIUM = "outcome_medium", _("Outcome within three years")
        PROCESS = "process", _("Process")
        PARTNERSHIP = "partnership", _("How we work together")
        CONTEXT = "context", _("Context")

    class Question(models.TextChoices):
        HOW_MUCH = "how_much", _("How much did we do?")
        HOW_WELL = "how_well", _("How well did we do it?")
        BETTER_OFF = "better_off", _("Is anybody better off?")

    class AnswersFor(models.TextChoices):
        OURS = "ours", _("The people we serve")
        POPULATION = "population", _("Everybody in the area: many others have a part in it")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("add them up")
        LATEST = "latest", _("the latest counts")
        WEIGHTED = "mean_weighted", _("average, weighted by cases")
        NONE = "not_additive", _("not at all")

    class Sample(models.TextChoices):
        """Of whom a share is found; only a random sample says how sure it is of all (domain 14.3)."""

        EVERYBODY = "everybody", _("Everybody concerned is asked or counted")
        RANDOM = "random", _("A random sample")
        OPEN = "open", _("Whoever answers, for example an open link")

    class IatiMeasure(models.TextChoices):
        """Code list IndicatorMeasure of IATI."""

        UNIT = "1", _("Unit")
        PERCENTAGE = "2", _("Percentage")
        NOMINAL = "3", _("Nominal scale")
        ORDINAL = "4", _("Ordinal scale")
        QUALITATIVE = "5", _("Qualitative")

    class YesOrNo(models.TextChoices):
        YES = "1", _("Yes")
        NO = "0", _("No")

    class IatiVocabulary(models.TextChoices):
        """Code list IndicatorVocabulary of IATI; the names are those of the lists."""

        WHO = "1", "WHO Registry"
        SPHERE = "2", "Sphere Handbook"
        US = "3", "US Foreign Assistance Framework"
        WORLD_BANK = "4", "World Bank World Development Indicators"
        MDG = "5", "UN Millennium Development Goals"
        OCHA = "6", "UNOCHA Humanitarian Response Indicators"
        HIV = "7", "HIV/AIDS Indicator Registry"
        HIPSO = "8", "HIPSO"
        SDG = "9", "UN Sustainable Development Goals"
        OWN = "99", _("Our own list")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every three months")
        HALF_YEARLY = "half_yearly", _("every six months")
        YEARLY = "yearly", _("every year")

    partnership = TenantForeignKey(Partnership, related_name="indicators")
    code = models.CharField(max_length=12)
    name_en = models.CharField(max_length=200, blank=True)
    name_it = models.CharField(max_length=200, blank=True)
    definition_en = models.TextField(blank=True, max_length=2000)
    definition_it = models.TextField(blank=True, max_length=2000)
    question = models.CharField(max_length=10, choices=Question.choices, blank=True)
    answers_for = models.CharField(max_length=10, choices=AnswersFor.choices, default=AnswersFor.OURS)
    numerator_en = models.CharField(max_length=300, blank=True)
    numerator_it = models.CharField(max_length=300, blank=True)
    denominator_en = models.CharField(max_length=300, blank=True)
    denominator_it = models.CharField(max_length=300, blank=True)
    formula = models.CharField(max_length=200, blank=True)
    aggregation = models.CharField(max_length=13, choices=Aggregation.choices, blank=True)
    method_en = models.CharField(max_length=500, blank=True)
    method_it = models.CharField(max_length=500, blank=True)
    instrument_en = models.CharField(max_length=200, blank=True)
    instrument_it = models.CharField(max_length=200, blank=True)
    deduplication_en = models.CharField(max_length=300, blank=True)
    deduplication_it = models.CharField(max_length=300, blank=True)
    responsible_en = models.CharField(max_length=120, blank=True)
    responsible_it = models.CharField(max_length=120, blank=True)
    rationale_en = models.CharField(max_length=500, blank=True)
    rationale_it = models.CharField(max_length=500, blank=True)
    limits_en = models.CharField(max_length=500, blank=True)
    limits_it = models.CharField(max_length=500, blank=True)
    ethics_note_en = models.CharField(max_length=500, blank=True)
    ethics_note_it = models.CharField(max_length=500, blank=True)
    cost_note_en = models.CharField(max_length=200, blank=True)
    cost_note_it = models.CharField(max_length=200, blank=True)
    feedback_note_en = models.CharField(max_length=300, blank=True)
    feedback_note_it = models.CharField(max_length=300, blank=True)
    lowest = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    highest = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    sample = models.CharField(max_length=9, choices=Sample.choices, blank=True, default="")
    # Of how many the sample is drawn: narrows the interval where that is not many more.
    population_size = models.PositiveIntegerField(null=True, blank=True)
    iati_measure = models.CharField(max_length=1, choices=IatiMeasure.choices, blank=True, default="")
    iati_aggregates = models.CharField(max_length=1, choices=YesOrNo.choices, blank=True, default="")
    iati_vocabulary = models.CharField(max_length=2, choices=IatiVocabulary.choices, blank=True, default="")
    iati_reference = models.CharField(max_length=60, blank=True, default="")
    lag_days = models.PositiveSmallIntegerField(default=30)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.OUTPUT)
    unit = models.CharField(max_length=14, choices=Unit.choices, default=Unit.COUNT)
    unit_label_en = models.CharField(max_length=40, blank=True)
    unit_label_it = models.CharField(max_length=40, blank=True)
    wants_increase = models.BooleanField(default=True)
    is_cumulative = models.BooleanField(default=False)
    source_en = models.CharField(max_length=200, blank=True)
    source_it = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=12, choices=Frequency.choices, default=Frequency.QUARTERLY)
    baseline_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source_en = models.CharField(max_length=200, blank=True)
    baseline_source_it = models.CharField(max_length=200, blank=True)
    baseline_due_on = models.DateField(null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "code"],
                name="metrics_indicator_code_once",
                violation_error_message=_("Another indicator of this partnership already has this code."),
            ),
            models.CheckConstraint(condition=~models.Q(name_en="", name_it=""), name="metrics_indicator_has_name"),
            models.CheckConstraint(
                condition=models.Q(lowest__isnull=True)
                | models.Q(highest__isnull=True)
                | models.Q(lowest__lte=models.F("highest")),
                name="metrics_indicator_bounds_in_order",
                violation_error_message=_("The lowest value cannot be above the highest."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return spoken(self, "name")

    @property
    def unit_label(self) -> str:
        """What is counted, in the page's language; may be empty."""
        return spoken(self, "unit_label")

    @property
    def is_context(self) -> bool:
        """Whether it speaks of everybody in the area, so that nobody here is its cause (R-I4)."""
        return self.answers_for == self.AnswersFor.POPULATION or self.kind == self.Kind.CONTEXT

    @property
    def definition(self) -> str:
        """What counts and what does not, in the page's language."""
        return spoken(self, "definition")

    @property
    def source(self) -> str:
        """Where its figures come from, in the page's language."""
        return spoken(self, "source")

    @property
    def baseline_source(self) -> str:
        """Where the starting value comes from, in the page's language."""
        return spoken(self, "baseline_source")


class IndicatorVersion(TenantModel):
    """What an indicator meant until a day; values of two versions are not one series (R-I1)."""

    indicator = TenantForeignKey(Indicator, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition_en = models.TextField(blank=True, max_length=2000)
    definition_it = models.TextField(blank=True, max_length=2000)
    numerator_en = models.CharField(max_length=300, blank=True)
    numerator_it = models.CharField(max_length=300, blank=True)
    denominator_en = models.CharField(max_length=300, blank=True)
    denominator_it = models.CharField(max_length=300, blank=True)
    formula = models.CharField(max_length=200, blank=True)
    replaced_on = models.DateField()
    reason = models.CharField(max_length=300)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "indicator", "number"], name="metrics_indicatorversion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} v{self.number}"

    @property
    def definition(self) -> str:
        """What counted and what did not, in the page's language."""
        return spoken(self, "definition")


class Target(TenantModel):
    """The value wanted by a date. The first one stays visible when a later one replaces it (R-G3)."""

    indicator = TenantForeignKey(Indicator, related_name="targets")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    due_on = models.DateField()
    replaced_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "indicator", "due_on"], name="target_by_indicator")]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"
