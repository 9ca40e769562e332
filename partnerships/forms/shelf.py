"""A paper for the shelf, and a new version of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import KitForm, TextField
from partnerships.rules.shelf import LEVELS


class ShelfVersionForm(KitForm):
    """A file and what is new in it."""

    upload = forms.FileField(
        label=_("File"), help_text=_("PDF, text, table, presentation or picture, up to 20 MB; presentations 30 MB.")
    )
    note = TextField(label=_("What is new?"), max_length=300, required=False)


class ShelfDocumentForm(ShelfVersionForm):
    """A new paper; who coordinates chooses who may see it."""

    title = TextField(label=_("Title"), max_length=160)
    visibility = forms.TypedChoiceField(
        label=_("Who may see it"), coerce=int, choices=[(level.value, level.label) for level in LEVELS]
    )
    field_order = ["title", "upload", "visibility"]

    def __init__(self, *args: Any, coordinates: bool, cap: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"visibility": min(cap, Visibility.PARTNERS)}, **kwargs})
        del self.fields["note"]
        if not coordinates:
            del self.fields["visibility"]
            return
        field: Any = self.fields["visibility"]
        field.choices = [(level.value, level.label) for level in LEVELS if level <= cap]
