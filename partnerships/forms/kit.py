"""Starting a partnership: which kit, then what it is about."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.kits.registry import KITS

SCRATCH = "scratch"


class KitChoiceForm(KitForm):
    """Step 1: the kit. ``scratch`` stands for the empty code, so that a choice is always made."""

    kit = forms.ChoiceField(label=_("How do you want to begin?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kit"]
        field.choices = [
            (code or SCRATCH, format_html("{} <small>{}</small>", kit.name, kit.sentence)) for code, kit in KITS.items()
        ]


class StartForm(KitForm):
    """Step 2: what the partnership is about."""

    name = TextField(label=_("Name"), max_length=120)
    purpose = TextField(
        label=_("Purpose, in one sentence"),
        max_length=300,
        required=False,
        help_text=_("What shall be different, and for whom?"),
    )
    territory = TextField(
        label=_("Territory"), max_length=120, required=False, help_text=_("A town, a district, a few streets.")
    )
    starts_on = forms.DateField(
        label=_("Start date"),
        required=False,
        widget=DateInput(),
        help_text=_("The dates of the kit's tasks count from here."),
    )
    ends_on = forms.DateField(label=_("End date"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """The end must be after the start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The end must be after the start."))
        return cleaned
