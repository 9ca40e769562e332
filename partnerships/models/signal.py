"""An early sign that a known difficulty may be starting (domain 11)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership
from partnerships.models.task import Task


class Signal(TenantModel):
    """What one rule (``code``) found in a partnership, about one thing (``about_id``) or about all of it.

    ``facts`` are the numbers and days its sentence is made of, in whichever language. ``dismissed_measure`` is how
    bad it was when it was put aside. A signal is never summed up with others and never ranks anybody.
    """

    class State(models.TextChoices):
        RAISED = "raised", pgettext_lazy("signal", "New")
        SEEN = "seen", pgettext_lazy("signal", "Seen")
        ACTION_CHOSEN = "action_chosen", pgettext_lazy("signal", "Something is being done")
        DISMISSED = "dismissed", pgettext_lazy("signal", "Put aside")
        CLEARED = "cleared", pgettext_lazy("signal", "Over")

    partnership = TenantForeignKey(Partnership, related_name="signals")
    code = models.CharField(max_length=30)
    about_id = models.UUIDField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    state = models.CharField(max_length=13, choices=State.choices, default=State.RAISED)
    raised_on = models.DateField()
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen_on = models.DateField(null=True, blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=200, blank=True)
    task = TenantForeignKey(Task, null=True, blank=True)
    dismissed_on = models.DateField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dismissal_reason = models.CharField(max_length=300, blank=True)
    dismissed_measure = models.IntegerField(null=True, blank=True)
    cleared_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("early-warning signal")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "code", "about_id"],
                condition=~models.Q(state="cleared"),
                nulls_distinct=False,
                name="partnerships_signal_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dismissed") | ~models.Q(dismissal_reason=""),
                name="partnerships_signal_dismissed_with_reason",
                violation_error_message=_("Write the reason."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="action_chosen") | ~models.Q(action=""),
                name="partnerships_signal_action_in_words",
                violation_error_message=_("Write what you will do."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="cleared", cleared_on__isnull=False)
                | (~models.Q(state="cleared") & models.Q(cleared_on__isnull=True)),
                name="partnerships_signal_cleared_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state", "-raised_on"], name="signal_by_state"),
            models.Index(fields=["tenant", "partnership"], condition=models.Q(state="raised"), name="signal_raised"),
        ]

    def __str__(self) -> str:
        return self.code
