"""Asking before a person is erased, and in which language their document is made."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.forms import KitForm, TextField
from stakeholders.models import Stakeholder
from stakeholders.rules.personal_data import is_typed_right


class EraseForm(KitForm):
    """The person's name typed once more."""

    name = TextField(label=gettext_lazy("Type the person's name to erase them"), max_length=200)

    def __init__(self, *args: Any, person: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        """The name, in any spelling of it."""
        typed: str = self.cleaned_data["name"]
        if not is_typed_right(self.person, typed):
            raise ValidationError(_("This is not the name of the record: “%(name)s”.") % {"name": self.person.name})
        return typed


class DocumentForm(KitForm):
    """The language of the document."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the document"), choices=settings.LANGUAGES)
