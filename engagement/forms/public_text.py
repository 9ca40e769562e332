"""The form of a partnership's text in a further language."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class PublicTextForm(KitForm):
    """Title, who you are, how to write to you."""

    title = TextField(label=_("Name of the partnership in this language"), max_length=160)
    about = TextField(label=_("Who you are and what you want to change"), max_length=3000, multiline=True)
    how_to_write = TextField(
        label=_("How to write to you"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("What the form asks, in what languages you answer, who helps to fill it in."),
    )
    is_machine_helped = forms.BooleanField(label=_("A machine helped to translate it"), required=False)
