"""The form about who may see a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from partnerships.forms.visibility import LevelField
from partnerships.rules.visibility import levels_within
from partnerships.shown import ShownRecord


class ShownToForm(KitForm):
    """Who may see a record; wider than now only with a tick."""

    is_meant = forms.BooleanField(label=_("If more people see it than now: that is meant"), required=False)

    def __init__(self, *args: Any, shown: ShownRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cap = shown.partnership.visibility
        level = min(shown.record.visibility, max(levels_within(cap)))
        self.fields = {"visibility": LevelField(cap, initial=int(level), widget=forms.RadioSelect), **self.fields}
        if level == max(levels_within(cap)):
            del self.fields["is_meant"]
