"""What has to be settled before a partnership is closed (domain 0.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership


class ClosingStep(TenantModel):
    """One point of an ending partnership's checklist, settled by somebody on a day."""

    class Kind(models.TextChoices):
        MONEY = "money", _("Money is accounted for, and what is left goes where it was agreed")
        THINGS = "things", _("What was bought or built has somebody who looks after it")
        DATA = "data", _("Personal data is handed back or deleted")
        PEOPLE = "people", _("The people who were helped know where to turn now")
        NOTICE = "notice", _("It was said in public that the partnership ends")
        REPORT = "report", _("The last report is published")
        LESSON = "lesson", _("A last talk was held together, and what was learned is written down")

    partnership = TenantForeignKey(Partnership, related_name="closing_steps")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    note = models.CharField(max_length=500, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "kind"], name="partnerships_closingstep_kind_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
