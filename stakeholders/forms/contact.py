"""Forms for what stands beside a stakeholder: another contact, a number in a register, a tag."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from stakeholders.models import ContactPoint
from stakeholders.rules.identifier import SCHEMES
from stakeholders.rules.tag import LONGEST_TAG

OTHER = "other"


class ContactForm(KitForm):
    """One more way to reach a stakeholder."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ContactPoint.Kind.choices)
    value = TextField(label=_("Address or number"), max_length=300)
    label = TextField(
        label=_("What for"), max_length=60, required=False, help_text=_("For example: secretary, mobile.")
    )


class IdentifierForm(KitForm):
    """A number in a register."""

    scheme = forms.ChoiceField(label=_("Register"), choices=[*SCHEMES.items(), (OTHER, _("Another list"))])
    other = TextField(
        label=_("Code of the other list"), max_length=30, required=False,
        help_text=_("As org-id.guide has it, for example DE-CR."),
    )  # fmt: skip
    value = TextField(label=_("Number"), max_length=80)

    def clean(self) -> dict[str, Any]:
        """The list that was meant."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("scheme") == OTHER:
            if not cleaned.get("other"):
                self.add_error("other", _("Write the code of the list."))
            cleaned["scheme"] = cleaned.get("other", "")
        return cleaned


class TagForm(KitForm):
    """A word to sort by."""

    tag = TextField(label=_("Tag"), max_length=LONGEST_TAG)
