"""The filter of the history page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm


class HistoryFilter(KitForm):
    """By person and by what an event was about; empty shows all."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], nouns: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["who"].choices = [("", _("Everybody")), *people]
        fields["about"].choices = [("", _("Everything")), *sorted(nouns, key=lambda noun: str(noun[1]))]
