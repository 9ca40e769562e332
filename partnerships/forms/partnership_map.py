"""Choosing a map for a partnership."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from stakeholders.models import StakeholderMap


class ConnectMapForm(KitForm):
    """One of the maps that are there."""

    map = forms.ModelChoiceField(label=_("Map"), queryset=StakeholderMap.objects.none(), empty_label=_("Choose a map"))

    def __init__(self, *args: Any, maps: QuerySet[StakeholderMap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].queryset = maps  # type: ignore[attr-defined]  # a ModelChoiceField
