"""The form that values volunteers' time."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from funding.forms.source import AmountField
from funding.queries.volunteer_time import OpenHours
from goals.models import Goal


class VolunteerTimeForm(KitForm):
    """Which hours, and what one is worth."""

    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)
    goal = forms.ModelChoiceField(
        label=_("For which goal"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("All volunteer work of the partnership"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    rate_cents = AmountField(
        label=_("Worth of an hour"),
        help_text=_("Gross pay of an hour for the same task, as in the collective agreement."),
    )
    valued_by = TextField(
        label=_("Who valued it, and how"),
        max_length=200,
        help_text=_("For example: treasurer, social cooperatives' agreement, level C1."),
    )

    def __init__(self, *args: Any, goals: QuerySet[Goal], currency: str, open_hours: OpenHours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["rate_cents"].currency = currency  # type: ignore[attr-defined]  # an AmountField
        self.initial = {**self.initial, "since": open_hours.since, "until": open_hours.until}
