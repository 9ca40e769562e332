"""Forms with which organisations say where they stand on a goal, and coordination writes down what groups said."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from goals.models import EndorsementAnswer
from partnerships.models import Position
from stakeholders.models import Stakeholder

LONGEST_COMMENT = 1000


class StandForm(KitForm):
    """One of five steps, and a word."""

    position = forms.TypedChoiceField(
        label=_("Where do you stand?"), choices=Position.choices, coerce=int, widget=forms.RadioSelect
    )
    comment = TextField(
        label=_("Your reason, or what should change"),
        max_length=LONGEST_COMMENT,
        multiline=True,
        required=False,
        help_text=_("Needed for the last two answers. All partners read it."),
    )


class VoiceForm(KitForm):
    """Where a group of people affected stands, as somebody heard it."""

    group = forms.ChoiceField(label=_("Who is it?"))
    said_by = TextField(
        label=_("Who spoke for them?"), max_length=120, help_text=_("A name, or a role if they prefer no name.")
    )
    heard_on = forms.DateField(label=_("On which day?"), widget=DateInput())
    heard_how = forms.ChoiceField(label=_("How?"), choices=EndorsementAnswer.How.choices, widget=forms.RadioSelect)
    position = forms.TypedChoiceField(
        label=_("Where do they stand?"), choices=Position.choices, coerce=int, widget=forms.RadioSelect
    )
    comment = TextField(
        label=_("In their words"),
        max_length=LONGEST_COMMENT,
        multiline=True,
        required=False,
        help_text=_("Needed when they object or ask for changes."),
    )

    def __init__(self, *args: Any, groups: Iterable[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(group.pk): group for group in groups}
        field: Any = self.fields["group"]
        field.choices = [("", _("Choose")), *((key, group.name) for key, group in self.by_key.items())]
        field.error_messages["invalid_choice"] = NOT_FOUND

    def clean_group(self) -> Stakeholder:
        """The group chosen."""
        return self.by_key[self.cleaned_data["group"]]
