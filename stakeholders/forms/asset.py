"""Forms for what a stakeholder can bring, and for asking who can bring it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import DateInput, KitForm, TextField, ask_if_meant
from stakeholders.models import Asset
from stakeholders.rules.asset import Wish
from stakeholders.rules.stakeholder import VISIBILITIES, words_of

FIELDS = ("kind", "title", "description", "place", "conditions", "offered", "free_from", "free_until", "visibility")


class AssetForm(KitForm):
    """One thing; its name and kind are enough."""

    title = TextField(
        label=_("What it is"), max_length=120, help_text=_("For example: a van with nine seats, a hall, an accountant.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Asset.Kind.choices)
    offered = forms.ChoiceField(
        label=_("Would they lend or give it?"), choices=Asset.Offered.choices, initial=Asset.Offered.NOT_ASKED
    )
    description = TextField(label=_("More about it"), max_length=1000, multiline=True, required=False)
    conditions = TextField(
        label=_("Conditions"), max_length=300, required=False, help_text=_("For example: weekdays only, with a driver.")
    )
    place = TextField(label=_("Where it is, if elsewhere"), max_length=120, required=False)
    free_from = forms.DateField(label=_("Free from"), widget=DateInput, required=False)
    free_until = forms.DateField(label=_("Free until"), widget=DateInput, required=False)
    visibility = forms.TypedChoiceField(
        label=_("Who may know"), coerce=int, initial=Visibility.PARTNERS,
        choices=[(level.value, level.label) for level in VISIBILITIES],
        help_text=_("Never more people than may see its owner."),
    )  # fmt: skip

    def __init__(self, *args: Any, now: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if now is not None:
            ask_if_meant(self, now=now)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or self.cleaned_data
        return _days_in_order(self, cleaned, "free_from", "free_until")


class WishForm(KitForm):
    """Who can lend a van? Everything is optional."""

    q = TextField(label=_("What is looked for"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Asset.Kind.choices], required=False)
    place = TextField(label=_("Near"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("From day"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=_("To day"), widget=DateInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or self.cleaned_data
        return _days_in_order(self, cleaned, "starts_on", "ends_on")

    def wish(self) -> Wish:
        """What is looked for, from valid fields."""
        facts = self.cleaned_data
        return Wish(
            words=tuple(words_of(facts.get("q", ""))),
            kind=facts.get("kind", ""),
            place=facts.get("place", ""),
            starts_on=facts.get("starts_on") or facts.get("ends_on"),
            ends_on=facts.get("ends_on"),
        )


def _days_in_order(form: forms.Form, cleaned: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    starts, ends = cleaned.get(first), cleaned.get(last)
    if starts and ends and ends < starts:
        form.add_error(last, _("The last day must not be before the first."))
    return cleaned
