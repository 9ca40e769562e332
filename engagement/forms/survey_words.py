"""Forms for reading what people wrote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class WordsForm(KitForm):
    """What of an answer may be told."""

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


class SubjectForm(KitForm):
    """A subject found in several answers."""

    label_en = TextField(label=_("Subject, in English"), max_length=120, required=False)
    label_it = TextField(label=_("Subject, in Italian"), max_length=120, required=False)

    def clean(self) -> dict[str, str]:
        """Words in one language at least."""
        cleaned: dict[str, str] = super().clean() or self.cleaned_data
        if not cleaned.get("label_en") and not cleaned.get("label_it"):
            self.add_error("label_en", _("Name the subject, in one language or both"))
        return cleaned
