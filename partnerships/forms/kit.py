"""Starting a partnership: which kit, then what it is about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.kits.kit import ChosenKit
from partnerships.models import Partnership
from partnerships.rules.kit import first_mode

SCRATCH = "scratch"


class KitChoiceForm(KitForm):
    """Step 1: the kit. ``scratch`` stands for the empty code, so that a choice is always made."""

    kit = forms.ChoiceField(label=_("How do you want to begin?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kits: Sequence[ChosenKit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kit"]
        field.choices = [
            (kit.code or SCRATCH, format_html("{} <small>{}</small>", kit.name, kit.sentence)) for kit in kits
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
    mode = forms.ChoiceField(
        label=_("How strict shall it be?"),
        choices=[
            (Partnership.Mode.LIGHT, _("Light: what a small group does not need is folded away, rules only tell you")),
            (Partnership.Mode.FULL, _("Full: everything is open, rules stop you until they are met")),
        ],
        widget=forms.RadioSelect,
        help_text=_("You can change this at any time. Nothing you wrote is lost."),
    )

    def __init__(self, *args: Any, kit: ChosenKit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = first_mode(is_own=kit.is_own, is_light=kit.is_light)
        if kit.code == "":
            del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        """The end must be after the start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The end must be after the start."))
        return cleaned


class KitSaveForm(KitForm):
    """A kit of the space's own: what it is called, when to use it, and whether it takes the place of an older one."""

    name_en = TextField(label=_("Name, in English"), max_length=120, required=False)
    name_it = TextField(label=_("Name, in Italian"), max_length=120, required=False)
    sentence_en = TextField(label=_("When to use it, in English"), max_length=300, required=False)
    sentence_it = TextField(label=_("When to use it, in Italian"), max_length=300, required=False)
    code = forms.ChoiceField(label=_("Save as"), required=False)

    def __init__(self, *args: Any, own: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [("", _("A new kit")), *((code, _("Next version of “%s”") % name) for code, name in own)]

    def clean(self) -> dict[str, Any]:
        """One of the two languages is enough for the name."""
        cleaned = super().clean() or {}
        if not cleaned.get("name_en") and not cleaned.get("name_it"):
            self.add_error("name_en", _("Give it a name."))
        return cleaned
