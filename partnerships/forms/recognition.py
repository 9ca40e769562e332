"""Saying thank you."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.queries.recognition import Thanked


class ThanksForm(KitForm):
    """To whom, for what, in which words."""

    to = forms.ChoiceField(label=_("Thanks to"))
    reason = TextField(label=_("What you thank for"), max_length=300)
    text = TextField(label=_("In your words"), multiline=True, max_length=1000, required=False)
    key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Thanked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [("", _("Choose somebody")), *((one.key, one.label) for one in people)]
