"""Who takes over from a person who leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class HandoverForm(KitForm):
    """A colleague, or somebody new by name and address."""

    to = forms.ChoiceField(label=_("Who takes over?"), widget=forms.RadioSelect, required=False)
    name = TextField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the mails"), choices=[("en", "English"), ("it", "Italiano")])

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [*colleagues, ("", _("Somebody new"))]
        if not colleagues:
            del self.fields["to"]
            self.fields["name"].required = self.fields["email"].required = True

    def clean(self) -> dict[str, Any]:
        """A name and an address when nobody is chosen."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("to"):
            for name, words in (("name", _("Write the name.")), ("email", _("Write the address."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned
