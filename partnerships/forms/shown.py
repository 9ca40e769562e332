"""The form about who may see a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import KitForm, ask_if_meant
from partnerships.forms.visibility import LevelField
from partnerships.rules.visibility import levels_within
from partnerships.shown import ShownRecord


class ShownToForm(KitForm):
    """Who may see a record; whoever chooses a wider level than now is asked once more."""

    def __init__(self, *args: Any, shown: ShownRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cap = shown.partnership.visibility
        widest = max(levels_within(cap))
        level, floor = min(shown.record.visibility, widest), min(shown.floor, widest)
        field = LevelField(cap, floor=floor, initial=int(level), widget=forms.RadioSelect)
        if floor > Visibility.COORDINATION:
            field.help_text = _("Whoever is asked for it keeps seeing it.")
        self.fields["visibility"] = field
        ask_if_meant(self, now=level)
