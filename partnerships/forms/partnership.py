"""Forms for a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TenantModelForm, TextField, ask_if_meant
from partnerships.models import Partnership
from partnerships.queries.partnership import coordinating_people
from partnerships.rules.partnership import next_states


class PartnershipForm(TenantModelForm):
    """What a partnership says of itself."""

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

    why_partnership = TextField(
        label=_("Why a partnership, and not something lighter?"),
        multiline=True,
        max_length=1000,
        required=False,
        help_text=_("What can none of you do alone, or by simply talking to each other now and then?"),
    )

    class Meta:
        model = Partnership
        fields = [
            "name",
            "slug",
            "purpose",
            "territory",
            "why_partnership",
            "coordinator",
            "deputy",
            "rhythm",
            "about_en",
            "about_it",
            "mode",
            "starts_on",
            "ends_on",
            "visibility",
        ]
        labels = {
            "slug": _("Short name for addresses"),
            "about_en": _("For the public page, in English"),
            "about_it": _("For the public page, in Italian"),
            "coordinator": _("Who coordinates it"),
            "deputy": _("Who stands in"),
            "rhythm": _("How often you tell each other how it goes"),
            "mode": _("How much detail"),
            "starts_on": _("Start date"),
            "ends_on": _("End date"),
            "visibility": _("Who may see it"),
        }
        help_texts = {"mode": _("Light hides what a small group does not need. You can change this at any time.")}
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "about_en": forms.Textarea(attrs={"rows": 3}),
            "about_it": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("coordinator", "deputy"):
            field: Any = self.fields[name]
            field.queryset = coordinating_people(self.instance)
            field.empty_label = _("Nobody yet")
        ask_if_meant(self, now=self.instance.visibility)


class MoveForm(KitForm):
    """Where the partnership goes next, and why, when a condition is not met."""

    to = forms.ChoiceField(label=_("Next state"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Why you go on although a condition is not met"), multiline=True, max_length=500, required=False
    )

    def __init__(self, *args: object, partnership: Partnership, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through to Django
        field = self.fields["to"]
        field.choices = [(state.value, state.label) for state in next_states(partnership.state)]  # type: ignore[attr-defined]  # a ChoiceField
