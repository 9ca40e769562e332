"""The form about reminders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from reports.models import ReminderPreference


class RhythmForm(KitForm):
    """How often."""

    rhythm = forms.ChoiceField(
        label=_("Remind me"), choices=ReminderPreference.Rhythm.choices, widget=forms.RadioSelect
    )
