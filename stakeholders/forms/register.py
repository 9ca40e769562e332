"""Forms of the register: a filter to keep, and one change to many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from stakeholders.models import Stakeholder
from stakeholders.queries.register import owners_to_choose
from stakeholders.rules.register import ACTS
from stakeholders.rules.stakeholder import VISIBILITIES, statuses_by_hand
from stakeholders.rules.tag import LONGEST_TAG


class SavedFilterForm(KitForm):
    """A name for a narrowed list."""

    name = TextField(label=_("Name of the filter"), max_length=60)
    is_shared = forms.BooleanField(label=_("Everybody who sees the register may use it"), required=False)


class BulkForm(KitForm):
    """What is done to many, and to which: those ticked, or all that fit the address in ``query``."""

    do = forms.ChoiceField(choices=[(what, what) for what in ACTS])
    everything = forms.BooleanField(required=False)
    query = forms.CharField(required=False, max_length=2000)
    tag = TextField(label=_("Tag"), max_length=LONGEST_TAG, required=False)
    owner = forms.ModelChoiceField(queryset=owners_to_choose(), required=False)
    status = forms.ChoiceField(required=False)
    level = forms.TypedChoiceField(
        choices=[("", ""), *((level.value, level.label) for level in VISIBILITIES)], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    is_meant = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(status.value, status.label) for status in statuses_by_hand()]
        self.fields["status"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """What the chosen act needs is there."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") in {"tag", "untag"} and not cleaned.get("tag"):
            self.add_error("tag", _("Write the tag."))
        if cleaned.get("do") == "move" and cleaned.get("status") not in Stakeholder.Status.values:
            self.add_error("status", _("Choose where they are moved to."))
        if cleaned.get("do") == "show" and cleaned.get("level") is None:
            self.add_error("level", _("Choose who may see them."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What an operation takes."""
        facts = {name: self.cleaned_data[name] for name in ("do", "tag", "owner", "status", "is_meant")}
        return facts if self.cleaned_data["level"] is None else facts | {"level": self.cleaned_data["level"]}
