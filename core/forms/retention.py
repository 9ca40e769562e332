"""How long each class of personal data is kept."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.queries.retention import DueClass, registered_keepings
from core.web.forms import KitForm


class RetentionForm(KitForm):
    """Days for each class within what the law leaves free, and which are held for now."""

    def __init__(self, *args: Any, classes: list[DueClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in classes:
            keeping = one.keeping
            self.fields[f"keep_{keeping.code}"] = forms.IntegerField(
                label=_("Days"), min_value=keeping.least_days, max_value=keeping.most_days, initial=one.days,
                help_text=str(keeping.why_least),
            )  # fmt: skip
            self.fields[f"hold_{keeping.code}"] = forms.BooleanField(
                label=_("Remove nothing for now (legal hold)"), required=False, initial=one.held
            )

    def fields_of(self, code: str) -> list[BoundField]:
        """The two fields of a class."""
        return [self[f"keep_{code}"], self[f"hold_{code}"]]

    def days(self) -> dict[str, int]:
        """The days of each class."""
        return {keeping.code: self.cleaned_data[f"keep_{keeping.code}"] for keeping in registered_keepings()}

    def holds(self) -> list[str]:
        """The classes held."""
        return [keeping.code for keeping in registered_keepings() if self.cleaned_data[f"hold_{keeping.code}"]]
