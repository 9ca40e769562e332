"""What a version of a goal, or a review of it, rests on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, KitForm
from partnerships.models import Decision


class RestsOnForm(KitForm):
    """The decision something rests on; a light partnership may leave it out."""

    decision = forms.ChoiceField(
        label=_("Which decision does it rest on?"),
        required=False,
        help_text=_("From the partnership's register of decisions."),
    )

    def __init__(
        self, *args: Any, decisions: Iterable[Decision], chosen: Decision | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(decision.pk): decision for decision in decisions}
        field: Any = self.fields["decision"]
        field.choices = [("", _("No decision in the register")), *((key, str(one)) for key, one in self.by_key.items())]
        field.error_messages["invalid_choice"] = NOT_FOUND
        if chosen is not None:
            field.initial = str(chosen.pk)

    def clean_decision(self) -> Decision | None:
        """The decision chosen; None for none."""
        return self.by_key.get(self.cleaned_data["decision"])
