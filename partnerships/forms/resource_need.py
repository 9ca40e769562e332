"""The form for something a partnership needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from stakeholders.models import Asset

FIELDS = ("title", "kind", "description", "place", "needed_from", "needed_until")


class ResourceNeedForm(KitForm):
    """What is needed; a name and a kind are enough."""

    title = TextField(
        label=_("What is needed"), max_length=120, help_text=_("For example: a van on Saturdays, a room for thirty.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Asset.Kind.choices)
    description = TextField(label=_("More about it"), max_length=1000, multiline=True, required=False)
    place = TextField(
        label=_("Where"), max_length=120, required=False, help_text=_("Left empty: where the partnership works.")
    )
    needed_from = forms.DateField(label=_("From day"), widget=DateInput, required=False)
    needed_until = forms.DateField(label=_("To day"), widget=DateInput, required=False)
