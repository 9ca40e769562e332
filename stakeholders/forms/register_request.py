"""Forms to ask for a record out of sight, and to answer."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.people import PlaceForm
from core.web.forms import KitForm, TextField
from stakeholders.rules.identifier import SCHEMES


class RequestForm(PlaceForm):
    """Which record is asked for, for which partnership and why."""

    field_order = ["name", "scheme", "value", "place", "reason"]

    name = TextField(label=_("What it is called"), max_length=200)
    scheme = forms.ChoiceField(label=_("Which number"), choices=[("", _("Tax code")), *SCHEMES.items()], required=False)
    value = TextField(label=_("The number"), max_length=80)
    place = forms.ChoiceField(label=_("For which partnership"))
    reason = TextField(
        label=_("What you need it for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        facts = {name: self.cleaned_data[name] for name in ("name", "scheme", "value", "reason")}
        return facts | {"scope_id": uuid.UUID(self.chosen_place)}


class AnswerForm(KitForm):
    """Whether the record is shared, and a word about it."""

    is_granted = forms.TypedChoiceField(
        label=_("Your answer"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Share the record with the partnership")), ("no", _("Do not share it"))],
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("A word to whoever asked"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
