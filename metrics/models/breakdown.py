"""An indicator broken down by groups of people, and the values of each group (R-I10)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models.indicator import Indicator
from metrics.models.measurement import Measurement


class Cut(TenantModel):
    """One way to break an indicator's values down."""

    class Kind(models.TextChoices):
        GENDER = "gender", _("Sex or gender")
        AGE = "age", _("Age")
        AREA = "area", _("Area")
        OWN = "own", _("One of your own")

    indicator = TenantForeignKey(Indicator, related_name="cuts")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    name_en = models.CharField(max_length=80, blank=True)
    name_it = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "indicator", "kind"],
                name="metrics_cut_kind_once",
                violation_error_message=_("The indicator is broken down in this way already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="own") | ~models.Q(name_en="", name_it=""), name="metrics_cut_own_has_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the groups are about, in the page's language."""
        return spoken(self, "name") or str(self.get_kind_display())


class CutGroup(TenantModel):
    """A group of a cut; the last one is always those of whom it is not known. A group may have a target of its own."""

    cut = TenantForeignKey(Cut, related_name="groups")
    position = models.PositiveSmallIntegerField()
    label_en = models.CharField(max_length=80, blank=True)
    label_it = models.CharField(max_length=80, blank=True)
    is_unknown = models.BooleanField(default=False)
    target_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "cut", "position"], name="metrics_cutgroup_position_once"),
            models.CheckConstraint(condition=~models.Q(label_en="", label_it=""), name="metrics_cutgroup_has_label"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The group in the page's language."""
        return spoken(self, "label")


class GroupValue(TenantModel):
    """How much of a measurement falls to a group: a count, or of a percentage how many out of how many."""

    measurement = TenantForeignKey(Measurement, related_name="group_values")
    group = TenantForeignKey(CutGroup, related_name="values")
    count = models.PositiveIntegerField()
    # Of a percentage: out of how many.
    cases = models.PositiveIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "measurement", "group"], name="metrics_groupvalue_once"),
            models.CheckConstraint(
                condition=models.Q(cases__isnull=True) | models.Q(cases__gte=models.F("count")),
                name="metrics_groupvalue_part_of_cases",
                violation_error_message=_("The part cannot be larger than the whole."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.count) if self.cases is None else f"{self.count}/{self.cases}"
