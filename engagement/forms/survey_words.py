"""Forms for reading what people wrote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class WordsForm(KitForm):
    """What of an answer may be told, and a subject it speaks of that nobody named before."""

    told_text = forms.CharField(
        label=_("What may be told"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Names, places and anything by which somebody is known are replaced by […]. Read it all: the proposal "
            "finds shapes, not people."
        ),
    )
    label_en = TextField(label=_("Subject, in English"), max_length=120, required=False)
    label_it = TextField(label=_("Subject, in Italian"), max_length=120, required=False)

    @property
    def new_subject(self) -> dict[str, str]:
        """The subject a valid form names, in one language or both; empty for none."""
        return {name: text for name in ("label_en", "label_it") if (text := self.cleaned_data[name])}
