"""The form of an annex."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class AnnexForm(KitForm):
    """A file and what the text calls it."""

    title = TextField(label=_("What the text calls it"), max_length=160, help_text=_("For example: data-sharing annex"))
    upload = forms.FileField(
        label=_("File"), help_text=_("It is kept as it is; a picture loses its hidden details, as the place.")
    )
