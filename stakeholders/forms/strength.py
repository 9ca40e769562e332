"""A form for a strength."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from stakeholders.models import Strength
from stakeholders.models.strength import MOST_HOURS

FIELDS = ("skill", "willing", "hours_month", "level", "evidence", "available_from", "available_until")


class StrengthForm(KitForm):
    """A skill and whether they would use it for the partnership; the rest can come later."""

    skill = forms.ChoiceField(label=_("What are they good at?"), choices=[("", _("Choose")), *Strength.Skill.choices])
    willing = forms.ChoiceField(
        label=_("Would they use it for the partnership?"),
        choices=Strength.Willing.choices,
        initial=Strength.Willing.NOT_ASKED,
    )
    hours_month = forms.IntegerField(
        label=_("Hours a month"), required=False, min_value=0, max_value=MOST_HOURS,
        help_text=_("For all partnerships together. Empty when nobody asked."),
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("How well?"), coerce=int, choices=Strength.Level.choices, initial=Strength.Level.GOOD
    )
    evidence = TextField(
        label=_("What shows it?"), max_length=300, required=False, help_text=_("A project, a certificate, years of it.")
    )
    available_from = forms.DateField(label=_("Free from"), widget=DateInput, required=False)
    available_until = forms.DateField(label=_("Free until"), widget=DateInput, required=False)
